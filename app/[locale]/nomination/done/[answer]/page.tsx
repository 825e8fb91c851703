import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/ui/page';
import { routeLocale } from '@/app/[locale]/locale';

type Props = { params: Promise<{ locale: string; answer: string }> };

const answerIn = (segment: string) =>
  segment === 'accepted' || segment === 'declined' ? segment : notFound();

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { answer } = await params;
  const t = await getTranslations({ locale, namespace: 'entry.nomination.done' });
  return { title: t(`${answerIn(answer)}.title`), robots: { index: false } };
}

/** Shown after a nominee's answer; the URL holds no secret. */
export default async function AnsweredPage({ params }: Props) {
  const locale = await routeLocale(params);
  const answer = answerIn((await params).answer);
  const t = await getTranslations({ locale, namespace: 'entry.nomination.done' });
  return (
    <Page title={t(`${answer}.title`)}>
      <p>{t(`${answer}.explanation`)}</p>
    </Page>
  );
}
