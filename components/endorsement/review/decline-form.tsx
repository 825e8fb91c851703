'use client';

import { useTranslations } from 'next-intl';
import { EntryForm, type EntryFormProps } from './entry-form';
import { FieldErrorText } from './field-error';

/** Form to decline an entry: a preset reason and an optional note. */
export function DeclineForm({
  reasons,
  noteMax,
  mailed,
  ...frame
}: EntryFormProps & {
  reasons: { value: string; label: string }[];
  noteMax: number;
  mailed: boolean;
}) {
  const t = useTranslations('endorsement.review.forms.decline');
  return (
    <EntryForm
      {...frame}
      name="decline"
      fields={(state) => (
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
              {reasons.map(({ value, label }) => (
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
                  {label}
                </label>
              ))}
            </div>
          </fieldset>
          <div>
            <p className="flex flex-wrap gap-x-3">
              <label htmlFor="note" className="font-semibold">
                {t('note')}
              </label>
              <span id="note-hint" className="text-quiet">
                {t(mailed ? 'noteHint' : 'noteHintAttested')}
              </span>
            </p>
            <textarea
              id="note"
              name="note"
              rows={2}
              maxLength={noteMax}
              defaultValue={state?.typed.note}
              aria-describedby="note-hint note-error"
              aria-invalid={state?.errors.note ? true : undefined}
              className="field-sizing-content max-h-48 min-h-14 w-full rounded-sm border border-edge bg-raised px-2.5 py-1.5 max-sm:text-base"
            />
            <FieldErrorText id="note-error" errors={state?.errors.note} />
          </div>
        </>
      )}
    />
  );
}
