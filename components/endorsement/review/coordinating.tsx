import { useLocale, useTranslations } from 'next-intl';
import type { ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Entry } from '@/lib/endorsement/review/queries';
import { HiddenView } from './hidden-view';
import type { ReviewView } from './view';

/** Says whether an organization coordinates the letter, with a button that changes it. */
export function Coordinating({
  slug,
  view,
  entry,
  coordinate,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  coordinate: ButtonAction;
}) {
  const t = useTranslations('endorsement.review.coordinating');
  const locale = useLocale();
  const is = String(entry.coordinating) as 'true' | 'false';
  return (
    <form action={coordinate} className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <HiddenView locale={locale} slug={slug} view={view} />
      <input type="hidden" name="id" value={entry.id} />
      <input type="hidden" name="version" value={entry.version} />
      <input type="hidden" name="coordinating" value={String(!entry.coordinating)} />
      <span>{t(`is.${is}`)}</span>
      <SubmitButton className={buttonClass('outline', 'small')}>{t(`change.${is}`)}</SubmitButton>
    </form>
  );
}
