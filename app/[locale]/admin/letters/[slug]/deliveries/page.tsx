import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { DeliveryPreview } from '@/components/delivery/delivery-preview';
import { DeliverForm } from '@/components/delivery/deliver-form';
import { DeliveryList } from '@/components/delivery/delivery-list';
import { LetterShell } from '@/components/admin/letter-shell';
import { Notice } from '@/components/ui/notice';
import { deliveryPreview, deliveryFiles, publicDeliveries } from '@/lib/delivery/queries';
import { ADDRESSEE_MAX, LABEL_MAX } from '@/lib/delivery/schema';
import { letterStatus } from '@/lib/letter/rules';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { deliverLetter } from './actions';

export const generateMetadata = titled('deliveries');

export default async function DeliveryPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'deliver');
  const [now, deliveries, files, t, { admin, delivery }] = await Promise.all([
    deliveryPreview(owner, letter),
    publicDeliveries(letter.id),
    deliveryFiles(owner),
    getTranslations({ locale, namespace: 'delivery.deliver' }),
    getMessages({ locale }),
  ]);
  const time = new Date();
  const open = letterStatus(letter, time) !== 'draft';
  const last = deliveries[0];
  const addressee = { ...last?.addressee, ...now?.addressee };
  return (
    <LetterShell
      letter={letter}
      current="deliveries"
      lead={t('lead')}
      done={(await searchParams).notice !== undefined && last ? t('done') : undefined}
    >
      <section aria-labelledby="now">
        <h2 id="now" className="font-serif text-xl font-semibold">
          {t('now')}
        </h2>
        {now && open ? (
          <DeliveryPreview letter={letter} now={now} time={time} />
        ) : (
          <p className="mt-3">{t('notOpen')}</p>
        )}
      </section>
      {now && open && (
        <section aria-labelledby="deliver">
          <h2 id="deliver" className="font-serif text-xl font-semibold">
            {t('form')}
          </h2>
          <div className="mt-4">
            {now.counts.total === 0 ? (
              <Notice>{t('nobody')}</Notice>
            ) : (
              <NextIntlClientProvider messages={{ admin, delivery }}>
                <DeliverForm
                  action={deliverLetter}
                  locale={locale}
                  slug={slug}
                  seen={letter.publicVersion}
                  addressee={addressee}
                  limits={{ addressee: ADDRESSEE_MAX, label: LABEL_MAX }}
                />
              </NextIntlClientProvider>
            )}
          </div>
        </section>
      )}
      <DeliveryList slug={slug} timeZone={letter.timeZone} deliveries={deliveries} files={files} />
    </LetterShell>
  );
}
