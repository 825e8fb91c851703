import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Counts, PublicSignatory } from '@/lib/publication/queries';
import { OrganizationName } from './organization-name';

function Names({ of }: { of: PublicSignatory[] }) {
  const leading = useLocale();
  return (
    <ul className="signatories">
      {of.map((signatory, index) => (
        // Nothing public tells two organizations of one name apart, and the list is never reordered in place.
        <li key={index}>
          <OrganizationName names={signatory.names} leading={leading} />
        </li>
      ))}
    </ul>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return (
    <h2 className="signatories-heading mt-10 mb-3 border-b border-line pb-2 text-[1.1875rem] font-semibold print:border-ink">{children}</h2>
  );
}

/**
 * The organizations under a letter, or one page of them: the coordinating ones under their own heading, then all in
 * printed order, and last how many are counted but not named. `children`: the way to other pages.
 */
export function Signatories({
  counts,
  coordinating,
  listed,
  isLast,
  children,
}: {
  counts: Counts;
  coordinating: PublicSignatory[];
  listed: PublicSignatory[];
  isLast: boolean;
  children?: ReactNode;
}) {
  const t = useTranslations('letter.signatories');
  return (
    <section id="signatories" className="letter font-serif">
      {coordinating.length > 0 && (
        <>
          <Heading>{t('coordinating', { count: counts.coordinating })}</Heading>
          <Names of={coordinating} />
        </>
      )}
      {counts.named > 0 && (
        <>
          <Heading>{t('heading', { count: counts.total })}</Heading>
          <Names of={listed} />
        </>
      )}
      {isLast && counts.withheld > 0 && (
        <p className="mt-4">{t(counts.named > 0 ? 'others' : 'withheldOnly', { count: counts.withheld })}</p>
      )}
      {children}
      {counts.total === 0 && <p className="mt-10 text-quiet print:hidden">{t('none')}</p>}
    </section>
  );
}
