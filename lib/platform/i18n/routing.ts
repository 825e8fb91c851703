import { defineRouting } from 'next-intl/routing';

/** Both languages stand in the address, so that a link keeps its language. No cookie: readers are not marked. */
export const routing = defineRouting({
  locales: ['ja', 'en'],
  defaultLocale: 'ja',
  localePrefix: 'always',
  localeCookie: false,
  // Pages name their languages themselves; a header made from the request's host could be poisoned in a shared cache.
  alternateLinks: false,
});

export type Locale = (typeof routing.locales)[number];
