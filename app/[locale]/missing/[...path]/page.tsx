import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DraftUnavailable } from '@/components/letter/draft/unavailable';
import { NothingHere } from '@/components/ui/nothing-here';
import { routeLocale } from '@/app/[locale]/locale';

// Not cached, or made-up URLs could fill the cache.
export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ locale: string; path: string[] }> };

const isDraft = ([first, token]: string[]) => first === 'drafts' && token !== undefined;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await routeLocale(params);
  const t = await getTranslations({ locale });
  const title = isDraft((await params).path)
    ? t('letter.text.draft.unavailableTitle')
    : t('common.notFound.title');
  return { title, robots: { index: false } };
}

/**
 * The 404 page. proxy.ts rewrites requests for unknown pages to it, with their path after
 * `missing/`, and sets the status. `notFound()` alone sends an empty document that only JavaScript
 * fills.
 */
export default async function Missing({ params }: Props) {
  await routeLocale(params);
  return isDraft((await params).path) ? <DraftUnavailable /> : <NothingHere />;
}
