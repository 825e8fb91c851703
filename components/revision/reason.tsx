import { useLocale } from 'next-intl';
import type { Reason } from '@/lib/revision/content';

/** Why a change was made, in the reader's language, or in the other where it is given in that only. */
export function ReasonText({ reason }: { reason: Reason | null }) {
  const locale = useLocale();
  if (!reason) return null;
  const language = reason[locale] ? locale : reason.ja ? 'ja' : 'en';
  return reason[language] && <span lang={language}>{reason[language]}</span>;
}

/** Whether there is anything that {@link ReasonText} says. */
export const saysWhy = (reason: Reason | null): boolean => Boolean(reason?.ja ?? reason?.en);
