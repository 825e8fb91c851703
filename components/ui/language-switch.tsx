'use client';

import { useLocale } from 'next-intl';
import { LANGUAGE_BUTTON } from './form-language';
import { getPathname, usePathname } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';

/** The button that shows a form of the page in another language, if something was typed into it. */
function buttonOfForm(language: string): HTMLButtonElement | null {
  const button = document.querySelector<HTMLButtonElement>(
    `main form button[name="${LANGUAGE_BUTTON}"][value="${language}"]`,
  );
  const isFilled = [...(button?.form?.querySelectorAll('input') ?? [])].some(
    ({ type, checked, value }) =>
      type === 'checkbox' ? checked : !['hidden', 'radio'].includes(type) && value !== '',
  );
  return isFilled ? button : null;
}

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
        // Only the browser knows the rest of the URL (query string, token), and what was typed.
        onClick={(event) => {
          event.currentTarget.search = location.search;
          const button = buttonOfForm(other);
          if (!button) return;
          event.preventDefault();
          button.click();
        }}
        className="inline-flex min-h-8 items-center text-sm text-quiet"
      >
        {ownName[other]}
      </a>
    ));
}
