import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Signatories } from '@/components/letter/signatories';
import { fullTitle } from '@/components/letter/title';
import { Pagination } from '@/components/ui/pagination';
import { textFor } from '@/lib/letter/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { LIST_PAGE_SIZE, publicCounts, signatoriesPage } from '@/lib/publication/queries';
import { alternates, routeLocale } from '../../../../locale';
import { letterOfRoute, listHref, pagesOf } from '../../letter';

export const revalidate = 5;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string; page: string }>;

/** The number in the address; the first page is the letter itself, and has no other address. */
function pageNumber(page: string): number {
  return /^[1-9][0-9]{0,5}$/.test(page) && page !== '1' ? Number(page) : notFound();
}

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { slug, page } = await params;
  const letter = await letterOfRoute(slug);
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'letter.signatories' });
  return {
    title: t('pageTitle', { page: pageNumber(page), title: text ? fullTitle(text) : slug }),
    alternates: alternates(`/letters/${slug}/signatories/${page}`, locale),
  };
}

export default async function SignatoriesPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug, page: asked } = await params;
  const page = pageNumber(asked);
  const letter = await letterOfRoute(slug);
  const counts = await publicCounts(slug);
  const pages = pagesOf(counts.named, LIST_PAGE_SIZE);
  if (page > pages) notFound();
  const listed = await signatoriesPage(slug, page);
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'letter.signatories' });
  return (
    <div className="mx-auto max-w-3xl px-5 pt-8 pb-16 sm:px-8 lg:pt-14 print:max-w-none print:p-0">
      <p className="print:hidden">
        <Link href={`/letters/${slug}`} prefetch={false} className="inline-flex min-h-8 items-center">
          {t('back')}
        </Link>
      </p>
      {text && (
        <h1 lang={text.language} className="mt-4 font-serif text-2xl font-semibold">
          {fullTitle(text)}
        </h1>
      )}
      <Signatories counts={counts} coordinating={[]} listed={listed} isLast={page === pages}>
        <Pagination page={page} pages={pages} hrefOf={(other) => listHref(slug, other)} />
      </Signatories>
    </div>
  );
}
