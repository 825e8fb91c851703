import { languageName, type Language } from '@/lib/platform/languages';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { DifferenceKey } from '@/components/letter/text/difference';
import { RenderedDifference } from '@/components/letter/text/rendered-difference';
import { isSeen, linesOf, type FieldChange } from '@/lib/letter/text/rendered-difference';
import type { Changes } from '@/lib/revision/rules';

/** Number of unchanged words shown around each change. */
const WORDS_AROUND = 30;

function FieldDifference({ change, language }: { change: FieldChange; language: Language }) {
  const t = useTranslations('revision.changes');
  const lines = linesOf(change, WORDS_AROUND);
  return isSeen(lines) ? (
    <RenderedDifference lines={lines} language={language} />
  ) : (
    <p className="font-sans text-quiet">{t('unseen')}</p>
  );
}

/** The difference between two versions of a letter's texts, word by word. */
export function RevisionChanges({ changes, level = 3 }: { changes: Changes; level?: 3 | 4 }) {
  const Heading = `h${level}` as const;
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
          fields.map(({ field, ...change }) => (
            <div key={`${language}-${field}`}>
              <Heading className="text-sm font-semibold text-quiet">
                {texts.length > 1
                  ? t('partIn', {
                      part: t(`fields.${field}`),
                      language: languageName(language, locale),
                    })
                  : t(`fields.${field}`)}
              </Heading>
              <div className="mt-1 border-l-2 border-line pl-4 font-serif">
                <FieldDifference change={{ field, ...change }} language={language} />
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
