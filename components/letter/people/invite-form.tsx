'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { SelectField, TextField } from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { ROLES, type InvitationError } from '@/lib/letter/people/schema';
import { knownCode } from '@/lib/platform/forms/codes';

/** Form to invite somebody to the letter. */
export function InviteForm({
  action,
  hidden,
  languages,
  reader,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  /** The languages that mails are written in, with their names. */
  languages: { value: string; text: string }[];
  /** The language of the page, proposed for the mail. */
  reader: string;
}) {
  const t = useTranslations('letter.people');
  const errorOf = (field: string, state: FormState) => {
    const code = knownCode<InvitationError>(t, 'errors', state.errors[field]?.[0]);
    return code && t(`errors.${code}`, { minutes: Number(state.typed.minutes ?? 0) });
  };
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('send')}
      errorOf={errorOf}
      problemOf={() => null}
      fields={(state) => (
        <>
          <TextField
            name="email"
            type="email"
            label={t('email')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={state?.typed.email}
            error={state ? errorOf('email', state) : undefined}
          />
          <SelectField
            name="role"
            label={t('role')}
            options={ROLES.map((value) => ({ value, text: t(`roleExplained.${value}`) }))}
            defaultValue={state?.typed.role ?? 'reviewer'}
            error={state ? errorOf('role', state) : undefined}
          />
          <SelectField
            name="language"
            label={t('language')}
            options={languages}
            defaultValue={state?.typed.language ?? reader}
            error={state ? errorOf('language', state) : undefined}
          />
        </>
      )}
    />
  );
}
