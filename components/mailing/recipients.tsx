import { useLocale, useTranslations } from 'next-intl';
import { Fact, Facts } from '@/components/ui/facts';
import type { Reach } from '@/lib/mailing/queries';
import { languageName, type Language } from '@/lib/platform/languages';

/** How many addresses get a mailing, in which language, and how many are left out. */
export function Recipients({
  reach,
  writtenFor,
}: {
  reach: Reach;
  /** The language of the text that recipients of a language get. */
  writtenFor: (language: Language) => Language;
}) {
  const t = useTranslations('mailing.draft');
  const locale = useLocale();
  const nameOf = (language: Language) => languageName(language, locale);
  const leftOut = (['suppressed', 'ended', 'unconfirmed'] as const).filter((why) => reach[why] > 0);
  return (
    <Facts>
      <Fact name={t('reach')}>
        <p className="font-semibold">{t('count', { count: reach.count })}</p>
        <ul>
          {reach.byLanguage.map(({ language, count }) => {
            const written = writtenFor(language);
            return (
              <li key={language}>
                {written === language
                  ? t('languageCount', { language: nameOf(language), count })
                  : t('another', { language: nameOf(language), count, written: nameOf(written) })}
              </li>
            );
          })}
        </ul>
      </Fact>
      <Fact name={t('leftOut')}>
        {leftOut.length === 0 ? (
          t('nobodyLeftOut')
        ) : (
          <ul>
            {leftOut.map((why) => (
              <li key={why}>{t(why, { count: reach[why] })}</li>
            ))}
          </ul>
        )}
      </Fact>
    </Facts>
  );
}
