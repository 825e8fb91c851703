'use client';

import { useLocale } from 'next-intl';
import { getPathname, usePathname } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';

const ownName = { ja: '日本語', en: 'English' };

/**
 * Link to the same page in the other language. A plain link in the HTML, since only the path is
 * needed.
 */
export function LanguageSwitch() {
  const locale = useLocale();
  const pathname = usePathname();
  return routing.locales
    .filter((other) => other !== locale)
    .map((other) => (
      <a
        key={other}
        href={getPathname({ href: pathname, locale: other })}
        hrefLang={other}
        lang={other}
        // Only the browser knows the rest of the URL (query string, token).
        onClick={(event) => {
          event.currentTarget.search = location.search;
        }}
        className="inline-flex min-h-8 items-center text-sm text-quiet"
      >
        {ownName[other]}
      </a>
    ));
}
