import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { Deliverable } from '@/components/delivery/deliverable';
import { DeliverForm } from '@/components/delivery/deliver-form';
import { DeliveredSoFar } from '@/components/delivery/delivered-so-far';
import { RunPage } from '@/components/running/run-page';
import { Notice } from '@/components/ui/notice';
import { deliverable, deliveryFiles, publicDeliveries } from '@/lib/delivery/queries';
import { ADDRESSEE_MAX, LABEL_MAX } from '@/lib/delivery/schema';
import { letterStatus } from '@/lib/letter/rules';
import { titled, workedOn, type LetterPageProps } from '../worked-on';
import { deliverLetter } from './actions';

export const generateMetadata = titled('delivery');

export default async function DeliveryPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, authority: owner, letter } = await workedOn(params, 'owner');
  const [now, deliveries, files, t, { running, delivery }] = await Promise.all([
    deliverable(owner, letter),
    publicDeliveries(letter.id),
    deliveryFiles(owner),
    getTranslations({ locale, namespace: 'delivery.deliver' }),
    getMessages({ locale }),
  ]);
  const time = new Date();
  const open = letterStatus(letter, time) !== 'draft';
  const last = deliveries[0];
  const addressee = { ja: now?.addressee.ja ?? last?.addressee.ja ?? null, en: now?.addressee.en ?? last?.addressee.en ?? null };
  return (
    <RunPage letter={letter} current="delivery" lead={t('lead')} done={(await searchParams).done !== undefined && last ? t('done') : undefined}>
      <section aria-labelledby="now">
        <h2 id="now" className="font-serif text-xl font-semibold">
          {t('now')}
        </h2>
        {now && open ? <Deliverable letter={letter} now={now} time={time} /> : <p className="mt-3">{t('notOpen')}</p>}
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
              <NextIntlClientProvider messages={{ running, delivery }}>
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
      <DeliveredSoFar slug={slug} timeZone={letter.timeZone} deliveries={deliveries} files={files} />
    </RunPage>
  );
}
