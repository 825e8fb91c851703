import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { routing, type Locale } from './routing.ts';

/** A language's words, a file a part of the product: `messages/{ja,en}/{common,letter,endorse,admin}.json`. */
async function messagesFor(locale: Locale) {
  const [common, letter, endorse, admin] = await Promise.all([
    import(`../../../messages/${locale}/common.json`),
    import(`../../../messages/${locale}/letter.json`),
    import(`../../../messages/${locale}/endorse.json`),
    import(`../../../messages/${locale}/admin.json`),
  ]);
  return { common: common.default, letter: letter.default, endorse: endorse.default, admin: admin.default };
}

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return { locale, messages: await messagesFor(locale), timeZone: 'Asia/Tokyo' };
});
