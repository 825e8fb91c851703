import type { MetadataRoute } from 'next';
import { env } from '@/lib/platform/env';
import { routing } from '@/lib/platform/i18n/routing';

// The address of the instance is not known at build time.
export const dynamic = 'force-dynamic';

/** What is not for search engines; pages behind secret links say so themselves, too. */
const PRIVATE = [
  'admin',
  'confirm',
  'reaffirm',
  'affirm',
  'unsubscribe',
  'drafts',
  'entry',
  'mailings',
];

/** Search engines may read what is public, which pictures and files under `/api/letters` are. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      disallow: routing.locales.flatMap((locale) => PRIVATE.map((path) => `/${locale}/${path}`)),
    },
    sitemap: `${env().APP_URL}/sitemap.xml`,
  };
}
