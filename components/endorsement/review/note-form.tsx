'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isSystemProblem, SystemProblem } from '@/components/admin/system-problem';
import { buttonClass } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import { NOTE_MAX, NOTES_MAX, type EntryNoteError } from '@/lib/endorsement/review/schema';
import { knownCode } from '@/lib/platform/forms/codes';

/** Form to write a note on an entry. */
export function NoteForm({
  action,
  hidden,
  isWithheld,
}: {
  action: FormAction;
  hidden: ReactNode;
  /** Whether the entry's name is withheld, so that observers see no notes on it. */
  isWithheld: boolean;
}) {
  const t = useTranslations('endorsement.review.notes');
  const errorOf = (state: FormState | null) => {
    const code = knownCode<EntryNoteError>(t, 'errors', state?.errors.entryNote?.[0]);
    const length = state?.typed.entryNote?.length ?? 0;
    return code && t(`errors.${code}`, { length, max: NOTE_MAX });
  };
  return (
    <Form
      action={action}
      compact
      guarded
      className="mt-1.5 space-y-1.5"
      hidden={hidden}
      titleOf={() => t('problem')}
      problemOf={(problem) => {
        if (isSystemProblem(problem)) return <SystemProblem problem={problem} />;
        return problem === 'full' ? t('full', { max: NOTES_MAX }) : t('gone');
      }}
      fields={(state) => {
        const error = errorOf(state);
        return (
          <div>
            <label htmlFor="entryNote" className="font-semibold">
              {t('label')}
            </label>
            <p id="entryNote-hint" className="text-quiet">
              {t(isWithheld ? 'hintWithheld' : 'hint')}
            </p>
            <textarea
              id="entryNote"
              name="entryNote"
              rows={1}
              defaultValue={state?.typed.entryNote}
              aria-describedby={error ? 'entryNote-error entryNote-hint' : 'entryNote-hint'}
              aria-invalid={error ? true : undefined}
              className="mt-1 field-sizing-content max-h-48 min-h-10 w-full rounded-sm border border-edge bg-raised px-2.5 py-1.5 max-sm:text-base"
            />
            {error && (
              <p id="entryNote-error" className="font-semibold text-alert">
                {error}
              </p>
            )}
          </div>
        );
      }}
      buttons={<SubmitButton className={buttonClass('outline', 'small')}>{t('save')}</SubmitButton>}
    />
  );
}
