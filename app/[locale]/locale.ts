import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { setRequestLocale } from 'next-intl/server';
import { pathIn, routing, type Locale } from '@/lib/platform/i18n/routing';

/**
 * The locale of a route. Also sets it for next-intl, so that the page can be rendered statically.
 */
export async function routeLocale(params: Promise<{ locale: string }>): Promise<Locale> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return locale;
}

/** The URL of `path` in each locale. */
export function alternates(path: string, locale: Locale): NonNullable<Metadata['alternates']> {
  const languages = Object.fromEntries(
    routing.locales.map((other) => [other, pathIn(other, path)]),
  );
  return {
    canonical: pathIn(locale, path),
    languages: { ...languages, 'x-default': path },
  };
}
