import { useLocale, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { BATCH_MAX } from '@/lib/endorsement/review/batch/schema';
import { Link } from '@/lib/platform/i18n/navigation';
import { HiddenFields } from '@/components/ui/action-button';
import { looksFor } from '@/lib/endorsement/review/filters/rules';
import type { LookedFor } from '@/lib/endorsement/review/schema';
import { holdPath } from '../holding/hold-path';
import { fieldsOf } from '../view';
import { batchPath } from './batch-path';

/** The form that the check boxes of the queue belong to. */
export const SELECT_FORM = 'select-entries';

/** Leads on with the selected entries of the queue, or with all that wait and are looked for. */
export function SelectBar({
  slug,
  sought,
  total,
}: {
  slug: string;
  sought: LookedFor;
  total: number;
}) {
  const t = useTranslations('endorsement.review.batch');
  const locale = useLocale();
  const query = new URLSearchParams({ all: '1', ...fieldsOf(sought) });
  return (
    <form
      id={SELECT_FORM}
      method="get"
      action={`/${locale}${batchPath(slug)}`}
      className="flex flex-wrap items-center gap-x-4 px-3 py-1 text-[0.8125rem]"
    >
      <HiddenFields fields={fieldsOf(sought)} />
      <button type="submit" className={buttonClass('outline', 'small')}>
        {t('decide')}
      </button>
      <button
        type="submit"
        formAction={`/${locale}${holdPath(slug)}`}
        className={buttonClass('outline', 'small')}
      >
        {t('hold')}
      </button>
      {total > 1 && (
        <Link
          href={`${batchPath(slug)}?${query}`}
          prefetch={false}
          className="inline-flex min-h-8 items-center"
        >
          {total > BATCH_MAX
            ? t('first', { count: BATCH_MAX, total })
            : t(looksFor(sought) ? 'allFound' : 'all', { count: total })}
        </Link>
      )}
    </form>
  );
}
