import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { BackToLetters } from '@/components/admin/back-to-letters';
import { zoneGroups } from '@/components/letter/times/time-zones';
import { NewLetterForm } from '@/components/letter/new-letter-form';
import { CONTENT_MAX } from '@/lib/letter/text/schema';
import { dayIn } from '@/lib/platform/dates';
import { requireLetterMaker } from '@/app/[locale]/admin/access';
import { env } from '@/lib/platform/env';
import { localeIn } from '@/app/[locale]/admin/locale';
import { create } from './actions';

const USUAL_ZONE = 'Asia/Tokyo';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = localeIn((await params).locale);
  await requireLetterMaker(locale);
  const t = await getTranslations({ locale, namespace: 'letter.text.new' });
  return { title: t('title') };
}

export default async function NewLetterPage({ params }: Props) {
  const locale = localeIn((await params).locale);
  await requireLetterMaker(locale);
  const t = await getTranslations({ locale, namespace: 'letter.text.new' });
  const zones = await getTranslations({ locale, namespace: 'letter.zones' });
  const { admin, letter } = await getMessages({ locale });
  const now = new Date();
  return (
    <div className="mx-auto max-w-page px-5 pb-20 sm:px-8">
      <p>
        <BackToLetters />
      </p>
      <div className="max-w-form">
        <h1 className="font-serif text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-2 mb-8 text-quiet">{t('lead')}</p>
        <NextIntlClientProvider messages={{ admin, letter: { text: letter.text } }}>
          <NewLetterForm
            action={create}
            locale={locale}
            initial={{ date: dayIn(now, USUAL_ZONE), timeZone: USUAL_ZONE }}
            zones={zoneGroups(locale, USUAL_ZONE, now, zones)}
            before={`${new URL(env().APP_URL).host}/${locale}/letters/`}
            titleMax={CONTENT_MAX.title}
          />
        </NextIntlClientProvider>
      </div>
    </div>
  );
}
