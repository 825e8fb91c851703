'use client';

import { useEffect, useRef, useState } from 'react';

const bytesIn = (form: HTMLFormElement) =>
  [...new FormData(form)].reduce((sum, [, value]) => sum + new Blob([value]).size, 0);

/**
 * Keeps a form from being sent that the server would refuse unread, and says so; inside the form.
 * @param max most bytes of its fields: less than half of what the server takes, since a form that comes back is sent again
 *   together with what came back
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
