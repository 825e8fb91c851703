import { useLocale, useTranslations } from 'next-intl';
import { getPathname } from '@/lib/platform/i18n/navigation';
import type { PublicLetter } from '@/lib/signatories/queries';

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
  const isTranslated = letter.texts.some((text) => text.language === locale);
  return (
    <p className="mb-8 border-l-2 border-edge pl-3 text-sm text-quiet print:hidden">
      {isTranslated ? t(`authoritative.${authoritative}`) : t(`onlyIn.${authoritative}`)}
      {isTranslated && (
        <>
          {' '}
          <a
            href={getPathname({ href: `/letters/${letter.slug}`, locale: authoritative })}
            hrefLang={authoritative}
            className="inline-block py-0.5"
          >
            {t(`readAuthoritative.${authoritative}`)}
          </a>
        </>
      )}
    </p>
  );
}
