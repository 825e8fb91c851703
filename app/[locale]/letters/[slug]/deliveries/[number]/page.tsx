import { preferred } from '@/lib/platform/languages';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { DeliveredList } from '@/components/delivery/delivered-list';
import { DeliveryFacts } from '@/components/delivery/delivery-facts';
import { ChangesSinceDelivery } from '@/components/delivery/changes-since';
import { LetterLink } from '@/components/letter/letter-link';
import { fullTitle } from '@/lib/letter/rules';
import { publicDelivery, type DeliverySummary } from '@/lib/delivery/queries';
import type { DeliveryContent } from '@/lib/delivery/snapshot';
import { env } from '@/lib/platform/env';
import { countingNumber } from '@/lib/platform/http';
import type { Locale } from '@/lib/platform/i18n/routing';
import { alternates, routeLocale } from '@/app/[locale]/locale';
import { letterAt, letterOfRoute } from '@/app/[locale]/letters/[slug]/letter';

export const revalidate = 2;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string; number: string }>;

/** The delivery that the route parameters name; responds 404 if there is none. */
const deliveryAt = cache(async (letterId: string, segment: string) => {
  const number = countingNumber(segment);
  return (number && (await publicDelivery(letterId, number))) || notFound();
});

/** The name of the delivery, for a title. */
async function called({ label, tally, round }: DeliverySummary, locale: Locale): Promise<string> {
  const t = await getTranslations({ locale, namespace: 'delivery.tally' });
  return preferred(label, locale)?.said ?? t(tally, { number: round ?? 0 });
}

/**
 * The delivered text whose title is shown: in the reader's language, else the authoritative one.
 */
function textOf({ texts, letter }: DeliveryContent, locale: Locale) {
  const language = texts[locale] ? locale : letter.authoritativeLanguage;
  return texts[language] && { language, ...texts[language] };
}

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { slug, number } = await params;
  const letter = await letterAt(slug);
  if (!letter) return {};
  const { delivery, content } = await deliveryAt(letter.id, number);
  const text = textOf(content, locale);
  const t = await getTranslations({ locale, namespace: 'delivery.page' });
  return {
    title: t('metaTitle', {
      what: await called(delivery, locale),
      title: text ? fullTitle(text) : letter.slug,
    }),
    alternates: alternates(`/letters/${letter.slug}/deliveries/${delivery.number}`, locale),
  };
}

export default async function DeliveryPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug, number } = await params;
  const letter = await letterOfRoute(slug, locale, `/deliveries/${number}`);
  const { delivery, content, more } = await deliveryAt(letter.id, number);
  const t = await getTranslations({ locale, namespace: 'delivery.page' });
  const format = await getFormatter({ locale });
  // As delivered, like everything else on this page.
  const { timeZone } = content.letter;
  const text = textOf(content, locale);
  const date = format.dateTime(delivery.deliveredAt, { dateStyle: 'long', timeZone });
  return (
    <div className="mx-auto max-w-page px-5 pt-8 pb-16 sm:px-8 lg:pt-14 print:max-w-none print:p-0">
      <div className="max-w-text print:max-w-none">
        {text && <LetterLink slug={slug} text={text} />}
        <h1 className="mt-2 font-serif text-2xl font-semibold">
          {t('title', { what: await called(delivery, locale), date })}
        </h1>
        <p className="mt-3 text-quiet">{t('what')}</p>
        <div className="mt-6 space-y-6">
          <ChangesSinceDelivery since={delivery.since} timeZone={timeZone} />
          <DeliveryFacts
            slug={slug}
            delivery={delivery}
            timeZone={timeZone}
            origin={env().APP_URL}
          />
        </div>
        <DeliveredList
          lists={content.lists}
          more={more}
          leading={content.leading}
          left={delivery.since.named}
          timeZone={timeZone}
        />
      </div>
    </div>
  );
}
