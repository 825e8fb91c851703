import { useTranslations } from 'next-intl';
import { Page } from '@/components/ui/page';
import { Link } from '@/lib/platform/i18n/navigation';

export default function NotFound() {
  const t = useTranslations('common.notFound');
  return (
    <Page title={t('title')}>
      <p>{t('explanation')}</p>
      <p>
        <Link href="/" prefetch={false}>
          {t('home')}
        </Link>
      </p>
    </Page>
  );
}
