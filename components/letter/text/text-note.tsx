import { routing } from '@/lib/platform/i18n/routing';
import { languageName } from '@/lib/platform/languages';
import { useLocale, useTranslations } from 'next-intl';
import { pathIn } from '@/lib/platform/i18n/routing';
import type { PublicLetter } from '@/lib/signatories/public-letter/queries';

/**
 * A note if the text is not in the reader's language, or is a translation of the authoritative one.
 */
export function TextNote({
  letter,
}: {
  letter: Pick<PublicLetter, 'slug' | 'authoritativeLanguage' | 'texts'>;
}) {
  const t = useTranslations('letter');
  const locale = useLocale();
  const authoritative = letter.authoritativeLanguage;
  if (locale === authoritative) return null;
  const language = languageName(authoritative, locale);
  const other = routing.locales.find((known) => known === authoritative);
  const isTranslated = letter.texts.some((text) => text.language === locale);
  return (
    <p className="mb-8 border-l-2 border-edge pl-3 text-sm text-quiet print:hidden">
      {isTranslated ? t('authoritative', { language }) : t('onlyIn', { language })}
      {isTranslated && other && (
        <>
          {' '}
          <a
            href={pathIn(other, `/letters/${letter.slug}`)}
            hrefLang={authoritative}
            className="inline-block py-0.5"
          >
            {t('readAuthoritative', { language })}
          </a>
        </>
      )}
    </p>
  );
}
