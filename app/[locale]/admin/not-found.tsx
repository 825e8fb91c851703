import { useTranslations } from 'next-intl';
import { Page } from '@/components/ui/page';
import { Link } from '@/lib/platform/i18n/navigation';

export default function LetterNotFound() {
  const t = useTranslations('admin.notFound');
  return (
    <Page title={t('title')}>
      <p>{t('explanation')}</p>
      <p>
        <Link href="/admin" prefetch={false}>
          {t('letters')}
        </Link>
      </p>
    </Page>
  );
}
