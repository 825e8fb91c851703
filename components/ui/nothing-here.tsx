import { useTranslations } from 'next-intl';
import { Page } from './page';
import { Link } from '@/components/ui/link';

/** The content of the 404 page. */
export function NothingHere() {
  const t = useTranslations('common.notFound');
  return (
    <Page title={t('title')}>
      <p>{t('explanation')}</p>
      <p>
        <Link href="/">{t('home')}</Link>
      </p>
    </Page>
  );
}
