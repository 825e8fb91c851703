'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { TextField } from '@/components/ui/field';
import { slugErrorText } from './slug-errors';

/** Form to change the slug of a letter that has not opened. */
export function SlugForm({
  action,
  hidden,
  slug,
  before,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  slug: string;
  before: string;
}) {
  const t = useTranslations('letter.text');
  const errorOf = (_: string, state: FormState) => slugErrorText(t, state);
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('address.save')}
      errorOf={errorOf}
      problemOf={() => undefined}
      fields={(state) => (
        <TextField
          name="newSlug"
          label={t('address.label', { before })}
          hint={t('address.hint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={state?.typed.newSlug ?? slug}
          error={state ? errorOf('newSlug', state) : undefined}
        />
      )}
    />
  );
}
