import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';

/** A ready text in a field from which it can be copied, with a button where scripts run. */
export function ShareText({
  id,
  label,
  hint,
  text,
  language,
  children,
}: {
  id: string;
  label: string;
  hint?: string;
  text: string;
  language: string;
  /** What else can be done with the text. */
  children?: ReactNode;
}) {
  return (
    <div className="mt-6">
      <label htmlFor={id} id={`${id}-label`} className="font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-quiet">
          {hint}
        </p>
      )}
      <textarea
        id={id}
        readOnly
        lang={language}
        defaultValue={text}
        rows={Math.min(8, 2 + Math.ceil(text.length / 60))}
        aria-describedby={hint && `${id}-hint`}
        className="mt-2 block w-full rounded-sm border border-edge bg-raised px-3 py-2 text-base text-ink"
      />
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <CopyButton text={text} describedBy={`${id}-label`} />
        {children}
      </div>
    </div>
  );
}
