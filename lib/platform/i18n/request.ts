import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { routing, type Locale } from './routing.ts';

/** The parts of the product that have words, a file each: `messages/{ja,en}/….json`. */
const PARTS = ['common', 'letter', 'endorse', 'admin', 'running', 'writing', 'revision', 'times', 'listing', 'delivery'] as const;

async function messagesFor(locale: Locale) {
  const parts = await Promise.all(PARTS.map(async (part) => [part, (await import(`../../../messages/${locale}/${part}.json`)).default]));
  return Object.fromEntries(parts);
}

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return { locale, messages: await messagesFor(locale), timeZone: 'Asia/Tokyo' };
});
