import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Seal } from '@/components/endorsement/seal';
import { contactValues } from '@/components/letter/contact';
import { LetterLink } from '@/components/letter/letter-link';
import { Page } from '@/components/ui/page';
import { textFor } from '@/lib/letter/rules';
import { letterOfRoute } from '@/app/[locale]/letters/[slug]/letter';
import { routeLocale } from '@/app/[locale]/locale';

export const revalidate = 2;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string; answer: string }>;

const answerIn = (segment: string) =>
  segment === 'affirmed' || segment === 'withdrawn' ? segment : notFound();

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { answer } = await params;
  const t = await getTranslations({ locale, namespace: 'revision.reaffirmation.done' });
  return { title: t(`${answerIn(answer)}.title`), robots: { index: false } };
}

/** Shown after an answer. The URL holds no secret, so it can be bookmarked and shared. */
export default async function AnsweredPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug, ...segments } = await params;
  const answer = answerIn(segments.answer);
  const letter = await letterOfRoute(slug, locale);
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'revision.reaffirmation.done' });
  return (
    <Page title={t(`${answer}.title`)} lead={text && <LetterLink slug={slug} text={text} />}>
      {answer === 'affirmed' && <Seal />}
      <p>{t.rich(`${answer}.explanation`, contactValues(letter.contact))}</p>
    </Page>
  );
}
