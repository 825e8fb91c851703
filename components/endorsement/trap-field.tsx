/** The name of the field; it says nothing that browsers or password managers fill in. */
export const TRAP_FIELD = 'reference';

/**
 * A field that only programs fill in: out of sight, out of the reach of the keyboard and of
 * assistive technology, and left alone by password managers. Where style sheets are not read, its
 * label says what to do.
 */
export function TrapField({ label }: { label: string }) {
  return (
    <div aria-hidden inert className="absolute -left-[9999px] size-px overflow-hidden">
      <label htmlFor={TRAP_FIELD}>{label}</label>
      <input
        id={TRAP_FIELD}
        name={TRAP_FIELD}
        type="text"
        tabIndex={-1}
        autoComplete="off"
        data-1p-ignore
        data-bwignore
        data-lpignore="true"
        data-form-type="other"
      />
    </div>
  );
}
