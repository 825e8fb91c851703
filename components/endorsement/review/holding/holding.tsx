import { useLocale, useTranslations } from 'next-intl';
import type { FormAction } from '@/components/ui/form-state';
import { batchEntries } from '@/lib/endorsement/review/batch/schema';
import type { HoldableEntry } from '@/lib/endorsement/review/holding/queries';
import { NOTE_MAX, type LookedFor } from '@/lib/endorsement/review/schema';
import { Link } from '@/lib/platform/i18n/navigation';
import { SeenName } from '../seen-name';
import { SelectedEntries } from '../selected-entries';
import { StateLabel } from '../state-label';
import { reviewPath, soughtIn } from '../view';
import { HoldForm } from './hold-form';

/** The selected entries that can be held, and the form that does it. */
export function Holding({
  slug,
  entries,
  total,
  sought,
  hold,
}: {
  slug: string;
  entries: HoldableEntry[];
  total: number;
  /** What was looked for when they were selected. */
  sought: LookedFor;
  hold: FormAction;
}) {
  const t = useTranslations('endorsement.review.holding');
  const locale = useLocale();
  const back = (
    <Link
      href={reviewPath(slug, { state: 'all', ...soughtIn(sought) })}
      prefetch={false}
      className="inline-flex min-h-10 items-center"
    >
      {t('back')}
    </Link>
  );
  if (entries.length === 0)
    return (
      <div>
        <p>{t('nothing')}</p>
        {back}
      </div>
    );
  return (
    <>
      <p className="text-quiet">{t('lead')}</p>
      <SelectedEntries
        title={t('selected', { count: entries.length })}
        rest={total > entries.length ? t('rest', { count: total - entries.length }) : null}
        entries={entries}
        back={back}
        row={(entry) => (
          <>
            <Link href={reviewPath(slug, { state: 'all', entry: entry.id })} prefetch={false}>
              <SeenName of={entry} />
            </Link>{' '}
            <span className="text-quiet">
              <StateLabel state={entry.state} />
            </span>
          </>
        )}
      />
      <HoldForm
        action={hold}
        hidden={{ locale, slug, entries: batchEntries(entries) }}
        count={entries.length}
        noteMax={NOTE_MAX}
      />
    </>
  );
}
