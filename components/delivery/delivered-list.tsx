import { useLocale, useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { CategoryHeading, ListHeading } from '@/components/signatories/signatory-list';
import { OrganizationName } from '@/components/organization/organization-name';
import { leadingLanguage } from '@/lib/letter/list-settings';
import { preferred, sameByLanguage, type Language } from '@/lib/platform/languages';
import type { Departure } from '@/lib/delivery/queries';
import {
  inCategories,
  type DeliveredList as Printed,
  type DeliveredLists,
} from '@/lib/delivery/snapshot';
import { Day } from '@/components/letter/times/day';

/**
 * Marks as many entries as have left under each name, first ones first: equal names cannot be told
 * apart.
 */
function leftIn(names: Printed['names'], left: Departure[]): Map<number, Departure> {
  const found = new Map<number, Departure>();
  for (const who of left) {
    const at = names.findIndex(
      (name, index) => !found.has(index) && sameByLanguage(name.names, who.names),
    );
    if (at >= 0) found.set(at, who);
  }
  return found;
}

function PrintedList({
  list,
  more,
  leading,
  left,
  timeZone,
}: {
  list: Printed;
  more: number;
  leading: Language;
  left: Departure[];
  timeZone: string;
}) {
  const t = useTranslations('delivery.page');
  const locale = useLocale();
  const words = useTranslations('signatories.list');
  const gone = leftIn(list.names, left);
  let from = 0;
  const divided =
    list.categories.length === 0
      ? [{ heading: null, from, names: list.names }]
      : inCategories(list.categories, list.names).map(({ name, count, items }) => {
          const said = preferred(name, locale)?.said ?? '';
          const group = { heading: words('category', { name: said, count }), from, names: items };
          from += count;
          return group;
        });
  const shown = divided.filter(({ names }) => names.length > 0 || more === 0);
  return (
    <>
      <ListHeading>{preferred(list.heading, locale)?.said}</ListHeading>
      {shown.map(({ heading, from, names }, group) => (
        <Fragment key={group}>
          {heading && <CategoryHeading>{heading}</CategoryHeading>}
          <ul className="signatories">
            {names.map(({ names }, at) => {
              const index = from + at;
              const who = gone.get(index);
              return (
                <li key={index}>
                  <OrganizationName names={names} leading={leading} />
                  {who && (
                    <span className="block text-[0.8125em] text-quiet">
                      {who.withdrawnAt
                        ? t.rich('withdrawnOn', {
                            date: () => <Day at={who.withdrawnAt!} timeZone={timeZone} />,
                          })
                        : t('left')}
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        </Fragment>
      ))}
      {more > 0 && <p className="mt-4 font-sans text-quiet">{t('more', { count: more })}</p>}
      {list.others && (
        <p className="mt-4 break-before-avoid">{preferred(list.others, locale)?.said}</p>
      )}
    </>
  );
}

/**
 * The lists as printed in a delivery; signatories that have left since are marked.
 * @param more how many names of each are left out at its end
 */
export function DeliveredList({
  lists,
  more,
  leading,
  left,
  timeZone,
}: {
  lists: DeliveredLists;
  more: Partial<Record<keyof DeliveredLists, number>>;
  leading: string;
  left: Departure[];
  timeZone: string;
}) {
  const locale = useLocale();
  const first = leadingLanguage({ leading }, locale);
  return (
    <section id="signatories" className="letter font-serif">
      {(['coordinating', 'all', 'earlier'] as const).map((name) => {
        const list = lists[name];
        return (
          list && (
            <PrintedList
              key={name}
              {...{ list, left, timeZone }}
              more={more[name] ?? 0}
              leading={first}
            />
          )
        );
      })}
    </section>
  );
}
