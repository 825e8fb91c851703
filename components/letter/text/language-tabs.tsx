import { useLocale, useTranslations } from 'next-intl';
import { type Language, languageName, LANGUAGES } from '@/lib/platform/languages';
import { Link } from '@/lib/platform/i18n/navigation';
import { textPath } from './text-path';

/** Links between a letter's texts, marking the authoritative one and those not yet written. */
export function LanguageTabs({
  slug,
  current,
  written,
  authoritative,
}: {
  slug: string;
  current: Language;
  written: Language[];
  authoritative: Language;
}) {
  const t = useTranslations('letter.text');
  const locale = useLocale();
  return (
    <nav aria-label={t('page.languages')}>
      <ul className="flex flex-wrap gap-2">
        {LANGUAGES.map((language) => (
          <li key={language}>
            <Link
              href={textPath(slug, { language })}
              prefetch={false}
              aria-current={language === current ? 'page' : undefined}
              className="inline-flex min-h-11 items-center gap-2 rounded-sm border border-edge px-4 text-ink no-underline hover:border-indigo aria-[current=page]:border-indigo aria-[current=page]:bg-indigo-wash aria-[current=page]:font-semibold"
            >
              {languageName(language, locale)}
              {(language === authoritative || !written.includes(language)) && (
                <span className="text-sm font-normal text-quiet">
                  {t(language === authoritative ? 'page.authoritative' : 'page.notYet')}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
