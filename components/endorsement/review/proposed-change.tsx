import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { OrganizationName } from '@/components/organization/organization-name';
import type { FormAction } from '@/components/ui/form-state';
import type { ProposedChange as Change } from '@/lib/endorsement/entry/queries';
import type { Entry } from '@/lib/endorsement/review/queries';
import { NOTE_MAX } from '@/lib/endorsement/review/schema';
import { categoryName } from '@/lib/letter/categories';
import { sameByLanguage } from '@/lib/platform/languages';
import { ChangeForm } from './change-form';
import { Conflict } from './conflict';
import { HiddenView } from './hidden-view';
import type { ReviewView } from './view';
import { When, type Clock } from './when';

/** One value that would change: as it is beside as it would be. */
function Row({ name, now, then }: { name: string; now: ReactNode; then: ReactNode }) {
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1 pr-3 text-left font-normal text-quiet">
        {name}
      </th>
      <td className="py-1 pr-3 wrap-anywhere">{now}</td>
      <td className="py-1 font-semibold wrap-anywhere">{then}</td>
    </tr>
  );
}

/** What an organization wants changed, beside the entry as it is, with the form that decides on it. */
export function ProposedChange({
  slug,
  view,
  entry,
  proposed,
  clock,
  reader,
  decide,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  proposed: Change;
  clock: Clock;
  reader: string;
  /** For those who may decide. */
  decide: FormAction | undefined;
}) {
  const t = useTranslations('endorsement.review.proposed');
  const history = useTranslations('endorsement.review.entry');
  const fields = useTranslations('endorsement.fields');
  const locale = useLocale();
  const said = (value: string | null) => value ?? t('none');
  return (
    <section
      aria-labelledby="proposed"
      className="mb-3 space-y-1.5 border-l-4 border-indigo bg-wash px-3 py-2 text-[0.8125rem]/[1.5]"
    >
      <h3 id="proposed" className="font-semibold">
        {t('title')}
      </h3>
      <p>
        {t.rich('asked', { when: () => <When at={proposed.proposedAt} clock={clock} exact /> })}
      </p>
      <table className="w-full">
        <thead>
          <tr className="text-left">
            <td />
            <th scope="col" className="pr-3 font-normal text-quiet">
              {t('now')}
            </th>
            <th scope="col" className="font-normal text-quiet">
              {t('then')}
            </th>
          </tr>
        </thead>
        <tbody>
          {!sameByLanguage(entry.names, proposed.names) && (
            <Row
              name={history('organization')}
              now={<OrganizationName names={entry.names} leading={locale} />}
              then={<OrganizationName names={proposed.names} leading={locale} />}
            />
          )}
          {entry.reading !== proposed.reading && (
            <Row name={t('reading')} now={said(entry.reading)} then={said(proposed.reading)} />
          )}
          {entry.category !== proposed.category && (
            <Row
              name={fields('category')}
              now={said(categoryName(entry, entry.category, locale))}
              then={said(categoryName(entry, proposed.category, locale))}
            />
          )}
          {entry.website !== proposed.website && (
            <Row name={t('website')} now={said(entry.website)} then={said(proposed.website)} />
          )}
          {entry.visibility !== proposed.visibility && (
            <Row name={t('visibility')} now={t(entry.visibility)} then={t(proposed.visibility)} />
          )}
        </tbody>
      </table>
      {decide && (
        <ChangeForm
          key={entry.version}
          action={decide}
          noteMax={NOTE_MAX}
          hidden={
            <>
              <HiddenView locale={locale} slug={slug} view={view} />
              <input type="hidden" name="id" value={entry.id} />
              <input type="hidden" name="version" value={entry.version} />
            </>
          }
          meanwhile={<Conflict last={entry.history.at(-1)} reader={reader} />}
        />
      )}
    </section>
  );
}
