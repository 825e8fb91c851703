import { useTranslations } from 'next-intl';
import { Page } from '@/components/ui/page';

/** What is said of a draft link that has ended, was revoked, or never was: nobody learns which. */
export function DraftUnavailable() {
  const t = useTranslations('letter.text.draft');
  return (
    <Page title={t('unavailableTitle')}>
      <p>{t('unavailable')}</p>
    </Page>
  );
}
