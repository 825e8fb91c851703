import { useTranslations } from 'next-intl';
import type { State } from '@/lib/endorsement/rules';
import type { HistoryEvent } from '@/lib/endorsement/review/queries';
import { When, type Clock } from './when';

const FIELDS = [
  'state',
  'reason',
  'note',
  'nameJa',
  'reading',
  'nameEn',
  'coordinating',
  'revision',
] as const;
type Field = (typeof FIELDS)[number];

function Change({
  field,
  before,
  after,
}: {
  field: Field;
  before: string | null;
  after: string | null;
}) {
  const t = useTranslations('endorsement.review');
  const words = (value: string | null) => {
    if (!value) return t('history.empty');
    if (field === 'state') return t(`states.${value as State}`);
    if (field === 'coordinating') return t(`history.${value === 'true' ? 'yes' : 'no'}`);
    return field === 'reason' ? t(`reasons.${value as 'other'}`) : value;
  };
  const label = t(`history.fields.${field}`);
  // A reason or note comes with a decline and goes with it; "none → …" would say nothing.
  if (before === null && (field === 'reason' || field === 'note'))
    return `${label}: ${words(after)}`;
  return t('history.change', { field: label, before: words(before), after: words(after) });
}

/** Who did what with an entry and when, oldest first, with what it changed. */
export function History({ events, clock }: { events: HistoryEvent[]; clock: Clock }) {
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
                    t(event.byRepresentative ? 'history.representative' : 'history.operator')}
                </span>{' '}
                · <b className="font-semibold">{t(`history.${event.action}`)}</b> ·{' '}
                <span className="text-quiet">
                  <When at={event.at} clock={clock} exact />
                </span>
              </p>
              <ul className="text-quiet">
                {FIELDS.map((field) => ({
                  field,
                  before: event.before[field] ?? null,
                  after: event.after[field] ?? null,
                }))
                  .filter(
                    ({ before, after }) =>
                      before !== after && !(event.action === 'take_back' && after === null),
                  )
                  .map((change) => (
                    <li key={change.field} className="whitespace-pre-wrap [overflow-wrap:anywhere]">
                      <Change {...change} />
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
