import { Addressee } from './addressee';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { zoneName } from '@/lib/platform/dates';
import { Fact, Facts } from '@/components/ui/facts';
import type { DeliverySummary } from '@/lib/delivery/queries';
import { Link } from '@/components/ui/link';
import { DeliveryFiles } from './files';

/**
 * The facts of a delivery: addressee, date, revision, number of organizations, and files with their
 * hashes.
 * @param origin the instance's origin, for commands to copy
 */
export function DeliveryFacts({
  slug,
  delivery,
  timeZone,
  origin,
}: {
  slug: string;
  delivery: DeliverySummary;
  timeZone: string;
  origin: string;
}) {
  const t = useTranslations('delivery.page');
  const format = useFormatter();
  const locale = useLocale();
  const { counts, deliveredAt, revision } = delivery;
  const json = `${origin}/api/letters/${slug}/deliveries/${delivery.number}/delivery.json`;
  return (
    <Facts>
      <Fact name={t('to')}>
        <Addressee said={delivery.addressee} />
      </Fact>
      <Fact name={t('at')}>
        <time dateTime={deliveredAt.toISOString()}>
          {t('moment', {
            moment: format.dateTime(deliveredAt, {
              dateStyle: 'long',
              timeStyle: 'short',
              timeZone,
            }),
            zone: zoneName(deliveredAt, timeZone, locale),
          })}
        </time>
      </Fact>
      <Fact name={t('revision')}>
        <Link href={`/letters/${slug}/revisions/${revision.number}`}>
          {t('revisionNumber', { number: revision.number })}
        </Link>
        <p className="font-mono text-[0.8125rem] break-all text-quiet">{revision.hash}</p>
      </Fact>
      <Fact name={t('organizations')}>
        {t('count', { total: counts.total, named: counts.named, withheld: counts.withheld })}
        {counts.earlier.total > 0 && (
          <p className="text-sm text-quiet">{t('earlierCount', { count: counts.earlier.total })}</p>
        )}
      </Fact>
      <Fact name={t('files')}>
        <DeliveryFiles slug={slug} delivery={delivery} />
      </Fact>
      <Fact name={t('hash')}>
        <p className="font-mono text-[0.8125rem] break-all">{delivery.hash}</p>
        <div className="mt-1 text-sm text-quiet print:hidden">
          <p>{t('check')}</p>
          <p className="my-1 bg-wash px-3 py-2 font-mono text-[0.8125rem] break-all text-ink">
            curl -sf {json} | sha256sum
          </p>
          <p>{t('checkPdf')}</p>
        </div>
      </Fact>
    </Facts>
  );
}
