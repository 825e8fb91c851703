import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Seal } from '@/components/endorsement/seal';
import { LetterLink } from '@/components/letter/letter-link';
import { Page } from '@/components/ui/page';
import { textFor } from '@/lib/letter/rules';
import { routeLocale } from '@/app/[locale]/locale';
import { letterOfRoute } from '@/app/[locale]/letters/[slug]/letter';

export const revalidate = 2;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'endorsement.done' });
  return { title: t('title'), robots: { index: false } };
}

/** Shown after a confirmation. The URL holds no secret, so it can be bookmarked and shared. */
export default async function ConfirmedPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const letter = await letterOfRoute(slug, locale);
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'endorsement.done' });
  return (
    <Page title={t('title')} lead={text && <LetterLink slug={slug} text={text} />}>
      <Seal />
      <p>{t('thanks')}</p>
      <section className="border-t border-line pt-6">
        <h2 className="font-semibold">{t('next.title')}</h2>
        <ol className="mt-3 list-decimal space-y-2 pl-5">
          <li>{t('next.review')}</li>
          <li>{t('next.mail')}</li>
          <li>{t('next.list')}</li>
        </ol>
      </section>
    </Page>
  );
}
