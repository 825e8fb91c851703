import { languageName } from '@/lib/platform/languages';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Difference, DifferenceKey } from '@/components/letter/text/difference';
import { collapse } from '@/lib/letter/text/difference';
import type { Changes } from '@/lib/revision/rules';

/** Number of unchanged words shown around each change. */
const WORDS_AROUND = 30;

/** The difference between two versions of a letter's texts, word by word. */
export function RevisionChanges({ changes }: { changes: Changes }) {
  const t = useTranslations('revision');
  const format = useFormatter();
  const locale = useLocale();
  const { texts, date } = changes;
  const day = (value: string) =>
    format.dateTime(new Date(value), { dateStyle: 'long', timeZone: 'UTC' });
  return (
    <div className="space-y-4">
      {date && <p>{t('changes.date', { before: day(date.before), after: day(date.after) })}</p>}
      {texts.map(({ language, change, fields }) =>
        change === 'changed' ? (
          fields.map(({ field, pieces }) => (
            <div key={`${language}-${field}`}>
              <h3 className="text-sm font-semibold text-quiet">
                {texts.length > 1
                  ? t('partIn', {
                      part: t(`fields.${field}`),
                      language: languageName(language, locale),
                    })
                  : t(`fields.${field}`)}
              </h3>
              <div className="mt-1 border-l-2 border-line pl-4 font-serif">
                <Difference pieces={collapse(pieces, WORDS_AROUND)} language={language} />
              </div>
            </div>
          ))
        ) : (
          <p key={language}>
            {t(`changes.text.${change}`, { language: languageName(language, locale) })}
          </p>
        ),
      )}
      {texts.some(({ change }) => change === 'changed') && (
        <p className="text-sm text-quiet">
          <DifferenceKey />
        </p>
      )}
    </div>
  );
}
