import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { routing, type Locale } from '@/lib/platform/i18n/routing';

/** Parses the language in a URL or a form; responds 404 to an unsupported one. */
export function localeIn(value: unknown): Locale {
  return typeof value === 'string' && hasLocale(routing.locales, value) ? value : notFound();
}
