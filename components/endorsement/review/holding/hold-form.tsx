'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import type { FormAction } from '@/components/ui/form-state';
import type { ReviewError } from '@/lib/endorsement/review/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { NoteField } from '../note-field';

/** Form to hold several entries, with a reason for the letter's coordinators. */
export function HoldForm({
  action,
  hidden,
  count,
  noteMax,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  count: number;
  noteMax: number;
}) {
  const t = useTranslations('endorsement.review.holding');
  const forms = useTranslations('endorsement.review.forms');
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('hold', { count })}
      problemOf={() => null}
      errorOf={(field, state) => {
        const code = knownCode<ReviewError>(forms, 'errors', state.errors[field]?.[0]);
        return code === 'required' ? t('reasonRequired') : code && forms(`errors.${code}`);
      }}
      fields={(state) => (
        <div className="text-sm">
          <NoteField
            id="reason"
            name="reason"
            label={t('reason')}
            hint={t('reasonHint')}
            max={noteMax}
            state={state}
          />
        </div>
      )}
    />
  );
}
