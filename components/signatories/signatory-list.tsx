import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { headingIn, leadingLanguage, type ListSettings } from '@/lib/letter/list-settings';
import type { Language } from '@/lib/platform/languages';
import { dayIn } from '@/lib/platform/dates';
import { Link } from '@/lib/platform/i18n/navigation';
import type { Counts, PublicSignatory } from '@/lib/signatories/queries';
import type { SignatoryList as ListName } from '@/lib/platform/db/generated/enums';
import { OrganizationName } from '@/components/organization/organization-name';

/**
 * Organizations in printed order, in columns; `dates` adds when each signed, in the letter's time
 * zone.
 */
export function Names({
  of,
  leading,
  dates,
}: {
  of: PublicSignatory[];
  leading: Language;
  dates?: { timeZone: string };
}) {
  const format = useFormatter();
  return (
    <ul className="signatories">
      {of.map((signatory, index) => (
        // Index keys: public data cannot distinguish organizations with the same name, and the list
        // is never reordered in place.
        <li key={index}>
          <OrganizationName names={signatory.names} leading={leading} />
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

/** The heading of a section of the list. */
export function ListHeading({ children }: { children: ReactNode }) {
  return (
    <h2 className="signatories-heading mt-10 mb-3 border-b border-line pb-2 text-[1.1875rem] font-semibold print:border-ink">
      {children}
    </h2>
  );
}

export interface ListOfLetter {
  slug: string;
  settings: ListSettings;
  timeZone: string;
  counts: Counts;
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
  coordinating: PublicSignatory[];
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
            {headingIn(headings.coordinating, locale, counts.coordinating) ??
              t('coordinating', { count: counts.coordinating })}
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
          <Names of={signatories} leading={leading} />
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
            revisions: (chunks) => (
              <Link href={`/letters/${slug}/revisions`} prefetch={false}>
                {chunks}
              </Link>
            ),
          })}
        </p>
      )}
      <Names
        of={signatories}
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
  coordinating?: PublicSignatory[];
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
