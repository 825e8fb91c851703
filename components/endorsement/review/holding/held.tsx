import { useLocale, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import type { ButtonAction } from '@/components/ui/action-button';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Entry } from '@/lib/endorsement/review/queries';
import { HiddenView } from '../hidden-view';
import type { ReviewView } from '../view';
import { When, type Clock } from '../when';

/** Says that an entry is held and why, with a button that releases it. */
export function Held({
  slug,
  view,
  entry,
  at,
  clock,
  release,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  at: Date;
  clock: Clock;
  /** For those who may hold. */
  release: ButtonAction | undefined;
}) {
  const t = useTranslations('endorsement.review.holding');
  const locale = useLocale();
  return (
    <section
      aria-labelledby="held"
      className="mb-3 space-y-1.5 border-l-4 border-alert bg-wash px-3 py-2 text-[0.8125rem]/[1.5]"
    >
      <h3 id="held" className="font-semibold">
        {t.rich('held', { when: () => <When at={at} clock={clock} exact /> })}
      </h3>
      {entry.heldReason && (
        <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{entry.heldReason}</p>
      )}
      <p>{t('heldWhat')}</p>
      {release && (
        <form action={release}>
          <HiddenView locale={locale} slug={slug} view={view} />
          <input type="hidden" name="id" value={entry.id} />
          <input type="hidden" name="version" value={entry.version} />
          <SubmitButton className={buttonClass('outline', 'small')}>{t('release')}</SubmitButton>
        </form>
      )}
    </section>
  );
}
