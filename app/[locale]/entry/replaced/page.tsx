import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/ui/page';
import { routeLocale } from '@/app/[locale]/locale';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'entry.links' });
  return { title: t('replacedTitle'), robots: { index: false } };
}

/** Shown after the links to an entry were replaced; the URL holds no secret. */
export default async function ReplacedPage({ params }: Props) {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'entry.links' });
  return (
    <Page title={t('replacedTitle')}>
      <p>{t('replaced')}</p>
    </Page>
  );
}
