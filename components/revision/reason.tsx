import { InLanguage } from '@/components/ui/in-language';
import type { Reason } from '@/lib/revision/content';

/** Why a change was made, in the reader's language where it is said in it. */
export function ReasonText({ reason }: { reason: Reason | null }) {
  return reason && <InLanguage said={reason} />;
}

/** Whether there is anything that {@link ReasonText} says. */
export const saysWhy = (reason: Reason | null): boolean =>
  reason !== null && Object.keys(reason).length > 0;
