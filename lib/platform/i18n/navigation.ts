import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing';

const navigation = createNavigation(routing);

export const { Link, redirect, getPathname } = navigation;

/** The requested path without its language. Those of pages that do not exist are rewritten to `/missing/…` (next.config.ts). */
export const usePathname = () => navigation.usePathname().replace(/^\/missing(?=\/)/, '');
