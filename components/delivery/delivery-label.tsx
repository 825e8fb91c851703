import { useTranslations } from 'next-intl';
import type { DeliverySummary } from '@/lib/delivery/queries';
import { InLanguage } from '@/components/ui/in-language';

/** The label of a delivery: the coordinators' own, or first or final tally. */
export function DeliveryLabel({
  delivery: { label, tally },
}: {
  delivery: Pick<DeliverySummary, 'label' | 'tally'>;
}) {
  const t = useTranslations('delivery.tally');
  return Object.keys(label).length > 0 ? <InLanguage said={label} /> : t(tally);
}
