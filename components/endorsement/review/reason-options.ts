import { useLocale, useTranslations } from 'next-intl';
import type { LetterReasons } from '@/lib/endorsement/review/reasons/queries';
import { DECLINE_REASONS } from '@/lib/endorsement/review/schema';
import { preferred } from '@/lib/platform/languages';
import type { ReasonOption } from './decline-form';

/**
 * The reasons for a decline in the reader's language, then those of the letter's own.
 * @param of what the letter has besides the usual reasons and words
 */
export function useReasonOptions(of: LetterReasons | null): ReasonOption[] {
  const t = useTranslations('endorsement.review.reasons');
  const locale = useLocale();
  const usual = DECLINE_REASONS.map((value) => ({
    value,
    label: t(value),
    own: of && preferred(of.texts[value], locale),
  }));
  const own = of?.own ?? [];
  return [
    ...usual,
    ...own.map(({ id, label, texts }) => ({ value: id, label, own: preferred(texts, locale) })),
  ];
}
