'use client';

import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { buttonClass } from './button';

const never = () => () => undefined;

/** Copies text to the clipboard. Hidden without JavaScript or clipboard access. */
export function CopyButton({ text }: { text: string }) {
  const t = useTranslations('letter.text.links');
  const able = useSyncExternalStore(
    never,
    () => Boolean(navigator.clipboard),
    () => false,
  );
  const [copied, setCopied] = useState(false);
  if (!able) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <button type="button" onClick={() => void copy()} className={buttonClass('outline', 'small')}>
      <span role="status">{copied ? t('copied') : t('copy')}</span>
    </button>
  );
}
