'use client';

import { usePathname } from 'next/navigation';
import { LANGUAGE_BUTTON } from './language-button';

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

/** The beginning of a path: the language, and what requests for unknown pages are rewritten to. */
const PREFIX = /^\/[a-z]+(?:\/missing(?=\/))?/;

/**
 * Link to the same page in the other language. A plain link in the HTML, since only the path is
 * needed. Every page loads this script, so it imports nothing large.
 */
export function LanguageSwitch({ locale }: { locale: string }) {
  const path = usePathname().replace(PREFIX, '');
  return (['ja', 'en'] as const)
    .filter((other) => other !== locale)
    .map((other) => (
      <a
        key={other}
        href={`/${other}${path}`}
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
