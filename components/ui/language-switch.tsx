'use client';

import { useLocale } from 'next-intl';
import { getPathname, usePathname } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';

const ownName = { ja: '日本語', en: 'English' };

/** The same page in the other language; a plain link, whole in the HTML, since only the page's address is needed. */
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
        // What follows the path (an opened entry, a link's token) is known in the browser only.
        onClick={(event) => {
          event.currentTarget.search = location.search;
        }}
        className="inline-flex min-h-8 items-center text-sm text-quiet"
      >
        {ownName[other]}
      </a>
    ));
}
