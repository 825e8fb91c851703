import { useTranslations } from 'next-intl';
import { Page } from '@/components/ui/page';

/** Shown for an expired, revoked or unknown draft link, without revealing which. */
export function DraftUnavailable() {
  const t = useTranslations('letter.text.draft');
  return (
    <Page title={t('unavailableTitle')}>
      <p>{t('unavailable')}</p>
    </Page>
  );
}
