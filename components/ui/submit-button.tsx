'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

/** A submit button that ignores clicks while the form is being submitted. */
export function SubmitButton({
  className,
  shortcut,
  sending,
  children,
}: {
  className: string;
  shortcut?: string;
  /** The label while pending, if different. */
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
