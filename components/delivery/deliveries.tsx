import { Addressee } from './addressee';
import { useTranslations } from 'next-intl';
import { PageSection } from '@/components/ui/page-section';
import { Link } from '@/components/ui/link';
import type { DeliverySummary } from '@/lib/delivery/queries';
import { Day } from '@/components/letter/times/day';
import { DeliveryFiles } from './files';
import { ChangesSinceDelivery } from './changes-since';
import { DeliveryLabel } from './delivery-label';

/**
 * A letter's deliveries, newest first: date, addressee, files, and who has left since. Renders
 * nothing before the first.
 */
export function Deliveries({
  slug,
  deliveries,
  timeZone,
}: {
  slug: string;
  deliveries: DeliverySummary[];
  timeZone: string;
}) {
  const t = useTranslations('delivery.deliveries');
  if (deliveries.length === 0) return null;
  return (
    <PageSection id="deliveries" title={t('title')}>
      <ul className="space-y-6">
        {deliveries.map((delivery) => (
          <li key={delivery.number}>
            <h3 className="font-semibold">
              <DeliveryLabel delivery={delivery} />
            </h3>
            <p>
              {t.rich('delivered', {
                count: delivery.counts.total,
                date: () => <Day at={delivery.deliveredAt} timeZone={timeZone} />,
                to: () => <Addressee said={delivery.addressee} />,
              })}
            </p>
            <div className="mt-1 print:hidden">
              <DeliveryFiles slug={slug} delivery={delivery}>
                <li>
                  <Link
                    href={`/letters/${slug}/deliveries/${delivery.number}`}
                    className="inline-flex min-h-8 items-center"
                  >
                    {t('page')}
                  </Link>
                </li>
              </DeliveryFiles>
            </div>
            <div className="mt-2">
              <ChangesSinceDelivery since={delivery.since} timeZone={timeZone} />
            </div>
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
