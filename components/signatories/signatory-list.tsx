import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Fragment, type ComponentProps, type ReactNode } from 'react';
import { byCategory, categoryName } from '@/lib/letter/categories';
import { headingIn, leadingLanguage, type ListSettings } from '@/lib/letter/list-settings';
import type { Language } from '@/lib/platform/languages';
import { dayIn } from '@/lib/platform/dates';
import { Link } from '@/components/ui/link';
import type {
  CategoryCounts,
  CoordinatingOrganization,
  Counts,
  PublicSignatory,
} from '@/lib/signatories/queries';
import type { SignatoryList as ListName } from '@/lib/platform/db/generated/enums';
import { OrganizationName } from '@/components/organization/organization-name';

/**
 * Organizations in printed order, in columns; `dates` adds when each signed, in the letter's time
 * zone. Those that do not stand behind the binding revision are marked.
 */
export function Names({
  of,
  leading,
  dates,
}: {
  of: (PublicSignatory & Partial<CoordinatingOrganization>)[];
  leading: Language;
  dates?: { timeZone: string };
}) {
  const t = useTranslations('signatories.list');
  const format = useFormatter();
  return (
    <ul className="signatories">
      {of.map((signatory, index) => (
        // Index keys: public data cannot distinguish organizations with the same name, and the list
        // is never reordered in place.
        <li key={index}>
          <OrganizationName names={signatory.names} leading={leading} />
          {signatory.isBehind === false && (
            <span className="block font-sans text-[0.8125em] text-quiet">{t('notReaffirmed')}</span>
          )}
          {dates && (
            <time
              dateTime={dayIn(signatory.agreedAt, dates.timeZone)}
              className="block text-[0.8125em] text-quiet"
            >
              {format.dateTime(signatory.agreedAt, { dateStyle: 'long', timeZone: dates.timeZone })}
            </time>
          )}
        </li>
      ))}
    </ul>
  );
}

/**
 * After a change of substance, until everybody has answered: how many have endorsed the letter, and
 * how many of them stand behind its text as it is now.
 */
export function SoFar({ counts, revision }: { counts: Counts; revision: number }) {
  const t = useTranslations('signatories.list');
  const { total, earlier } = counts;
  if (earlier.total === 0) return null;
  return (
    <p className="mt-10 break-after-avoid">
      {t('soFar', { all: total + earlier.total, count: total, revision })}
    </p>
  );
}

/** The heading of a section of the list. */
export function ListHeading({ children }: { children: ReactNode }) {
  return (
    <h2 className="signatories-heading mt-10 mb-3 border-b border-line pb-2 text-[1.1875rem] font-semibold print:border-ink">
      {children}
    </h2>
  );
}

/** The heading of a category in a list. */
export function CategoryHeading({ children }: { children: ReactNode }) {
  return <h3 className="mt-6 mb-2 text-base font-semibold break-after-avoid">{children}</h3>;
}

/**
 * Signatories in printed order, each category under a heading with its number; a letter without
 * categories has none.
 */
export function NamesByCategory({
  of,
  categories,
  counts,
  ...look
}: {
  of: PublicSignatory[];
  categories: ListSettings['categories'];
  /** Number of names by id of a category, '' for those in none; null for a list that is not divided. */
  counts: Record<string, number> | null;
} & Omit<ComponentProps<typeof Names>, 'of'>) {
  const t = useTranslations('signatories.list');
  const locale = useLocale();
  // Also while none of them has a category: a heading over all of them would say nothing.
  if (!counts || Object.entries(counts).every(([id, count]) => id === '' || count === 0))
    return <Names of={of} {...look} />;
  return byCategory({ categories }, of).map(({ category, items }) => (
    <Fragment key={category?.id ?? ''}>
      <CategoryHeading>
        {t('category', {
          name: categoryName({ categories }, category?.id ?? null, locale) ?? t('noCategory'),
          count: counts[category?.id ?? ''] ?? items.length,
        })}
      </CategoryHeading>
      <Names of={items} {...look} />
    </Fragment>
  ));
}

