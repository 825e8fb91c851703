import { useTranslations } from 'next-intl';
import { Page } from './page';
import { Link } from '@/lib/platform/i18n/navigation';

/** The content of the 404 page. */
export function NothingHere() {
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
