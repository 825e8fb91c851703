'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

/** A button that sends its form once: pressed again before the answer, it does nothing. */
export function SubmitButton({
  className,
  shortcut,
  children,
}: {
  className: string;
  shortcut?: string;
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
      {children}
    </button>
  );
}
