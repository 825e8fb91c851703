import { useTranslations } from 'next-intl';
import type { DeliverySummary } from '@/lib/delivery/queries';
import { InLanguage } from '@/components/ui/in-language';

/** The label of a delivery: the coordinators' own, or which round it is. */
export function DeliveryLabel({
  delivery: { label, tally, round },
}: {
  delivery: Pick<DeliverySummary, 'label' | 'tally' | 'round'>;
}) {
  const t = useTranslations('delivery.tally');
  return Object.keys(label).length > 0 ? (
    <InLanguage said={label} />
  ) : (
    t(tally, { number: round ?? 0 })
  );
}
