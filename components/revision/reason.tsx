import { InLanguage } from '@/components/ui/in-language';
import type { Reason } from '@/lib/revision/content';

/** The reason for a change, in the reader's language if available. */
export function ReasonText({ reason }: { reason: Reason | null }) {
  return reason && <InLanguage said={reason} />;
}

/** Whether {@link ReasonText} would render anything. */
export const saysWhy = (reason: Reason | null): boolean =>
  reason !== null && Object.keys(reason).length > 0;
