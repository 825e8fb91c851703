import { buttonClass } from './button';
import { SubmitButton } from './submit-button';

/** What a form of one button does. */
export type ButtonAction = (form: FormData) => Promise<void>;

/** Fields that a form sends unseen. */
export function HiddenFields({ fields }: { fields: Record<string, string | number> }) {
  return Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}

/** One act on one entry of a list, as a small button; `of` says for those who hear it what it acts on. */
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
