import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Page } from '@/components/ui/page';
import {
  KEPT_INPUT_MINUTES,
  SENT_MAIL_DAYS,
  SESSION_HOURS,
  UNCONFIRMED_DAYS,
} from '@/lib/platform/limits';
import { alternates, routeLocale } from '@/app/[locale]/locale';

// Changes only with a release, which downstream caches should not delay for long.
export const revalidate = 3600;

type Params = Promise<{ locale: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.privacy' });
  return { title: t('title'), description: t('lead'), alternates: alternates('/privacy', locale) };
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line pt-6">
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="mt-2 space-y-2">{children}</div>
    </section>
  );
}

const list = 'list-disc space-y-2 pl-5';

export default async function PrivacyPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.privacy' });
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Section title={t('responsible.title')}>
        <p>{t('responsible.text')}</p>
      </Section>
      <Section title={t('collected.title')}>
        <p>{t('collected.text')}</p>
        <p>{t('collected.network')}</p>
      </Section>
      <Section title={t('seen.title')}>
        <ul className={list}>
          <li>{t('seen.public')}</li>
          <li>{t('seen.withheld')}</li>
          <li>{t('seen.coordinators')}</li>
          <li>{t('seen.mails')}</li>
        </ul>
      </Section>
      <Section title={t('kept.title')}>
        <ul className={list}>
          <li>{t('kept.unconfirmed', { days: UNCONFIRMED_DAYS })}</li>
          <li>{t('kept.mails', { days: SENT_MAIL_DAYS })}</li>
          <li>{t('kept.endorsements')}</li>
        </ul>
      </Section>
      <Section title={t('cookies.title')}>
        <p>{t('cookies.readers', { minutes: KEPT_INPUT_MINUTES })}</p>
        <p>{t('cookies.coordinators', { hours: SESSION_HOURS })}</p>
      </Section>
      <Section title={t('rights.title')}>
        <p>{t('rights.text')}</p>
      </Section>
    </Page>
  );
}
