import { useTranslations } from 'next-intl';
import type { DeliverySummary } from '@/lib/delivery/queries';
import { InLanguage } from '@/components/ui/in-language';

/** Which delivery it is: as the coordinators call it, or first tally, final tally. */
export function DeliveryLabel({
  delivery: { label, tally },
}: {
  delivery: Pick<DeliverySummary, 'label' | 'tally'>;
}) {
  const t = useTranslations('delivery.tally');
  return Object.keys(label).length > 0 ? <InLanguage said={label} /> : t(tally);
}
