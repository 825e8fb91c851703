import { preferred } from '@/lib/platform/languages';
import { isolated } from '@/lib/platform/text/written-language';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PreferredName } from '@/components/organization/organization-name';
import { buttonClass } from '@/components/ui/button';
import { SelectField, TextField } from '@/components/ui/field';
import type { ButtonAction } from '@/components/ui/action-button';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PreviewEntry } from '@/lib/signatories/settings/queries';
import { pinsOf, type Place } from '@/lib/signatories/settings/rules';

/** The organizations pinned to the top and bottom, with controls that each save immediately. */
export function Pins({
  action,
  slug,
  entries,
  search,
  pinned,
}: {
  action: ButtonAction;
  slug: string;
  /** Organizations that can be pinned; for a long list, the search results. */
  entries: PreviewEntry[];
  /**
   * The search term, and whether there are more results; null if the list is short enough for a
   * select.
   */
  search: { q: string; more: boolean } | null;
  /** All pinned organizations, in any of the letter's lists. */
  pinned: PreviewEntry[];
}) {
  const t = useTranslations('signatories.settings.pins');
  const locale = useLocale();
  const pins = pinsOf(pinned);
  const name = ({ names }: PreviewEntry) => isolated(preferred(names, locale)?.said ?? '');
  const entryOf = new Map([...entries, ...pinned].map((entry) => [entry.id, entry]));
  const hidden = Object.entries({
    slug,
    locale,
    first: pins.first.join(' '),
    last: pins.last.join(' '),
  }).map(([field, value]) => <input key={field} type="hidden" name={field} value={value} />);
  const button = (place: Place, label: string, icon: ReactNode) => (
    <button
      type="submit"
      name="place"
      value={place}
      aria-label={label}
      title={label}
      className={`${buttonClass('outline', 'small')} min-w-8`}
    >
      {icon}
    </button>
  );
  return (
    <section aria-labelledby="pins" className="max-w-3xl border-t border-line pt-8">
      <h2 id="pins" className="font-serif text-xl font-semibold">
        {t('title')}
      </h2>
      <p className="mt-2 text-quiet">{t('lead')}</p>
      {(['first', 'last'] as const).map(
        (group) =>
          pins[group].length > 0 && (
            <div key={group} className="mt-6">
              <h3 className="font-semibold">{t(`groups.${group}`)}</h3>
              <ol className="mt-2 divide-y divide-line border-y border-line">
                {pins[group].map((id, index) => {
                  const entry = entryOf.get(id);
                  const of = entry ? name(entry) : '';
                  return (
                    <li
                      key={id}
                      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2"
                    >
                      <span className="min-w-0 flex-1 basis-48">
                        {entry && <PreferredName names={entry.names} />}
                      </span>
                      <form action={action} className="flex gap-2">
                        {hidden}
                        <input type="hidden" name="id" value={id} />
                        {index > 0 &&
                          button('up', t('up', { name: of }), <ArrowUp aria-hidden size={16} />)}
                        {index < pins[group].length - 1 &&
                          button(
                            'down',
                            t('down', { name: of }),
                            <ArrowDown aria-hidden size={16} />,
                          )}
                        {button('none', t('unpin', { name: of }), <X aria-hidden size={16} />)}
                      </form>
                    </li>
                  );
                })}
              </ol>
            </div>
          ),
      )}
      {search && (
        <form action="#pins" className="mt-6 flex flex-wrap items-end gap-4">
          <div className="min-w-0 flex-1 max-sm:basis-full sm:basis-64">
            <TextField
              name="find"
              type="search"
              label={t('find')}
              hint={
                search.q === ''
                  ? t('findHint')
                  : t('found', { count: entries.length, more: String(search.more) })
              }
              defaultValue={search.q}
            />
          </div>
          <button type="submit" className={`${buttonClass('outline')} max-sm:w-full`}>
            {t('findSubmit')}
          </button>
        </form>
      )}
      {entries.length > 0 && (
        <form action={action} className="mt-6 flex flex-wrap items-end gap-4">
          {hidden}
          <div className="min-w-0 flex-1 max-sm:basis-full sm:basis-64">
            <SelectField
              name="id"
              required
              label={t('organization')}
              options={[
                { value: '', text: t('choose') },
                ...entries.map((entry) => ({ value: entry.id, text: name(entry) })),
              ]}
            />
          </div>
          <div className="max-sm:basis-full sm:basis-52">
            <SelectField
              name="place"
              label={t('place')}
              options={(['last', 'first'] as const).map((value) => ({
                value,
                text: t(`groups.${value}`),
              }))}
            />
          </div>
          <SubmitButton className={`${buttonClass('outline')} max-sm:w-full`}>
            {t('submit')}
          </SubmitButton>
        </form>
      )}
    </section>
  );
}
