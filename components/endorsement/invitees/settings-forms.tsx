'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { CheckboxField, SelectField, TextAreaField } from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { MESSAGE_MAX, REMINDER_DAYS } from '@/lib/endorsement/invitees/rules';
import { fieldIn, type ByLanguage } from '@/lib/platform/languages';
import { INVITEES } from '@/lib/platform/limits';

/** Form for what the coordinators say to invitees, in each language. */
export function MessageForm({
  action,
  hidden,
  languages,
  messages,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  languages: { value: string; text: string }[];
  messages: ByLanguage;
}) {
  const t = useTranslations('endorsement.invitees.message');
  const errorOf = (field: string, state: FormState) =>
    state.errors[field] && t('errors.tooLong', { max: MESSAGE_MAX });
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('submit')}
      errorOf={errorOf}
      problemOf={() => null}
      fields={(state) =>
        languages.map(({ value, text }) => {
          const name = fieldIn('message', value);
          return (
            <TextAreaField
              key={name}
              name={name}
              lang={value}
              label={t('inLanguage', { language: text })}
              rows={4}
              defaultValue={state?.typed[name] ?? messages[value]}
              error={state ? errorOf(name, state) : undefined}
            />
          );
        })
      }
    />
  );
}

/** Form for when invitees are reminded. */
export function InviteeRemindersForm({
  action,
  hidden,
  days,
  deadline,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  /** Null: not some days after the invitation. */
  days: number | null;
  /** Whether they are reminded before the deadline. */
  deadline: boolean;
}) {
  const t = useTranslations('endorsement.invitees.reminders');
  const errorOf = (field: string, state: FormState) =>
    state.errors[field] && t('errors.invalidChoice');
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('submit')}
      errorOf={errorOf}
      problemOf={() => null}
      fields={(state) => (
        <>
          <SelectField
            name="days"
            label={t('days')}
            options={REMINDER_DAYS.map((value) => ({
              value: String(value),
              text: t('dayOptions', { days: value }),
            }))}
            defaultValue={state?.typed.days ?? String(days ?? 0)}
            error={state ? errorOf('days', state) : undefined}
          />
          <CheckboxField
            name="deadline"
            label={t('deadline', { days: INVITEES.deadlineDays })}
            defaultChecked={state ? state.typed.deadline === 'on' : deadline}
          />
        </>
      )}
    />
  );
}
