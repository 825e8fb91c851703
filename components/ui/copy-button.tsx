'use client';

import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { buttonClass } from './button';

const never = () => () => undefined;

/**
 * Copies text to the clipboard. Hidden without JavaScript or clipboard access.
 * @param describedBy id of what says which text, where there are several
 */
export function CopyButton({ text, describedBy }: { text: string; describedBy?: string }) {
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
    <>
      <button
        type="button"
        onClick={() => void copy()}
        aria-describedby={describedBy}
        className={buttonClass('outline', 'small')}
      >
        {copied ? t('copied') : t('copy')}
      </button>
      {/* Beside the button: a status within it would leave it without a name. */}
      <span role="status" className="sr-only">
        {copied && t('copied')}
      </span>
    </>
  );
}
