'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'next-intl';

/**
 * Most bytes of a form that are sent. A server refuses a request of more than 4 MB with a page of its own, and a form
 * that comes back is sent again together with what came back.
 */
const SENT_MAX = 1_500_000;

const bytesIn = (form: HTMLFormElement) => [...new FormData(form)].reduce((sum, [, value]) => sum + new Blob([value]).size, 0);

/** Keeps a form from being sent that the server would refuse unread, and says so; inside the form. */
export function SizeGuard({ bodyMax }: { bodyMax: number }) {
  const t = useTranslations('writing.errors');
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<number | null>(null);
  useEffect(() => {
    const form = place.current?.closest('form');
    const check = (event: SubmitEvent) => {
      const bytes = bytesIn(form!);
      setSize(bytes > SENT_MAX ? bytes : null);
      if (bytes <= SENT_MAX) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    form?.addEventListener('submit', check, true);
    return () => form?.removeEventListener('submit', check, true);
  }, []);
  return (
    <div ref={place} role="alert">
      {size !== null && (
        <p className="border-2 border-alert bg-alert-wash px-4 py-3 font-semibold">
          {t('tooBig', { size: Math.round(size / 100_000) / 10, max: bodyMax })}
        </p>
      )}
    </div>
  );
}
