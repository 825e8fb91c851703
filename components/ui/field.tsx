import { CircleAlert, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

/** Who will see a field's value. */
export interface Audience {
  icon: LucideIcon;
  text: string;
}

interface FieldTexts {
  /** Also the element's id and name. */
  name: string;
  label: ReactNode;
  /** Shown beside the label: whether the field is required. */
  mark?: string;
  hint?: ReactNode;
  audience?: Audience;
  error?: string;
}

const control =
  'mt-2 block min-h-12 w-full rounded-sm border bg-raised px-3 py-2 text-base text-ink aria-invalid:border-2 aria-invalid:border-alert border-edge';

/** Legend style for a fieldset below a heading: smaller than a heading, larger than a label. */
export const smallLegend = 'text-lg font-semibold';

const frame = (invalid: boolean) => (invalid ? 'border-l-4 border-alert pl-4' : '');

function describedBy({ name, hint, audience, error }: FieldTexts): string | undefined {
  const ids = [
    error && `${name}-error`,
    hint && `${name}-hint`,
    audience && `${name}-audience`,
  ].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function Mark({ children }: { children?: string }) {
  return children ? <span className="ml-2 text-sm font-normal text-quiet">{children}</span> : null;
}

function Hint({ name, children }: { name: string; children?: ReactNode }) {
  return children ? (
    <p id={`${name}-hint`} className="mt-1 text-sm text-quiet">
      {children}
    </p>
  ) : null;
}

function AudienceLine({ name, audience }: { name: string; audience?: Audience }) {
  if (!audience) return null;
  const { icon: Icon, text } = audience;
  return (
    <p id={`${name}-audience`} className="mt-1 flex items-start gap-1.5 text-sm text-quiet">
      <Icon aria-hidden size={14} className="mt-[0.3em] shrink-0" />
      {text}
    </p>
  );
}

/** A field's error message. */
function FieldProblem({ name, children }: { name: string; children?: string }) {
  return children ? (
    <p id={`${name}-error`} className="mt-1 flex items-start gap-1.5 font-semibold text-alert">
      <CircleAlert aria-hidden size={18} className="mt-[0.2em] shrink-0" />
      {children}
    </p>
  ) : null;
}

function AboveControl(texts: FieldTexts) {
  return (
    <>
      <label htmlFor={texts.name} className="font-semibold">
        {texts.label}
        <Mark>{texts.mark}</Mark>
      </label>
      <Hint name={texts.name}>{texts.hint}</Hint>
      <AudienceLine name={texts.name} audience={texts.audience} />
      <FieldProblem name={texts.name}>{texts.error}</FieldProblem>
    </>
  );
}

/** A single-line input with label, hint, audience and error. */
export function TextField({
  label,
  mark,
  hint,
  audience,
  error,
  ...input
}: FieldTexts & Omit<ComponentProps<'input'>, 'name' | 'id'>) {
  const texts = { name: input.name, label, mark, hint, audience, error };
  return (
    <div className={frame(Boolean(error))}>
      <AboveControl {...texts} />
      <input
        {...input}
        id={input.name}
        aria-describedby={describedBy(texts)}
        aria-invalid={error ? true : undefined}
        className={control}
      />
    </div>
  );
}

/** A text area with initially `rows` rows; grows with its content if the browser supports it. */
export function TextAreaField({
  label,
  mark,
  hint,
  audience,
  error,
  rows = 3,
  tools,
  ...area
}: FieldTexts &
  Omit<ComponentProps<'textarea'>, 'name' | 'id'> & {
    /** Between label and text area. */
    tools?: ReactNode;
  }) {
  const texts = { name: area.name, label, mark, hint, audience, error };
  return (
    <div className={frame(Boolean(error))}>
      <AboveControl {...texts} />
      {tools}
      <textarea
        {...area}
        rows={rows}
        id={area.name}
        aria-describedby={describedBy(texts)}
        aria-invalid={error ? true : undefined}
        className={`${control} [field-sizing:content]`}
        // With `field-sizing: content`, browsers ignore `rows`, so the minimum height is computed
        // from rows, padding and border.
        style={{ minHeight: `max(3rem, calc(${rows}lh + 1rem + 2px))` }}
      />
    </div>
  );
}

/** An option of a select. */
export interface Option {
  value: string;
  text: string;
}

/** Options of a select under a heading. */
export interface OptionGroup {
  label: string;
  options: Option[];
}

function Options({ of }: { of: Option[] }) {
  return of.map(({ value, text }) => (
    <option key={value} value={value}>
      {text}
    </option>
  ));
}

/** A native select, for many options; very many are in groups. */
export function SelectField({
  label,
  mark,
  hint,
  audience,
  error,
  options = [],
  groups = [],
  ...select
}: FieldTexts &
  Omit<ComponentProps<'select'>, 'name' | 'id' | 'children'> & {
    options?: Option[];
    groups?: OptionGroup[];
  }) {
  const texts = { name: select.name, label, mark, hint, audience, error };
  return (
    <div className={frame(Boolean(error))}>
      <AboveControl {...texts} />
      <select
        {...select}
        id={select.name}
        aria-describedby={describedBy(texts)}
        aria-invalid={error ? true : undefined}
        className={control}
      >
        <Options of={options} />
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            <Options of={group.options} />
          </optgroup>
        ))}
      </select>
    </div>
  );
}

