import { useLocale } from 'next-intl';
import { routing } from '@/lib/platform/i18n/routing';
import { LANGUAGE_BUTTON } from './language-button';

const offer = {
  ja: '日本語で続ける（入力した内容は残ります）',
  en: 'Continue in English (what you have typed stays)',
};

/**
 * Buttons that show a form in the other languages, with its input. They come after the form's own
 * button, because the Enter key presses the first. With scripts, the language switch of the page
 * presses them (language-switch.tsx).
 */
export function FormLanguage() {
  const locale = useLocale();
  return routing.locales
    .filter((other) => other !== locale)
    .map((other) => (
      <p key={other} className="mt-6">
        <button
          name={LANGUAGE_BUTTON}
          value={other}
          lang={other}
          formNoValidate
          className="min-h-8 cursor-pointer text-sm text-quiet underline underline-offset-4 hover:text-indigo"
        >
          {offer[other]}
        </button>
      </p>
    ));
}
