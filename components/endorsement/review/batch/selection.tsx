import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import type { FormAction } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import type { SelectedEntry } from '@/lib/endorsement/review/batch/queries';
import { batchEntries } from '@/lib/endorsement/review/batch/schema';
import type { LetterReasons } from '@/lib/endorsement/review/reasons/queries';
import { NOTE_MAX, type LookedFor } from '@/lib/endorsement/review/schema';
import { Link } from '@/lib/platform/i18n/navigation';
import { countryNames } from '../../countries';
import { useReasonOptions } from '../reason-options';
import { SeenName } from '../seen-name';
import { SelectedEntries } from '../selected-entries';
import { reviewPath, soughtIn } from '../view';
import { BatchDeclineForm } from './batch-decline-form';

/** The selected entries, and what can be decided on all of them at once. */
export function Selection({
  slug,
  entries,
  total,
  sought,
  reasons,
  approve,
  decline,
}: {
  slug: string;
  entries: SelectedEntry[];
  total: number;
  /** What was looked for when they were selected. */
  sought: LookedFor;
  /** The letter's own reasons and words. */
  reasons: LetterReasons;
  approve: ButtonAction;
  decline: FormAction;
}) {
  const t = useTranslations('endorsement.review.batch');
  const options = useReasonOptions(reasons);
  const locale = useLocale();
  const countryName = countryNames(locale, useTranslations('endorsement')('international'));
  const back = (
    <Link
      href={reviewPath(slug, soughtIn(sought))}
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
  const hidden = { locale, slug, entries: batchEntries(entries) };
  const held = entries.filter((entry) => entry.heldAt).length;
  const alike = entries.filter((entry) => entry.alike && !entry.heldAt).length;
  const approvable = entries.length - held - alike;
  return (
    <>
      <SelectedEntries
        title={t('selected', { count: entries.length })}
        rest={total > entries.length ? t('rest', { count: total - entries.length }) : null}
        entries={entries}
        back={back}
        row={(entry) => {
          const left = entry.heldAt ? t('groups.hold') : entry.alike ? t('outcomes.alike') : null;
          return (
            <>
              <Link href={reviewPath(slug, { entry: entry.id })} prefetch={false}>
                <SeenName of={entry} />
              </Link>{' '}
              <span className="text-quiet">{countryName(entry.country)}</span>
              {left && <span className="block text-alert">{left}</span>}
            </>
          );
        }}
      />
      <section aria-labelledby="approve">
        <h2 id="approve" className="font-serif text-xl font-semibold">
          {t('approveTitle')}
        </h2>
        {held > 0 && <p className="mt-1 text-quiet">{t('leavesHeld', { count: held })}</p>}
        {alike > 0 && <p className="mt-1 text-quiet">{t('leavesAlike', { count: alike })}</p>}
        {approvable > 0 && (
          <form action={approve} className="mt-3">
            <HiddenFields fields={hidden} />
            <SubmitButton className={buttonClass('solid')}>
              {t('approve', { count: approvable })}
            </SubmitButton>
          </form>
        )}
      </section>
      <section aria-labelledby="decline">
        <h2 id="decline" className="font-serif text-xl font-semibold">
          {t('declineTitle')}
        </h2>
        <BatchDeclineForm
          action={decline}
          hidden={hidden}
          count={entries.length}
          reasons={options}
          noteMax={NOTE_MAX}
        />
      </section>
    </>
  );
}
