import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Fact, Facts } from '@/components/ui/facts';
import { Link } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { env } from '@/lib/platform/env';
import { KEPT_INPUT_MINUTES, REMINDERS, SESSION_HOURS } from '@/lib/platform/limits';
import { PERSONAL_DATA, TERMS, type PersonalDataKind } from '@/lib/platform/personal-data';
import { alternates, routeLocale } from '@/app/[locale]/locale';

// The operator is known to the running server, not to the build.
export const dynamic = 'force-dynamic';

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

/** One kind of personal data: what it is, what for, who sees it and how long it is kept. */
function Kind({ kind }: { kind: PersonalDataKind }) {
  const t = useTranslations('endorsement.privacy.data');
  const { seenBy, kept } = PERSONAL_DATA[kind];
  const several = (lines: string[]) => lines.map((line) => <p key={line}>{line}</p>);
  return (
    <section aria-labelledby={kind} className="pt-4">
      <h3 id={kind} className="font-semibold">
        {t(`kinds.${kind}.title`)}
      </h3>
      <p className="mt-1 mb-3">{t(`kinds.${kind}.what`)}</p>
      <Facts>
        <Fact name={t('why')}>{t(`kinds.${kind}.why`)}</Fact>
        <Fact name={t('seen')}>
          {several(seenBy.map((audience) => t(`audiences.${audience}`)))}
        </Fact>
        <Fact name={t('kept')}>{several(kept.map((term) => t(`terms.${term}`, TERMS[term])))}</Fact>
      </Facts>
    </section>
  );
}

export default async function PrivacyPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.privacy' });
  const { OPERATOR, CONTACT_EMAIL } = env();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Section title={t('responsible.title')}>
        <p>{t('responsible.text')}</p>
        {OPERATOR && <p>{t('responsible.operator', { name: OPERATOR })}</p>}
        {CONTACT_EMAIL && (
          <p>
            {t.rich('responsible.contact', {
              email: CONTACT_EMAIL,
              mail: (address) => <a href={`mailto:${CONTACT_EMAIL}`}>{address}</a>,
            })}
          </p>
        )}
      </Section>
      <Section title={t('data.title')}>
        <p>{t('data.lead')}</p>
        {(Object.keys(PERSONAL_DATA) as PersonalDataKind[]).map((kind) => (
          <Kind key={kind} kind={kind} />
        ))}
      </Section>
      <Section title={t('mails.title')}>
        <p>{t('mails.text')}</p>
        <p>{t('mails.mailings')}</p>
        <p>
          {t('mails.reminders', {
            waiting: REMINDERS.waitingDays,
            deadline: REMINDERS.deadlineDays,
          })}
        </p>
      </Section>
      <Section title={t('cookies.title')}>
        <p>{t('cookies.readers', { minutes: KEPT_INPUT_MINUTES })}</p>
        <p>{t('cookies.coordinators', { hours: SESSION_HOURS })}</p>
      </Section>
      <Section title={t('rights.title')}>
        <p>{t.rich('rights.text', { link: (chunks) => <Link href="/entry">{chunks}</Link> })}</p>
      </Section>
    </Page>
  );
}
