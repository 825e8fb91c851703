import { preferred } from '@/lib/platform/languages';
import { isolated } from '@/lib/platform/text/written-language';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/lib/platform/i18n/navigation';
import { stepsFrom } from '@/lib/endorsement/rules';
import type { Entry } from '@/lib/endorsement/review/queries';
import type { ButtonAction } from '@/components/ui/action-button';
import { KeyHint } from './key-hint';
import { SubmitButton } from '@/components/ui/submit-button';
import { FORM_KEYS, reviewPath, type EntryFormName, type ReviewView } from './view';

const KEYS = { approve: 'a', withdraw: 'w', take_back: 'u' } as const;

/**
 * Selects the organization an entry is linked to on approval, if there are candidates. Preselected
 * is that of an earlier approval, else the best match if both its name and website match.
 */
function OrganizationChoice({
  form,
  organizations,
  organizationId,
}: Pick<Entry, 'organizations' | 'organizationId'> & {
  /** The id of the form that approves. */
  form: string;
}) {
  const t = useTranslations('endorsement.review.decisions');
  const locale = useLocale();
  const others = organizations.filter(({ id }) => id !== organizationId);
  if (others.length === 0 && organizationId === null) return null;
  const same = others.find(
    ({ sameName, sameWebsite, hasSigned }) => sameName && sameWebsite && !hasSigned,
  );
  return (
    <label className="mb-2 flex flex-wrap items-center gap-x-2 text-sm">
      <span className="text-quiet">{t('organization')}</span>
      <select
        form={form}
        name="organization"
        defaultValue={organizationId ?? same?.id ?? ''}
        className="min-h-10 max-w-full rounded-sm border border-edge bg-raised px-2"
      >
        {organizationId !== null && <option value={organizationId}>{t('sameOrganization')}</option>}
        <option value="">{t('newOrganization')}</option>
        {others.map(({ id, names, sameName, sameWebsite, hasSigned }) => (
          <option key={id} value={id}>
            {t('organizationHint', {
              name: isolated(preferred(names, locale)?.said ?? ''),
              same: sameName ? 'name' : sameWebsite ? 'website' : 'none',
              hasSigned: String(hasSigned),
            })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The actions available for an entry, in a fixed position, each with its keyboard shortcut. */
export function DecisionBar({
  slug,
  view,
  entry,
  act,
  hidden,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  act: ButtonAction;
  hidden: ReactNode;
}) {
  const t = useTranslations('endorsement.review.decisions');
  const steps = stepsFrom(entry).filter((step) => step !== 'approve' || !entry.heldAt);
  const hint = () => {
    // The entry says that it is held, and what is possible.
    if (entry.state === 'verified' && entry.heldAt) return null;
    if (entry.withdrawnBy === 'representative') return t('hintsWithdrawn');
    if (entry.state === 'verified' && entry.proof === 'attested') return t('hintsAttested');
    return t(`hints.${entry.state}`);
  };
  const tall = 'min-h-10 max-sm:px-2.5';
  const opens = (open: EntryFormName) => (
    <Link
      href={reviewPath(slug, { ...view, entry: entry.id, open })}
      prefetch={false}
      scroll={false}
      aria-keyshortcuts={FORM_KEYS[open]}
      className={`${buttonClass('outline', 'small')} ${tall} ${open === 'correct' ? 'ml-auto' : ''}`}
    >
      {t(open)} <KeyHint>{FORM_KEYS[open]}</KeyHint>
    </Link>
  );
  return (
    <div role="group" aria-label={t('label')}>
      {/* Above the buttons, so that its height does not move them. */}
      <p className="mb-1.5 text-xs text-quiet">{hint()}</p>
      {steps.includes('approve') && (
        <OrganizationChoice
          key={entry.id}
          form={`approve-${entry.id}`}
          organizations={entry.organizations}
          organizationId={entry.organizationId}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {steps.map((step) =>
          step === 'decline' ? (
            <span key={step}>{opens('decline')}</span>
          ) : (
            <form key={`${entry.id} ${step}`} id={`${step}-${entry.id}`} action={act}>
              {hidden}
              <input type="hidden" name="step" value={step} />
              <SubmitButton
                shortcut={KEYS[step]}
                className={`${buttonClass(step === 'approve' ? 'solid' : 'outline', 'small')} ${tall}`}
              >
                {t(step)} <KeyHint>{KEYS[step]}</KeyHint>
              </SubmitButton>
            </form>
          ),
        )}
        {opens(entry.state === 'submitted' ? 'vouch' : 'correct')}
      </div>
    </div>
  );
}