export interface ListOfLetter {
  slug: string;
  settings: ListSettings;
  timeZone: string;
  counts: Counts;
  /** Null for a letter without categories. */
  byCategory: CategoryCounts | null;
  /**
   * Whether there has been a delivery; otherwise, late signatories were added after the letter
   * closed.
   */
  delivered: boolean;
}

/**
 * The letter's signatories, or one page of them: coordinating organizations under their own
 * heading, then all in printed order.
 */
function Listed({
  of,
  coordinating,
  signatories,
  isLast,
}: {
  of: ListOfLetter;
  coordinating: CoordinatingOrganization[];
  signatories: PublicSignatory[];
  isLast: boolean;
}) {
  const t = useTranslations('signatories.list');
  const locale = useLocale();
  const { settings, counts } = of;
  const { headings } = settings;
  const leading = leadingLanguage(settings, locale);
  return (
    <>
      {coordinating.length > 0 && (
        <>
          <ListHeading>
            {headingIn(headings.coordinating, locale, coordinating.length) ??
              t('coordinating', { count: coordinating.length })}
          </ListHeading>
          <Names of={coordinating} leading={leading} />
        </>
      )}
      {counts.listed.named > 0 && (
        <>
          <ListHeading>
            {headingIn(headings.all, locale, counts.listed.total) ??
              t(`headings.${settings.by}`, { count: counts.listed.total })}
          </ListHeading>
          <NamesByCategory
            of={signatories}
            categories={settings.categories}
            counts={of.byCategory?.listed ?? null}
            leading={leading}
          />
        </>
      )}
      {isLast && <Others count={counts.listed} />}
    </>
  );
}

/** The number of unnamed organizations, as the last item of a list. */
function Others({ count }: { count: { named: number; withheld: number } }) {
  const t = useTranslations('signatories.list');
  if (count.withheld === 0) return null;
  return (
    <p className="mt-4 break-before-avoid">
      {t(count.named > 0 ? 'others' : 'withheldOnly', { count: count.withheld })}
    </p>
  );
}

/** The organizations that are listed separately, or one page of them. */
function Apart({
  of,
  list,
  signatories,
  isLast,
}: {
  of: ListOfLetter;
  list: 'added' | 'earlier';
  signatories: PublicSignatory[];
  isLast: boolean;
}) {
  const t = useTranslations('signatories.list');
  const { slug, settings, counts, timeZone } = of;
  const leading = leadingLanguage(settings, useLocale());
  const count = counts[list];
  if (count.total === 0) return null;
  return (
    <>
      <ListHeading>
        {list === 'added'
          ? t('added', { delivered: String(of.delivered), count: count.total })
          : t('earlier', { count: count.total })}
      </ListHeading>
      {list === 'earlier' && (
        <p className="mb-3 text-[0.9375em] text-quiet">
          {t.rich('earlierWhy', {
            revisions: (chunks) => <Link href={`/letters/${slug}/revisions`}>{chunks}</Link>,
          })}
        </p>
      )}
      <NamesByCategory
        of={signatories}
        categories={settings.categories}
        counts={of.byCategory?.[list] ?? null}
        leading={leading}
        dates={list === 'added' ? { timeZone } : undefined}
      />
      {isLast && <Others count={count} />}
    </>
  );
}

/** One of a letter's lists, or one page of it. `children`: the pagination. */
export function SignatorySection({
  of,
  list,
  coordinating = [],
  signatories,
  isLast,
  children,
}: {
  of: ListOfLetter;
  list: ListName;
  coordinating?: CoordinatingOrganization[];
  signatories: PublicSignatory[];
  isLast: boolean;
  children?: ReactNode;
}) {
  return (
    <>
      {list === 'listed' ? (
        <Listed of={of} coordinating={coordinating} signatories={signatories} isLast={isLast} />
      ) : (
        <Apart of={of} list={list} signatories={signatories} isLast={isLast} />
      )}
      {children}
    </>
  );
}
