import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { routing, type Locale } from '@/lib/platform/i18n/routing';

/** The language an address or a form names; what names none of ours does not exist. */
export function localeIn(value: unknown): Locale {
  return typeof value === 'string' && hasLocale(routing.locales, value) ? value : notFound();
}
