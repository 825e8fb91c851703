'use client';

import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { Page } from '@/components/ui/page';

/** Error boundary: rendering failed, usually because of a temporary failure. */
export default function Failure({ retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('common.failure');
  return (
    <Page title={t('title')}>
      <p>{t('explanation')}</p>
      <button type="button" onClick={() => retry()} className={buttonClass('solid')}>
        {t('again')}
      </button>
    </Page>
  );
}
