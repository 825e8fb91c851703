import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing';

const navigation = createNavigation(routing);

export const { Link, redirect, getPathname } = navigation;

/**
 * The requested path without its locale. Requests for unknown pages are rewritten to `/missing/…`
 * (next.config.ts).
 */
export const usePathname = () => navigation.usePathname().replace(/^\/missing(?=\/)/, '');
