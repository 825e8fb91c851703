import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { DeliveryPreview } from '@/components/delivery/delivery-preview';
import { DeliverForm } from '@/components/delivery/deliver-form';
import { DeliveryList } from '@/components/delivery/delivery-list';
import { Making } from '@/components/delivery/making';
import { sectionPath } from '@/components/admin/sections';
import { LetterShell } from '@/components/admin/letter-shell';
import { Notice } from '@/components/ui/notice';
import {
  deliveryFiles,
  deliveryInMaking,
  deliveryPreview,
  publicDeliveries,
} from '@/lib/delivery/queries';
import { ADDRESSEE_MAX, LABEL_MAX } from '@/lib/delivery/schema';
import { letterStatus } from '@/lib/letter/rules';
import {
  titled,
  requireLetter,
  type LetterPageProps,
} from '@/app/[locale]/admin/letters/[slug]/access';
import { fromDelivery } from '../mailings/actions';
import { deliverLetter } from './actions';
import { deliveriesViewSchema } from './view';

export const generateMetadata = titled('deliveries');

export default async function DeliveryPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access: owner, letter } = await requireLetter(params, 'deliver');
  const { notice, live } = deliveriesViewSchema.parse(await searchParams);
  const [making, deliveries, files, t, { admin, delivery }] = await Promise.all([
    deliveryInMaking(owner),
    publicDeliveries(letter.id),
    deliveryFiles(owner),
    getTranslations({ locale, namespace: 'delivery.deliver' }),
    getMessages({ locale }),
  ]);
  const list = (
    <DeliveryList
      slug={slug}
      timeZone={letter.timeZone}
      deliveries={deliveries}
      files={files}
      tell={fromDelivery}
    />
  );
  if (making && !('problem' in making))
    return (
      <LetterShell letter={letter} current="deliveries" title={t('making.title')}>
        <Making {...making} live={live} path={sectionPath(slug, 'deliveries')} />
        {list}
      </LetterShell>
    );

  const now = await deliveryPreview(owner, letter);
  const time = new Date();
  const open = letterStatus(letter, time) !== 'draft';
  const last = deliveries[0];
  const addressee = { ...last?.addressee, ...now?.addressee };
  return (
    <LetterShell
      letter={letter}
      current="deliveries"
      lead={t('lead')}
      done={notice !== undefined && last ? t('done') : undefined}
    >
      {making && (
        <Notice tone="alert" announce>
          {t(`problems.${making.problem}`)}
        </Notice>
      )}
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
                  rounds={letter.rounds.map(({ label }) => label)}
                  addressee={addressee}
                  limits={{ addressee: ADDRESSEE_MAX, label: LABEL_MAX }}
                />
              </NextIntlClientProvider>
            )}
          </div>
        </section>
      )}
      {list}
    </LetterShell>
  );
}
