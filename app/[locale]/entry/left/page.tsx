import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/ui/page';
import { routeLocale } from '@/app/[locale]/locale';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'entry.representatives.left' });
  return { title: t('title'), robots: { index: false } };
}

/** Shown to a representative who has left; the URL holds no secret. */
export default async function LeftPage({ params }: Props) {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale, namespace: 'entry.representatives.left' });
  return (
    <Page title={t('title')}>
      <p>{t('explanation')}</p>
    </Page>
  );
}
