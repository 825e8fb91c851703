import type { FormState } from '@/components/ui/form-state';
import { FieldErrorText } from './field-error';

/** A note, with its label and hint beside each other. */
export function NoteField({
  id,
  name = 'note',
  label,
  hint,
  max,
  state,
}: {
  id: string;
  name?: 'note' | 'evidence' | 'why' | 'reason';
  label: string;
  hint: string;
  max: number;
  state: FormState | null;
}) {
  return (
    <div>
      <p className="flex flex-wrap gap-x-3">
        <label htmlFor={id} className="font-semibold">
          {label}
        </label>
        <span id={`${id}-hint`} className="text-quiet">
          {hint}
        </span>
      </p>
      <textarea
        id={id}
        name={name}
        rows={2}
        maxLength={max}
        defaultValue={state?.typed[name]}
        aria-describedby={`${id}-hint ${id}-error`}
        aria-invalid={state?.errors[name] ? true : undefined}
        className="field-sizing-content mt-1 max-h-48 min-h-14 w-full rounded-sm border border-edge bg-raised px-2.5 py-1.5 max-sm:text-base"
      />
      <FieldErrorText id={`${id}-error`} errors={state?.errors[name]} />
    </div>
  );
}
