'use client';

import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { Link } from '@/lib/platform/i18n/navigation';

/** Error boundary of the admin pages: rendering a page or saving a decision failed. */
export default function AdminFailure({ retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('admin.failure');
  return (
    <Page title={t('title')}>
      <p>{t('explanation')}</p>
      <p className="flex flex-wrap items-center gap-4">
        <button type="button" onClick={() => retry()} className={buttonClass('solid')}>
          {t('again')}
        </button>
        <Link href="/admin" prefetch={false}>
          {t('letters')}
        </Link>
      </p>
    </Page>
  );
}
