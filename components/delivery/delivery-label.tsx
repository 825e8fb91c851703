import { useTranslations } from 'next-intl';
import type { PublicDelivery } from '@/lib/delivery/queries';
import { InLanguage } from '@/components/letter/in-language';

/** Which delivery it is: as the coordinators call it, or first tally, final tally. */
export function DeliveryLabel({
  delivery: { label, tally },
}: {
  delivery: Pick<PublicDelivery, 'label' | 'tally'>;
}) {
  const t = useTranslations('delivery.tally');
  return label.ja || label.en ? <InLanguage said={label} /> : t(tally);
}
