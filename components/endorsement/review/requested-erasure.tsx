import { useLocale, useTranslations } from 'next-intl';
import type { ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Entry } from '@/lib/endorsement/review/queries';
import { HiddenView } from './hidden-view';
import type { ReviewView } from './view';
import { When, type Clock } from './when';

/** Says that the organization asks for the erasure of its data, with a button for owners. */
export function RequestedErasure({
  slug,
  view,
  entry,
  at,
  clock,
  erase,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  at: Date;
  clock: Clock;
  /** For those who may erase. */
  erase: ButtonAction | undefined;
}) {
  const t = useTranslations('endorsement.review.erasure');
  const locale = useLocale();
  return (
    <section
      aria-labelledby="erasure"
      className="mb-3 space-y-1.5 border-l-4 border-alert bg-wash px-3 py-2 text-[0.8125rem]/[1.5]"
    >
      <h3 id="erasure" className="font-semibold">
        {t('title')}
      </h3>
      <p>{t.rich('asked', { when: () => <When at={at} clock={clock} exact /> })}</p>
      <p>{t(entry.isDelivered ? 'delivered' : 'undelivered')}</p>
      {erase ? (
        <form action={erase}>
          <HiddenView locale={locale} slug={slug} view={view} />
          <input type="hidden" name="id" value={entry.id} />
          <input type="hidden" name="version" value={entry.version} />
          <SubmitButton className={buttonClass('alert', 'small')}>{t('submit')}</SubmitButton>
        </form>
      ) : (
        <p>{t('owner')}</p>
      )}
    </section>
  );
}
