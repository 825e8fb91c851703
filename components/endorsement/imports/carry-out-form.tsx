'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import {
  CheckboxField,
  RadioField,
  SelectField,
  TextAreaField,
  TextField,
} from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { IMPORT_KINDS } from '@/lib/endorsement/imports/rules';
import { EVIDENCE_MAX } from '@/lib/endorsement/review/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { IMPORTS } from '@/lib/platform/limits';

/** How the organizations of a list signed, and the button that imports them. */
export function CarryOutForm({
  action,
  hidden,
  added,
  faults,
  said,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  /** How many are added, and how many rows have faults. */
  added: number;
  faults: number;
  /** What was said before; `file`: the name of the attached one. */
  said: { kind: string | null; note: string | null; file: string | null; approves: boolean };
}) {
  const t = useTranslations('endorsement.imports.preview');
  const problems = useTranslations('endorsement.imports.problems');
  const megabytes = IMPORTS.fileBytes / 1024 / 1024;
  const errorOf = (field: string, { errors }: FormState) => {
    const known = knownCode<'required'>(t, 'errors', errors[field]?.[0]);
    return known && t(`errors.${known}`, { max: EVIDENCE_MAX, megabytes });
  };
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('submit', { count: added })}
      errorOf={errorOf}
      problemOf={(problem) => problems(problem === 'nobody' ? 'nobody' : 'gone')}
      fields={(state) => {
        const error = (field: string) => (state ? errorOf(field, state) : undefined);
        return (
          <>
            <SelectField
              name="kind"
              label={t('kind')}
              options={[
                { value: '', text: t('chooseKind') },
                ...IMPORT_KINDS.map((kind) => ({ value: kind, text: t(`kinds.${kind}`) })),
              ]}
              defaultValue={state?.typed.kind ?? said.kind ?? ''}
              error={error('kind')}
            />
            <TextAreaField
              name="note"
              label={t('note')}
              hint={t('noteHint')}
              defaultValue={state?.typed.note ?? said.note ?? ''}
              error={error('note')}
            />
            <TextField
              type="file"
              name="evidenceFile"
              label={t('evidenceFile', { max: megabytes })}
              hint={said.file === null ? undefined : t('attached', { name: said.file })}
              accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
              error={error('evidenceFile')}
            />
            <RadioField
              name="approves"
              isSection={false}
              legend={t('approves')}
              defaultValue={state?.typed.approves ?? (said.approves ? 'approve' : 'review')}
              error={error('approves')}
              options={(['approve', 'review'] as const).map((value) => ({
                value,
                label: t(value),
                explanation: t(`${value}Hint`),
              }))}
            />
            {faults > 0 && (
              <CheckboxField
                name="leaveOut"
                label={t('leaveOut', { count: faults })}
                defaultChecked={state?.typed.leaveOut === 'on'}
                error={error('leaveOut')}
              />
            )}
            <p className="text-sm text-quiet">{t('mails')}</p>
          </>
        );
      }}
    />
  );
}
