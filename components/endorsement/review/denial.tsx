import { useLocale, useTranslations } from 'next-intl';
import type { FormAction } from '@/components/ui/form-state';
import type { Entry } from '@/lib/endorsement/review/queries';
import { NOTE_MAX } from '@/lib/endorsement/review/schema';
import { Conflict } from './conflict';
import { DismissForm } from './dismiss-form';
import { HiddenView } from './hidden-view';
import type { ReviewView } from './view';
import { When, type Clock } from './when';

/** When the address of an attested entry on the letter denied it and nobody has looked into that; else null. */
export const deniedAt = ({ state, question }: Entry): Date | null =>
  (state === 'verified' || state === 'approved') &&
  question?.answer === 'denied' &&
  !question.dismissedAt
    ? question.answeredAt
    : null;

/** Says that the address of an attested entry denies it, with a form to let the entry stand. */
export function Denial({
  slug,
  view,
  entry,
  at,
  clock,
  reader,
  dismiss,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  at: Date;
  clock: Clock;
  reader: string;
  /** For those who may decide. */
  dismiss: FormAction | undefined;
}) {
  const t = useTranslations('endorsement.review.denial');
  const locale = useLocale();
  return (
    <section
      aria-labelledby="denial"
      className="mb-3 space-y-1.5 border-l-4 border-alert bg-wash px-3 py-2 text-[0.8125rem]/[1.5]"
    >
      <h3 id="denial" className="font-semibold">
        {t('title')}
      </h3>
      <p>{t.rich('answered', { when: () => <When at={at} clock={clock} exact /> })}</p>
      <p>{t(entry.state === 'approved' ? 'withdraw' : 'decline')}</p>
      {dismiss && (
        <DismissForm
          key={entry.version}
          action={dismiss}
          noteMax={NOTE_MAX}
          hidden={
            <>
              <HiddenView locale={locale} slug={slug} view={view} />
              <input type="hidden" name="id" value={entry.id} />
              <input type="hidden" name="version" value={entry.version} />
            </>
          }
          meanwhile={<Conflict last={entry.history.at(-1)} reader={reader} />}
        />
      )}
    </section>
  );
}
