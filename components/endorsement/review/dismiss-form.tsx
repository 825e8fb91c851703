'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isSystemProblem, SystemProblem } from '@/components/admin/system-problem';
import { buttonClass } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import type { FormAction } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import { NoteField } from './note-field';

/** Dismisses the denial of an attested entry, with a note why it stands. */
export function DismissForm({
  action,
  hidden,
  meanwhile,
  noteMax,
}: {
  action: FormAction;
  /** Hidden fields with the entry's id and version. */
  hidden: ReactNode;
  /** Who changed the entry last; shown if that was after the form was opened. */
  meanwhile: ReactNode;
  noteMax: number;
}) {
  const t = useTranslations('endorsement.review.forms');
  return (
    <Form
      action={action}
      compact
      aria-labelledby="denial"
      className="space-y-2"
      hidden={hidden}
      titleOf={() => t('errors.problem')}
      problemOf={(problem) =>
        isSystemProblem(problem) ? <SystemProblem problem={problem} /> : meanwhile
      }
      fields={(state) => (
        <NoteField
          id="why"
          name="why"
          label={t('dismiss.why')}
          hint={t('dismiss.whyHint')}
          max={noteMax}
          state={state}
        />
      )}
      buttons={
        <SubmitButton className={buttonClass('outline', 'small')}>
          {t('dismiss.submit')}
        </SubmitButton>
      }
    />
  );
}
