import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { sectionPath } from '@/components/admin/sections';
import { Link } from '@/components/ui/link';
import type { ManagedMailing } from '@/lib/mailing/queries';
import { preferred } from '@/lib/platform/languages';

/** A letter's mailings, newest first, with where each stands. */
export function MailingList({
  slug,
  timeZone,
  mailings,
}: {
  slug: string;
  timeZone: string;
  mailings: ManagedMailing[];
}) {
  const t = useTranslations('mailing');
  const format = useFormatter();
  const locale = useLocale();
  if (mailings.length === 0) return <p className="mt-3 text-quiet">{t('list.none')}</p>;
  return (
    <ul className="mt-3 divide-y divide-line border-y border-line">
      {mailings.map(({ id, texts, state, sentAt, recipients }) => {
        const text = preferred(texts, locale);
        return (
          <li key={id} className="py-3">
            <Link
              href={`${sectionPath(slug, 'mailings')}/${id}`}
              lang={text?.language}
              className="inline-block py-1 font-semibold wrap-anywhere"
            >
              {text?.said.title ?? t('list.untitled')}
            </Link>
            <p className="text-sm text-quiet">
              {t(`list.states.${state}`)}
              {sentAt && (
                <>
                  <span aria-hidden> · </span>
                  {format.dateTime(sentAt, { dateStyle: 'long', timeStyle: 'short', timeZone })}
                  <span aria-hidden> · </span>
                  {t('list.to', { count: recipients })}
                </>
              )}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
