import { useTranslations } from 'next-intl';
import { InLanguage } from '@/components/ui/in-language';
import type { Reason } from '@/lib/revision/content';

/** The reason for a change, in the reader's language if available. */
export function ReasonText({ reason }: { reason: Reason | null }) {
  return reason && <InLanguage said={reason} />;
}

/** Whether {@link ReasonText} would render anything. */
export const saysWhy = (reason: Reason | null): boolean =>
  reason !== null && Object.keys(reason).length > 0;

/** A paragraph with the reason; nothing if there is none. */
export function ReasonParagraph({ reason }: { reason: Reason | null }) {
  const t = useTranslations('revision.line');
  if (!saysWhy(reason)) return null;
  return (
    <p>
      <span className="text-quiet">{t('reason')}</span>
      <ReasonText reason={reason} />
    </p>
  );
}
