import { useLocale, useTranslations } from 'next-intl';
import type { DeclineReason, Visibility } from '@/lib/platform/db/generated/enums';
import { categoryName, type Category } from '@/lib/letter/categories';
import { languageName } from '@/lib/platform/languages';
import type { State } from '@/lib/endorsement/rules';
import type { HistoryChange, HistoryEvent } from '@/lib/endorsement/review/history/queries';
import { When, type Clock } from './when';

function Change({
  change: { field, language, before, after },
  categories,
}: {
  change: HistoryChange;
  categories: readonly Category[];
}) {
  const t = useTranslations('endorsement.review');
  const locale = useLocale();
  const words = (value: string | null) => {
    if (!value) return t('history.empty');
    if (field === 'state') return t(`states.${value as State}`);
    if (field === 'coordinating') return t(`history.${value === 'true' ? 'yes' : 'no'}`);
    // One that the letter has no more has no name.
    if (field === 'category')
      return categoryName({ categories }, value, locale) ?? t('history.empty');
    if (field === 'visibility') return t(`entry.${value as Visibility}`);
    return field === 'reason' ? t(`reasons.${value as DeclineReason}`) : value;
  };
  const label = t(`history.fields.${field}`, {
    language: language ? languageName(language, locale) : '',
  });
  // Reasons, notes and evidence are set once; "none → …" would add nothing.
  if (before === null && ['reason', 'label', 'note', 'evidence'].includes(field))
    return `${label}: ${words(after)}`;
  return t('history.change', { field: label, before: words(before), after: words(after) });
}

/** The history of an entry, oldest first: who changed what and when. */
export function History({
  events,
  categories,
  clock,
}: {
  events: HistoryEvent[];
  /** Those of the letter. */
  categories: readonly Category[];
  clock: Clock;
}) {
  const t = useTranslations('endorsement.review');
  return (
    <section aria-labelledby="history" className="mt-5 text-[0.8125rem]/[1.5]">
      <h3 id="history" className="font-semibold">
        {t('entry.history')}
      </h3>
      {events.length === 0 ? (
        <p className="text-quiet">{t('entry.historyNone')}</p>
      ) : (
        <ol>
          {events.map((event, index) => (
            <li key={index} className="border-b border-line py-1.5 last:border-0">
              <p>
                <span className="[overflow-wrap:anywhere]">
                  {event.by ??
                    t(
                      event.actor === 'representative'
                        ? 'history.representative'
                        : 'history.operator',
                    )}
                </span>{' '}
                · <b className="font-semibold">{t(`history.${event.action}`)}</b> ·{' '}
                <span className="text-quiet">
                  <When at={event.at} clock={clock} exact />
                </span>
              </p>
              <ul className="text-quiet">
                {event.changes.map((change, at) => (
                  <li key={at} className="whitespace-pre-wrap [overflow-wrap:anywhere]">
                    <Change change={change} categories={categories} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
