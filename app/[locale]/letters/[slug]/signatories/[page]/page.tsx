import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignatorySearch } from '@/components/signatories/search-form';
import { SignatorySection } from '@/components/signatories/signatory-list';
import { Pagination } from '@/components/ui/pagination';
import { fullTitle, textFor } from '@/lib/letter/rules';
import { Link } from '@/components/ui/link';
import { listPageIn, pagesOf } from '@/lib/public-addresses';
import { countsWithCategories, signatories } from '@/lib/signatories/queries';
import { alternates, routeLocale } from '@/app/[locale]/locale';
import { letterAt, letterOfRoute, listHref, listOf } from '@/app/[locale]/letters/[slug]/letter';

export const revalidate = 2;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string; page: string }>;

const pageOf = (segment: string) => listPageIn(segment) ?? notFound();

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { slug, page } = await params;
  const letter = await letterAt(slug);
  if (!letter) return {};
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'signatories.list' });
  return {
    title: t('pageTitle', { page: pageOf(page).page, title: text ? fullTitle(text) : slug }),
    alternates: alternates(`/letters/${slug}/signatories/${page}`, locale),
  };
}

export default async function SignatoriesPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug, page: asked } = await params;
  const { list, page } = pageOf(asked);
  const letter = await letterOfRoute(slug, locale, `/signatories/${asked}`);
  const { counts, byCategory } = await countsWithCategories(letter);
  const { pageSize } = letter.settings;
  const pages = pagesOf(counts[list].named, pageSize);
  if (page > pages) notFound();
  const shown = await signatories(letter.id, list, {
    skip: (page - 1) * pageSize,
    take: pageSize,
  });
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const t = await getTranslations({ locale, namespace: 'signatories.list' });
  return (
    <div className="mx-auto max-w-page px-5 pt-8 pb-16 sm:px-8 lg:pt-14 print:max-w-none print:p-0">
      <div className="max-w-text print:max-w-none">
        <p className="print:hidden">
          <Link href={`/letters/${slug}`} className="inline-flex min-h-8 items-center">
            {t('back')}
          </Link>
        </p>
        {text && (
          <h1 lang={text.language} className="mt-4 font-serif text-2xl font-semibold">
            {fullTitle(text)}
          </h1>
        )}
        <SignatorySearch slug={slug} />
        <section id="signatories" className="letter font-serif">
          <SignatorySection
            of={listOf(letter, counts, byCategory)}
            list={list}
            signatories={shown}
            isLast={page === pages}
          >
            <Pagination page={page} pages={pages} hrefOf={(other) => listHref(slug, list, other)} />
          </SignatorySection>
        </section>
      </div>
    </div>
  );
}
