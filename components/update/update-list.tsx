import { preferred } from '@/lib/platform/languages';
import { useFormatter, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import { Link } from '@/components/ui/link';
import { sectionPath } from '@/components/admin/sections';
import type { ManagedUpdate } from '@/lib/update/queries';
import { UpdateText } from './updates';

/** All updates of a letter with their actions; removed ones come last and can be restored. */
export function UpdateList({
  locale,
  slug,
  timeZone,
  updates,
  remove,
  restore,
  mail,
}: {
  locale: string;
  slug: string;
  timeZone: string;
  updates: ManagedUpdate[];
  remove: ButtonAction;
  restore: ButtonAction;
  /** Writes to the signatories about an update. */
  mail: ButtonAction;
}) {
  const t = useTranslations('update.admin');
  const format = useFormatter();
  if (updates.length === 0) return <p className="mt-3 text-quiet">{t('none')}</p>;
  return (
    <ul className="mt-3 divide-y divide-line border-y border-line">
      {updates.map((update) => {
        const text = preferred(update.texts, locale);
        const title = text?.said.title ?? '';
        const fields = { locale, slug, id: update.id, version: update.version };
        return (
          <li key={update.id} className="py-5">
            {update.removedAt ? (
              <div className="flex flex-wrap items-center justify-between gap-3">
                <div className="min-w-0">
                  <p lang={text?.language} className="text-quiet line-through">
                    {title}
                  </p>
                  <p className="text-sm text-quiet">
                    {t('removedOn', {
                      date: format.dateTime(update.removedAt, { dateStyle: 'long', timeZone }),
                    })}
                  </p>
                </div>
                <ActionButton
                  action={restore}
                  fields={fields}
                  label={t('restore')}
                  of={t('of', { action: t('restore'), title })}
                />
              </div>
            ) : (
              <>
                <UpdateText update={update} />
                <div className="mt-3 flex flex-wrap gap-3">
                  <Link
                    href={`${sectionPath(slug, 'updates')}?edit=${update.id}#update`}
                    className={buttonClass('outline', 'small')}
                    aria-label={t('of', { action: t('edit'), title })}
                  >
                    {t('edit')}
                  </Link>
                  <ActionButton
                    action={mail}
                    fields={{ locale, slug, id: update.id }}
                    label={t('mail')}
                    of={t('of', { action: t('mail'), title })}
                  />
                  <ActionButton
                    action={remove}
                    fields={fields}
                    label={t('remove')}
                    of={t('of', { action: t('remove'), title })}
                  />
                </div>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
