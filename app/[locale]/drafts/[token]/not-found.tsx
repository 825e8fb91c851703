import { useTranslations } from 'next-intl';
import { Page } from '@/components/ui/page';

/** What a draft link leads to that has ended, was revoked, or never was. */
export default function DraftUnavailable() {
  const t = useTranslations('writing.draft');
  return (
    <Page title={t('unavailableTitle')}>
      <p>{t('unavailable')}</p>
    </Page>
  );
}
