import { useLocale, useTranslations } from 'next-intl';
import { ListHeading } from '@/components/signatories/signatory-list';
import { OrganizationName } from '@/components/organization/organization-name';
import { leadingLanguage } from '@/lib/letter/list-settings';
import { preferred, sameByLanguage, type Language } from '@/lib/platform/languages';
import type { Departure } from '@/lib/delivery/queries';
import type { DeliveredList as Printed, DeliveredLists } from '@/lib/delivery/snapshot';
import { Day } from '@/components/letter/times/day';

/** The first entries of a list that bear the names of who has left; two organizations of one name are told apart by nothing. */
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
  leading,
  left,
  timeZone,
}: {
  list: Printed;
  leading: Language;
  left: Departure[];
  timeZone: string;
}) {
  const t = useTranslations('delivery.page');
  const locale = useLocale();
  const gone = leftIn(list.names, left);
  return (
    <>
      <ListHeading>{preferred(list.heading, locale)?.said}</ListHeading>
      <ul className="signatories">
        {list.names.map(({ names }, index) => {
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
      {list.others && (
        <p className="mt-4 break-before-avoid">{preferred(list.others, locale)?.said}</p>
      )}
    </>
  );
}

/** The lists as they were printed in a delivery, those who have left since marked. */
export function DeliveredList({
  lists,
  leading,
  left,
  timeZone,
}: {
  lists: DeliveredLists;
  leading: string;
  left: Departure[];
  timeZone: string;
}) {
  const locale = useLocale();
  const first = leadingLanguage({ leading }, locale);
  return (
    <section id="signatories" className="letter font-serif">
      {[lists.coordinating, lists.all, lists.earlier].map(
        (list, index) =>
          list && (
            <PrintedList key={index} list={list} leading={first} left={left} timeZone={timeZone} />
          ),
      )}
    </section>
  );
}
