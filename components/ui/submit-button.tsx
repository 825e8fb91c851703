'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

/** A button that sends its form once: pressed again before the answer, it does nothing. */
export function SubmitButton({
  className,
  shortcut,
  sending,
  children,
}: {
  className: string;
  shortcut?: string;
  /** What it says until the answer comes, if that is something else. */
  sending?: ReactNode;
  children: ReactNode;
}) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      className={className}
      aria-disabled={pending}
      aria-keyshortcuts={shortcut}
      onClick={(event) => pending && event.preventDefault()}
    >
      {pending && sending ? sending : children}
    </button>
  );
}
