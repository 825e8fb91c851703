import { useTranslations } from 'next-intl';
import { Link } from '@/components/ui/link';

/** Links between the pages of a long list. Renders nothing for a single page. */
export function Pagination({
  page,
  pages,
  hrefOf,
}: {
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
}) {
  const t = useTranslations('common.pages');
  if (pages <= 1) return null;
  const link = 'inline-flex min-h-11 items-center print:hidden';
  return (
    <nav
      aria-label={t('label')}
      className="mt-8 flex items-center justify-between gap-4 font-sans text-base"
    >
      <span className="flex-1">
        {page > 1 && (
          <Link href={hrefOf(page - 1)} rel="prev" className={link}>
            {t('previous')}
          </Link>
        )}
      </span>
      <span className="text-sm text-quiet">{t('pageOf', { page, pages })}</span>
      <span className="flex flex-1 justify-end">
        {page < pages && (
          <Link href={hrefOf(page + 1)} rel="next" className={link}>
            {t('next')}
          </Link>
        )}
      </span>
    </nav>
  );
}
