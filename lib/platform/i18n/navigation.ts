import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing';

const navigation = createNavigation(routing);

export const { Link, redirect, getPathname } = navigation;

/** The path that was asked for, without its language. proxy.ts rewrites those of pages that do not exist to `/missing/…`. */
export const usePathname = () => navigation.usePathname().replace(/^\/missing(?=\/)/, '');
