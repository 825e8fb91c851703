import { defineRouting } from 'next-intl/routing';

/** Both languages stand in the address, so that a link keeps its language. No cookie: readers are not marked. */
export const routing = defineRouting({
  locales: ['ja', 'en'],
  defaultLocale: 'ja',
  localePrefix: 'always',
  localeCookie: false,
});

export type Locale = (typeof routing.locales)[number];
