'use client';

import { useSyncExternalStore } from 'react';
import { buttonClass } from '@/components/ui/button';

const never = () => () => undefined;

/** Opens the device's own way to share a text. Hidden where there is none, and without JavaScript. */
export function WebShareButton({ text, label }: { text: string; label: string }) {
  const able = useSyncExternalStore(
    never,
    () => 'share' in navigator,
    () => false,
  );
  if (!able) return null;
  // Rejected when the reader closes it, which needs no answer.
  const share = () => void navigator.share({ text }).catch(() => undefined);
  return (
    <button type="button" onClick={share} className={buttonClass('outline', 'small')}>
      {label}
    </button>
  );
}