/**
 * A radio group with an explanation of each option. The first option's id is the field's name, as
 * the target of error links.
 */
export function RadioField({
  name,
  legend,
  isSection = true,
  error,
  options,
  defaultValue,
}: {
  name: string;
  legend: ReactNode;
  /** Whether the group is a section of its page, with its legend styled as a heading. */
  isSection?: boolean;
  error?: string;
  options: { value: string; label: string; explanation: ReactNode }[];
  defaultValue?: string;
}) {
  return (
    <fieldset
      className={frame(Boolean(error))}
      aria-describedby={error ? `${name}-error` : undefined}
    >
      <legend className={isSection ? 'font-serif text-xl font-semibold' : smallLegend}>
        {legend}
      </legend>
      <FieldProblem name={name}>{error}</FieldProblem>
      <div className="mt-4 space-y-3">
        {options.map(({ value, label, explanation }, index) => {
          const id = index === 0 ? name : `${name}-${value}`;
          return (
            <div
              key={value}
              className="relative flex gap-3 rounded-sm border border-edge bg-raised p-4 has-checked:border-indigo has-checked:outline has-checked:outline-indigo"
            >
              <input
                type="radio"
                id={id}
                name={name}
                value={value}
                defaultChecked={defaultValue === value}
                aria-describedby={`${id}-explanation`}
                className="relative z-[1] mt-0.5 size-6 shrink-0"
              />
              <div>
                {/* The label covers the whole row as a larger click target. */}
                <label
                  htmlFor={id}
                  className="font-semibold after:absolute after:inset-0 after:content-['']"
                >
                  {label}
                </label>
                <p id={`${id}-explanation`} className="mt-1 text-sm text-quiet">
                  {explanation}
                </p>
              </div>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

/** A checkbox for a statement to agree to. */
export function CheckboxField({
  name,
  label,
  error,
  defaultChecked,
}: {
  name: string;
  label: ReactNode;
  error?: string;
  defaultChecked?: boolean;
}) {
  return (
    <div className={frame(Boolean(error))}>
      <FieldProblem name={name}>{error}</FieldProblem>
      <div className="flex gap-3 py-1.5">
        <input
          type="checkbox"
          id={name}
          name={name}
          defaultChecked={defaultChecked}
          aria-describedby={error ? `${name}-error` : undefined}
          aria-invalid={error ? true : undefined}
          className="mt-px size-6 shrink-0"
        />
        <label htmlFor={name}>{label}</label>
      </div>
    </div>
  );
}
