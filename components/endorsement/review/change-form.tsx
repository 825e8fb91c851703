'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isSystemProblem, SystemProblem } from '@/components/admin/system-problem';
import { buttonClass } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import type { FormAction } from '@/components/ui/form-state';
import { NoteField } from './note-field';

/** Accepts or declines a proposed change, with an optional note to the representative. */
export function ChangeForm({
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
      className="space-y-2"
      hidden={hidden}
      titleOf={() => t('errors.problem')}
      problemOf={(problem) =>
        isSystemProblem(problem) ? <SystemProblem problem={problem} /> : meanwhile
      }
      fields={(state) => (
        <NoteField
          id="change-note"
          label={t('change.note')}
          hint={t('change.noteHint')}
          max={noteMax}
          state={state}
        />
      )}
      buttons={
        <div className="flex flex-wrap gap-2">
          {(['accept', 'decline'] as const).map((decision) => (
            <button
              key={decision}
              type="submit"
              name="decision"
              value={decision}
              className={buttonClass(decision === 'accept' ? 'solid' : 'outline', 'small')}
            >
              {t(`change.${decision}`)}
            </button>
          ))}
        </div>
      }
    />
  );
}
