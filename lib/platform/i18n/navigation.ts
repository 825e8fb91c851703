import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing';

const navigation = createNavigation(routing);

/**
 * `Link` is the router's, for admin pages; public pages have `components/ui/link.tsx`.
 */
export const { Link, redirect } = navigation;
