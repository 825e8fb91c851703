import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { BatchEntryShown, BatchShown } from '@/lib/endorsement/review/batch/queries';
import { Link } from '@/lib/platform/i18n/navigation';
import { SeenName } from '../seen-name';
import { StateLabel } from '../state-label';
import { reviewPath } from '../view';
import { When, type Clock } from '../when';

const LEFT = ['alike', 'held', 'changed', 'not_possible'] as const;

/** What became of each entry of a batch, with a button to undo it where nobody has changed the entry since. */
export function BatchResult({
  slug,
  batch,
  clock,
  undo,
}: {
  slug: string;
  batch: BatchShown;
  clock: Clock;
  undo: ButtonAction;
}) {
  const t = useTranslations('endorsement.review.batch');
  const locale = useLocale();
  const { entries, step } = batch;
  const of = (outcome: BatchEntryShown['outcome']) =>
    entries.filter((entry) => entry.outcome === outcome);
  const undoable = entries.filter((entry) => entry.undoable).length;
  const undone = of('undone').length;
  const groups = (['decided', 'undone', ...LEFT] as const).filter(
    (outcome) => of(outcome).length > 0,
  );
  return (
    <>
      <div>
        <Notice announce>
          <p className="font-semibold">
            {t(`done.${step}`, { count: of('decided').length + undone })}{' '}
            {undone > 0 && t('done.undone', { count: undone })}
          </p>
          <p className="text-sm text-quiet">
            {batch.by} · <When at={batch.decidedAt} clock={clock} />
          </p>
        </Notice>
        <div className="mt-4 flex flex-wrap items-center gap-4">
          {undoable > 0 && (
            <form action={undo}>
              <HiddenFields fields={{ locale, slug, batch: batch.id }} />
              <SubmitButton className={buttonClass('outline')}>
                {t('undo', { count: undoable })}
              </SubmitButton>
            </form>
          )}
          <Link
            href={reviewPath(slug, {})}
            prefetch={false}
            className="inline-flex min-h-10 items-center"
          >
            {t('back')}
          </Link>
        </div>
      </div>
      {groups.map((outcome) => (
        <section key={outcome} aria-labelledby={outcome}>
          <h2 id={outcome} className="font-serif text-xl font-semibold">
            {outcome === 'decided' ? t(`groups.${step}`) : t(`groups.${outcome}`)}
          </h2>
          {outcome !== 'decided' && outcome !== 'undone' && (
            <p className="text-quiet">{t(`outcomes.${outcome}`)}</p>
          )}
          <ul className="mt-2 border-t border-line text-sm">
            {of(outcome).map((entry) => (
              <li key={entry.id} className="border-b border-line py-1.5">
                <Link href={reviewPath(slug, { state: 'all', entry: entry.id })} prefetch={false}>
                  <SeenName of={entry} />
                </Link>{' '}
                <span className="text-quiet">
                  <StateLabel state={entry.state} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
