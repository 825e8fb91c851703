import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NothingHere } from '@/components/ui/nothing-here';
import { routeLocale } from '@/app/[locale]/locale';

type Params = Promise<{ locale: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const t = await getTranslations({
    locale: await routeLocale(params),
    namespace: 'common.notFound',
  });
  return { title: t('title'), robots: { index: false } };
}

/** The page that scripts/not-found.mjs answers with, under the address that was asked for and with status 404. */
export default async function Missing({ params }: { params: Params }) {
  await routeLocale(params);
  return <NothingHere />;
}
