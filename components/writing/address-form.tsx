'use client';

import { useTranslations } from 'next-intl';
import { RunForm } from '@/components/running/run-form';
import type { RunAction, RunState } from '@/components/running/form-state';
import { TextField } from '@/components/ui/field';
import { addressProblem } from './address-words';

/** Gives a letter that has not opened another address. */
export function AddressForm({ action, hidden, slug, before }: { action: RunAction; hidden: Record<string, string>; slug: string; before: string }) {
  const t = useTranslations('writing');
  const errorOf = (_: string, state: RunState) => addressProblem(t, state);
  return (
    <RunForm
      action={action}
      hidden={hidden}
      submit={t('address.save')}
      errorOf={errorOf}
      problemOf={() => undefined}
      fields={(state) => (
        <TextField
          name="address"
          label={t('address.label', { before })}
          hint={t('address.hint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={state?.typed.address ?? slug}
          error={state ? errorOf('address', state) : undefined}
        />
      )}
    />
  );
}
