import { useTranslations } from 'next-intl';
import { Link } from '@/components/ui/link';

/** The footer of every page. */
export function Footer() {
  const t = useTranslations('common.footer');
  return (
    <footer className="border-t border-line print:hidden">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-6 gap-y-1 px-5 py-6 text-sm text-quiet sm:px-8">
        <span className="mr-auto py-1">{t('about')}</span>
        <Link href="/entry" className="inline-flex min-h-8 items-center text-quiet">
          {t('entry')}
        </Link>
        <Link href="/privacy" className="inline-flex min-h-8 items-center text-quiet">
          {t('privacy')}
        </Link>
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages -- a file, or a page elsewhere: not for the router */}
        <a href="/api/source" className="inline-flex min-h-8 items-center text-quiet">
          {t('source')}
        </a>
        <Link href="/admin" className="inline-flex min-h-8 items-center text-quiet">
          {t('coordinators')}
        </Link>
      </div>
    </footer>
  );
}
