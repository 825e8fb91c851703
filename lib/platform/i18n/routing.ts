import { defineRouting } from 'next-intl/routing';

/**
 * The locale is always in the URL, so that links keep their language. No cookie: readers are not
 * tracked.
 */
export const routing = defineRouting({
  locales: ['ja', 'en'],
  defaultLocale: 'ja',
  localePrefix: 'always',
  localeCookie: false,
  // Pages set their own alternate links; a header built from the request's host could be used to
  // poison a shared cache.
  alternateLinks: false,
});

export type Locale = (typeof routing.locales)[number];

/** The address of a page in a language, from its path without one. */
export const pathIn = (locale: string, path: string) => `/${locale}${path === '/' ? '' : path}`;
