import { buttonClass } from './button';
import { SubmitButton } from './submit-button';

/** The Server Action of a single-button form. */
export type ButtonAction = (form: FormData) => Promise<void>;

/** Hidden fields of a form. */
export function HiddenFields({ fields }: { fields: Record<string, string | number> }) {
  return Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}

/** A small button that acts on one list entry; `of` names the entry for screen readers. */
export function ActionButton({
  action,
  fields,
  label,
  of,
}: {
  action: ButtonAction;
  fields: Record<string, string | number>;
  label: string;
  of: string;
}) {
  return (
    <form action={action}>
      <HiddenFields fields={fields} />
      <SubmitButton className={buttonClass('outline', 'small')}>
        <span aria-hidden>{label}</span>
        <span className="sr-only">{of}</span>
      </SubmitButton>
    </form>
  );
}
