import { useTranslations } from 'next-intl';
import type { DeliverySummary } from '@/lib/delivery/queries';
import { Day } from '@/components/letter/times/day';
import { PreferredName } from '@/components/organization/organization-name';

/** The signatories that have withdrawn since a delivery. Renders nothing if there are none. */
export function ChangesSinceDelivery({
  since,
  timeZone,
}: {
  since: DeliverySummary['since'];
  timeZone: string;
}) {
  const t = useTranslations('delivery.deliveries');
  if (since.named.length === 0 && since.withheld === 0) return null;
  return (
    <ul aria-label={t('since')} className="space-y-1 border-l-2 border-edge pl-3 text-[0.9375rem]">
      {since.named.map(({ names, withdrawnAt }, index) => (
        <li key={index}>
          {withdrawnAt
            ? t.rich('withdrawn', {
                name: () => <PreferredName names={names} />,
                date: () => <Day at={withdrawnAt} timeZone={timeZone} />,
              })
            : t.rich('left', { name: () => <PreferredName names={names} /> })}
        </li>
      ))}
      {since.withheld > 0 && <li>{t('withheld', { count: since.withheld })}</li>}
    </ul>
  );
}
