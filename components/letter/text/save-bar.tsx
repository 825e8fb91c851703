'use client';

import { useTranslations } from 'next-intl';
import { useFormStatus } from 'react-dom';

/** What is saved, beside the button that saves. */
export function SaveState({
  unsaved,
  keeps,
  exists,
  savedAt,
}: {
  unsaved: boolean;
  /** This browser keeps what is not saved. */
  keeps: boolean;
  /** There is a saved text. */
  exists: boolean;
  /** When it was saved last; null if that is not known. */
  savedAt: string | null;
}) {
  const t = useTranslations('letter.text.bar');
  const { pending } = useFormStatus();
  const state = pending
    ? t('saving')
    : unsaved
      ? t(keeps ? 'kept' : 'unsaved')
      : savedAt
        ? t('saved', { at: savedAt })
        : t(exists ? 'clean' : 'never');
  return (
    <>
      <p role="status" className="min-w-0 flex-1 text-sm text-quiet">
        {state}
      </p>
      <a href="#preview" className="inline-flex min-h-8 items-center text-sm lg:hidden">
        {t('preview')}
      </a>
    </>
  );
}
