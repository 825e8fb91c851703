import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { routing, type Locale } from './routing';

/**
 * Loads the interface's messages: one file per namespace and language, `messages/{ja,en}/….json`.
 */
const FILES = [
  'common',
  'admin',
  'coordinator',
  'letter',
  'endorsement',
  'entry',
  'revision',
  'signatories',
  'delivery',
  'update',
  'mailing',
] as const;

async function messagesFor(locale: Locale) {
  const files = await Promise.all(
    FILES.map(async (file) => [
      file,
      (await import(`../../../messages/${locale}/${file}.json`)).default,
    ]),
  );
  return Object.fromEntries(files);
}

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return { locale, messages: await messagesFor(locale), timeZone: 'Asia/Tokyo' };
});
