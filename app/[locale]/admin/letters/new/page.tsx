import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { ToLetters } from '@/components/running/to-letters';
import { zoneOptions } from '@/components/schedule/zones';
import { NewLetterForm } from '@/components/writing/new-letter-form';
import { PART_MAX } from '@/lib/draft/schema';
import { dayIn } from '@/lib/letter/time';
import { requireLetterMaker } from '@/lib/platform/auth/guard';
import { env } from '@/lib/platform/env';
import { localeIn } from '../../locale';
import { create, propose } from './actions';

const USUAL_ZONE = 'Asia/Tokyo';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = localeIn((await params).locale);
  await requireLetterMaker(locale);
  const t = await getTranslations({ locale, namespace: 'writing.new' });
  return { title: t('title') };
}

export default async function NewLetterPage({ params }: Props) {
  const locale = localeIn((await params).locale);
  await requireLetterMaker(locale);
  const t = await getTranslations({ locale, namespace: 'writing.new' });
  const { running, writing } = await getMessages({ locale });
  const now = new Date();
  return (
    <div className="mx-auto max-w-page px-5 pb-20 sm:px-8">
      <p>
        <ToLetters />
      </p>
      <div className="max-w-form">
        <h1 className="font-serif text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-2 mb-8 text-quiet">{t('lead')}</p>
        <NextIntlClientProvider messages={{ running, writing }}>
          <NewLetterForm
            action={create}
            propose={propose}
            locale={locale}
            initial={{ date: dayIn(now, USUAL_ZONE), timeZone: USUAL_ZONE }}
            zones={zoneOptions(locale, USUAL_ZONE, now)}
            before={`${new URL(env().APP_URL).host}/${locale}/letters/`}
            titleMax={PART_MAX.title}
          />
        </NextIntlClientProvider>
      </div>
    </div>
  );
}
