import type { MetadataRoute } from 'next';
import { env } from '@/lib/platform/env';
import { routing } from '@/lib/platform/i18n/routing';
import { publicLetters } from '@/lib/signatories/public-letter/queries';

// The database is not available at build time.
export const dynamic = 'force-dynamic';

/** A sitemap has at most 50,000 addresses; each page has one per language. */
const PAGES_MAX = 50_000 / routing.locales.length;

/** The public pages, in each language. Letters that have not opened are no part of it. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const letters = await publicLetters();
  const pages = [
    { path: '' },
    { path: '/privacy' },
    ...letters.map(({ slug, publishedAt }) => ({
      path: `/letters/${slug}`,
      lastModified: publishedAt,
    })),
  ];
  return pages.slice(0, PAGES_MAX).flatMap(({ path, ...page }) => {
    const languages = Object.fromEntries(
      routing.locales.map((locale) => [locale, `${env().APP_URL}/${locale}${path}`]),
    );
    return Object.values(languages).map((url) => ({ url, ...page, alternates: { languages } }));
  });
}
