import createMiddleware from 'next-intl/middleware';
import { routing } from './lib/platform/i18n/routing.ts';

/** Sends an address without a language to the reader's. Never a security boundary: every admin page authorises itself. */
export const proxy = createMiddleware(routing);

export const config = { matcher: ['/((?!api|dev|_next|.*\\..*).*)'] };
