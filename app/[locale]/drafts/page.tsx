import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DraftUnavailable } from '@/components/letter/draft/unavailable';
import { routeLocale } from '@/app/[locale]/locale';

type Params = Promise<{ locale: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const t = await getTranslations({
    locale: await routeLocale(params),
    namespace: 'letter.text.draft',
  });
  return { title: t('unavailableTitle'), robots: { index: false } };
}

/** The page that scripts/not-found.mjs answers with where a draft link does not work, with status 404. */
export default async function NoDraft({ params }: { params: Params }) {
  await routeLocale(params);
  return <DraftUnavailable />;
}
