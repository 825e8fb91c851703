import { useFormatter, useTranslations } from 'next-intl';
import { Pagination } from '@/components/ui/pagination';
import type { Save } from '@/lib/letter/text/queries';
import type { Language } from '@/lib/platform/languages';
import { Link } from '@/lib/platform/i18n/navigation';
import { textPath } from './text-path';

/** All saves of a text, newest first, each with a link to the saved text. */
export function SaveList({
  slug,
  language,
  saves,
  page,
  current,
  timeZone,
}: {
  slug: string;
  language: Language;
  saves: { rows: Save[]; pages: number };
  page: number;
  /** The current version; 0 if there is no text. */
  current: number;
  timeZone: string;
}) {
  const t = useTranslations('letter.text.saves');
  const format = useFormatter();
  if (saves.rows.length === 0) return <p className="text-quiet">{t('none')}</p>;
  return (
    <>
      <ul className="border-t border-line">
        {saves.rows.map((save) => (
          <li
            key={save.version}
            className="flex flex-wrap items-baseline gap-x-4 border-b border-line py-2"
          >
            <span className="min-w-0 flex-1 basis-60">
              <span className="font-semibold">{t('version', { version: save.version })}</span>{' '}
              <span className="text-sm wrap-anywhere text-quiet">
                {format.dateTime(save.at, { dateStyle: 'medium', timeStyle: 'short', timeZone })} ·{' '}
                {t('by', { by: save.by ?? 'none' })}
                {save.version === current && ` · ${t('now')}`}
                {save.removed && ` · ${t('removed')}`}
              </span>
            </span>
            {!save.removed && (
              <Link
                href={textPath(slug, { language, save: save.version })}
                prefetch={false}
                aria-label={t('seeLong', { version: save.version })}
                className="inline-flex min-h-8 items-center text-sm"
              >
                {t('see')}
              </Link>
            )}
          </li>
        ))}
      </ul>
      <Pagination
        page={page}
        pages={saves.pages}
        hrefOf={(other) => `${textPath(slug, { language, saves: other })}#saves`}
      />
    </>
  );
}
