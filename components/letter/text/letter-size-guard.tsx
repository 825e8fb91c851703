'use client';

import { useTranslations } from 'next-intl';
import { SizeGuard } from '@/components/ui/size-guard';
import { LETTER_FORM_BYTES } from '@/lib/platform/limits';

/**
 * {@link SizeGuard} for the forms of a letter's text; its message names `bodyMax`, the limit of the
 * body in characters.
 */
export function LetterSizeGuard({ bodyMax }: { bodyMax: number }) {
  const t = useTranslations('letter.text.errors');
  return (
    <SizeGuard
      max={LETTER_FORM_BYTES * 0.36}
      words={(bytes) => t('tooBig', { size: Math.round(bytes / 100_000) / 10, max: bodyMax })}
    />
  );
}
