import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Deliveries } from '@/components/delivery/deliveries';
import { Updates } from '@/components/update/updates';
import { LetterDocument } from '@/components/letter/text/letter-document';
import { Panel, PanelLinks, SigningDetails } from '@/components/letter/panel';
import { SignatorySearch } from '@/components/signatories/search-form';
import { SignatorySection, SoFar } from '@/components/signatories/signatory-list';
import { TextNote } from '@/components/letter/text/text-note';
import { RevisionLine } from '@/components/revision/revision-line';
import { Pagination } from '@/components/ui/pagination';
import { publicDeliveries } from '@/lib/delivery/queries';
import { textFor } from '@/lib/letter/rules';
import { pagesOf } from '@/lib/public-addresses';
import { publicUpdates } from '@/lib/update/queries';
import {
  coordinatingOrganizations,
  countsWithCategories,
  SIGNATORY_LISTS,
  signatories,
} from '@/lib/signatories/queries';
import { routeLocale } from '@/app/[locale]/locale';
import { letterAt, letterOfRoute, listHref, listOf } from './letter';
import { sharing } from './sharing';

// Cached until a change invalidates it (ADR 0005). Downstream caches may keep it for this many
// seconds.
export const revalidate = 2;
export const generateStaticParams = () => [];

type Params = Promise<{ locale: string; slug: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const letter = await letterAt(slug);
  if (!letter) return {};
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  return text ? sharing(letter, text, locale) : {};
}

export default async function LetterPage({ params }: { params: Params }) {
  const locale = await routeLocale(params);
  const { slug } = await params;
  const letter = await letterOfRoute(slug, locale);
  const take = letter.settings.pageSize;
  const [{ counts, byCategory }, deliveries, updates] = await Promise.all([
    countsWithCategories(letter),
    letter.delivery === null ? [] : publicDeliveries(letter.id),
    publicUpdates(letter.id),
  ]);
  // Reads only what the page shows.
  const [coordinating, ...lists] = await Promise.all([
    counts.coordinating + counts.earlier.coordinating > 0
      ? coordinatingOrganizations(letter.id)
      : [],
    ...SIGNATORY_LISTS.map((list) =>
      counts[list].named > 0 ? signatories(letter.id, list, { take }) : [],
    ),
  ]);
  const text = textFor(letter.texts, locale, letter.authoritativeLanguage);
  const facts = {
    letter,
    delivered: deliveries[0],
    updates: updates.length,
    names: counts.named + counts.earlier.named,
    now: new Date(),
  };
  const list = await getTranslations({ locale, namespace: 'signatories.list' });
  const revision = (
    <RevisionLine
      slug={letter.slug}
      revision={letter.revision}
      reason={letter.revision.reason}
      timeZone={letter.timeZone}
    />
  );
  return (
    <div className="mx-auto max-w-page justify-between gap-12 px-5 pt-8 pb-16 sm:px-8 lg:flex lg:pt-14 print:block print:max-w-none print:p-0">
      <article className="max-w-text min-w-0 lg:grow print:max-w-none">
        <TextNote letter={letter} />
        {letter.revision.number > 1 && <div className="mb-8 print:hidden">{revision}</div>}
        {text && <LetterDocument text={text} />}
        <div className="mt-8 border-line empty:hidden lg:hidden print:hidden">
          <SigningDetails letter={letter} now={facts.now} />
        </div>
        <section id="signatories" aria-label={list('label')} className="letter font-serif">
          <SoFar counts={counts} revision={letter.revision.number} />
          {counts.listed.named > take && <SignatorySearch slug={letter.slug} />}
          {SIGNATORY_LISTS.map((list, index) => {
            const pages = pagesOf(counts[list].named, take);
            return (
              <div key={list} id={list}>
                <SignatorySection
                  of={listOf(letter, counts, byCategory)}
                  list={list}
                  coordinating={coordinating}
                  signatories={lists[index] ?? []}
                  isLast={pages === 1}
                >
                  <Pagination
                    page={1}
                    pages={pages}
                    hrefOf={(page) => listHref(letter.slug, list, page)}
                  />
                </SignatorySection>
              </div>
            );
          })}
          {counts.total + counts.earlier.total === 0 && (
            <p className="mt-10 text-quiet print:hidden">{list('none')}</p>
          )}
        </section>
        <Deliveries slug={letter.slug} deliveries={deliveries} timeZone={letter.timeZone} />
        <Updates updates={updates} />
        <div className="mt-12 border-t border-line pt-3 lg:hidden print:hidden">
          <PanelLinks {...facts} />
        </div>
        {letter.revision.number === 1 && <div className="mt-12 print:hidden">{revision}</div>}
      </article>
      <Panel {...facts} total={counts.total} earlier={counts.earlier.total} />
    </div>
  );
}
