'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { buttonClass } from '@/components/ui/button';

/** Copies a text. Shown only where scripts run and the browser lets pages copy. */
export function CopyButton({ text }: { text: string }) {
  const t = useTranslations('writing.links');
  const [able, setAble] = useState(false);
  const [copied, setCopied] = useState(false);
  useEffect(() => setAble(Boolean(navigator.clipboard)), []);
  if (!able) return null;
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true), () => setAble(false));
  return (
    <button type="button" onClick={() => void copy()} className={buttonClass('outline', 'small')}>
      <span role="status">{copied ? t('copied') : t('copy')}</span>
    </button>
  );
}
