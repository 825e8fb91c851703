'use client';

import { useTranslations } from 'next-intl';
import type { ReviewError } from '@/lib/endorsement/review/schema';
import { knownCode } from '@/lib/platform/forms/codes';

/** The error message of a field, which refers to it by `aria-describedby`. */
export function FieldErrorText({ id, errors }: { id: string; errors?: string[] | undefined }) {
  const t = useTranslations('endorsement.review.forms');
  if (!errors?.[0]) return null;
  const code = knownCode<ReviewError>(t, 'errors', errors[0]) ?? 'other';
  return (
    <p id={id} className="text-[0.8125rem] font-semibold text-alert">
      {t(`errors.${code}`)}
    </p>
  );
}
