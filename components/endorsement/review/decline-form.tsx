'use client';

import { useTranslations } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';
import { EntryForm, type EntryFormProps } from './entry-form';
import { FieldErrorText } from './field-error';
import { NoteField } from './note-field';

export interface ReasonOption {
  value: string;
  label: string;
  /** The letter's own words for it, if there are any. */
  own?: { said: string; language: string } | null;
}

interface DeclineFieldsProps {
  reasons: ReasonOption[];
  noteMax: number;
  /** Whether the reason and the note are mailed to the representative. */
  mailed: boolean;
}

/** A preset reason and an optional note. */
export function DeclineFields({
  state,
  reasons,
  noteMax,
  mailed,
}: DeclineFieldsProps & { state: FormState | null }) {
  const t = useTranslations('endorsement.review.forms.decline');
  return (
    <>
      <fieldset
        role="radiogroup"
        aria-required
        aria-invalid={state?.errors.reason ? true : undefined}
        aria-describedby={state?.errors.reason ? 'reason-error' : undefined}
      >
        <legend className="sr-only">{t('reason')}</legend>
        {mailed && <p className="text-quiet">{t('reasonHint')}</p>}
        <FieldErrorText id="reason-error" errors={state?.errors.reason} />
        <div className="mt-0.5 grid gap-x-4 sm:grid-cols-2">
          {reasons.map(({ value, label, own }) => (
            <label
              key={value}
              className="flex min-h-8 cursor-pointer items-center gap-2 leading-tight lg:min-h-7"
            >
              <input
                type="radio"
                name="reason"
                value={value}
                defaultChecked={state?.typed.reason === value}
                className="size-4 shrink-0"
              />
              <span>
                {label}
                {own && mailed && (
                  <span lang={own.language} className="block py-0.5 text-quiet">
                    {own.said}
                  </span>
                )}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <NoteField
        id="note"
        label={t('note')}
        hint={t(mailed ? 'noteHint' : 'noteHintAttested')}
        max={noteMax}
        state={state}
      />
    </>
  );
}

/** Form to decline an entry. */
export function DeclineForm({
  reasons,
  noteMax,
  mailed,
  ...frame
}: EntryFormProps & DeclineFieldsProps) {
  return (
    <EntryForm
      {...frame}
      name="decline"
      fields={(state) => (
        <DeclineFields state={state} reasons={reasons} noteMax={noteMax} mailed={mailed} />
      )}
    />
  );
}
