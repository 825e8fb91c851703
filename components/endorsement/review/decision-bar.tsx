import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/lib/platform/i18n/navigation';
import { stepsFrom } from '@/lib/endorsement/rules';
import type { Entry } from '@/lib/endorsement/review/queries';
import type { ButtonAction } from '@/components/ui/action-button';
import { KeyHint } from './key-hint';
import { SubmitButton } from '@/components/ui/submit-button';
import { reviewPath, type ReviewView } from './view';

const KEYS = { approve: 'a', decline: 'd', withdraw: 'w', take_back: 'u' } as const;

/** What can be done with an entry, always at the same place; each button carries its key. */
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
  const steps = stepsFrom(entry);
  const hint =
    entry.state === 'verified' && entry.proof === 'attested'
      ? t('hintsAttested')
      : t(`hints.${entry.state}`);
  const tall = 'min-h-10 max-sm:px-2.5';
  const opens = (open: 'decline' | 'correct', key: string) => (
    <Link
      href={reviewPath(slug, { ...view, entry: entry.id, open })}
      prefetch={false}
      scroll={false}
      aria-keyshortcuts={key}
      className={`${buttonClass('outline', 'small')} ${tall} ${open === 'correct' ? 'ml-auto' : ''}`}
    >
      {t(open)} <KeyHint>{key}</KeyHint>
    </Link>
  );
  return (
    <div role="group" aria-label={t('label')}>
      {/* Above the buttons, which then stand where they stood however long it is. */}
      <p className="mb-1.5 text-xs text-quiet">{hint}</p>
      <div className="flex flex-wrap gap-2">
        {steps.map((step) =>
          step === 'decline' ? (
            <span key={step}>{opens('decline', KEYS.decline)}</span>
          ) : (
            <form key={`${entry.id} ${step}`} action={act}>
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
        {entry.state !== 'submitted' && opens('correct', 'c')}
      </div>
    </div>
  );
}
