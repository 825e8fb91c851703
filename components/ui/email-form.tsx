'use client';

import { useLocale } from 'next-intl';
import { HiddenFields } from './action-button';
import { buttonClass } from './button';
import { Form } from './form';
import { FormLanguage } from './form-language';
import type { FormAction } from './form-state';
import { SubmitButton } from './submit-button';

/** A form that takes an e-mail address, to which something is sent. */
export function EmailForm({
  action,
  email,
  words,
}: {
  action: FormAction;
  /** What was typed before; empty: nothing. */
  email: string;
  words: {
    label: string;
    submit: string;
    /** Said of an address that is none. */
    invalid: string;
    /** Said of a problem, with the minutes to wait. */
    problem: (code: string, minutes: number) => string;
  };
}) {
  const locale = useLocale();
  return (
    <Form
      action={action}
      compact
      noValidate={false}
      className="space-y-4"
      hidden={<HiddenFields fields={{ locale }} />}
      titleOf={() => words.invalid}
      problemOf={(problem, { details }) =>
        words.problem(problem, Math.ceil(Number(details?.retryAfterSeconds ?? 0) / 60))
      }
      fields={(state) => (
        <div>
          <label htmlFor="email" className="font-semibold">
            {words.label}
          </label>
          <input
            id="email"
            name="email"
            type="email"
            required
            maxLength={254}
            autoComplete="email"
            defaultValue={state?.typed.email ?? email}
            aria-invalid={state?.problem === 'invalid' || undefined}
            className="mt-1 block min-h-12 w-full rounded-sm border border-edge bg-raised px-3 py-2"
          />
        </div>
      )}
      buttons={
        <>
          <SubmitButton className={buttonClass('solid')}>{words.submit}</SubmitButton>
          <FormLanguage />
        </>
      }
    />
  );
}
