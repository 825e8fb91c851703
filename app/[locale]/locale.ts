import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { setRequestLocale } from 'next-intl/server';
import { getPathname } from '@/lib/platform/i18n/navigation';
import { routing, type Locale } from '@/lib/platform/i18n/routing';

/** The language a route is asked for in, told to next-intl too, so that the page needs no request and can be cached whole. */
export async function routeLocale(params: Promise<{ locale: string }>): Promise<Locale> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return locale;
}

/** Where the page at `path` stands in each language. */
export function alternates(path: string, locale: Locale): NonNullable<Metadata['alternates']> {
  const languages = Object.fromEntries(
    routing.locales.map((other) => [other, getPathname({ href: path, locale: other })]),
  );
  return {
    canonical: getPathname({ href: path, locale }),
    languages: { ...languages, 'x-default': path },
  };
}
