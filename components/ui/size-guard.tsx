'use client';

import { useEffect, useRef, useState } from 'react';

/** The size of a form's text. Files are not sent again with a form's state. */
const bytesIn = (form: HTMLFormElement) =>
  [...new FormData(form)].reduce(
    (sum, [, value]) => sum + (typeof value === 'string' ? new Blob([value]).size : 0),
    0,
  );

/**
 * Prevents submitting a form that exceeds the server's body size limit, and says so. Must be inside
 * the form.
 * @param max maximum size of its fields in bytes: less than half of the server's limit, since a
 *   refused form is submitted again together with its state
 */
export function SizeGuard({ max, words }: { max: number; words: (bytes: number) => string }) {
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<number | null>(null);
  useEffect(() => {
    const form = place.current?.closest('form');
    const check = (event: SubmitEvent) => {
      const bytes = bytesIn(form!);
      setSize(bytes > max ? bytes : null);
      if (bytes <= max) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    form?.addEventListener('submit', check, true);
    return () => form?.removeEventListener('submit', check, true);
  }, [max]);
  return (
    <div ref={place} role="alert">
      {size !== null && (
        <p className="border-2 border-alert bg-alert-wash px-4 py-3 font-semibold">{words(size)}</p>
      )}
    </div>
  );
}
