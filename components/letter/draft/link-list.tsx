import { useFormatter, useTranslations } from 'next-intl';
import { ActionButton, type ButtonAction } from '@/components/ui/action-button';
import type { DraftLinkRow } from '@/lib/letter/draft/queries';

/** A letter's draft links, each with a revoke button. */
export function DraftLinkList({
  links,
  hidden,
  revoke,
  timeZone,
}: {
  links: DraftLinkRow[];
  hidden: Record<string, string>;
  revoke: ButtonAction;
  timeZone: string;
}) {
  const t = useTranslations('letter.text.links');
  const format = useFormatter();
  if (links.length === 0) return <p className="text-quiet">{t('none')}</p>;
  const day = (at: Date) => format.dateTime(at, { dateStyle: 'medium', timeZone });
  return (
    <ul aria-label={t('table')} className="border-t border-line">
      {links.map((link) => (
        <li
          key={link.id}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3"
        >
          <div className="min-w-0 flex-1 basis-60">
            <p className="font-semibold wrap-anywhere">{link.label}</p>
            <p className="text-sm wrap-anywhere text-quiet">
              {t('madeBy', { by: link.by, at: day(link.createdAt) })}
              {' · '}
              {link.state === 'revoked'
                ? t('revoked')
                : t(link.state, { until: day(link.expiresAt) })}
            </p>
          </div>
          {link.state === 'works' && (
            <ActionButton
              action={revoke}
              fields={{ ...hidden, link: link.id }}
              label={t('revoke')}
              of={t('revokeLong', { label: link.label })}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
