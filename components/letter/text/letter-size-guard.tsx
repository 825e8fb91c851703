'use client';

import { useTranslations } from 'next-intl';
import { SizeGuard } from '@/components/ui/size-guard';
import { LETTER_FORM_BYTES } from '@/lib/platform/limits';

/** {@link SizeGuard} for forms with a letter's text, whose body may have `bodyMax` characters. */
export function LetterSizeGuard({ bodyMax }: { bodyMax: number }) {
  const t = useTranslations('letter.text.errors');
  return (
    <SizeGuard
      max={LETTER_FORM_BYTES * 0.36}
      words={(bytes) => t('tooBig', { size: Math.round(bytes / 100_000) / 10, max: bodyMax })}
    />
  );
}
