import { ChevronLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Link } from '@/lib/platform/i18n/navigation';

/** Link from a letter's admin page to the list of letters. */
export function BackToLetters() {
  const t = useTranslations('admin');
  return (
    <Link
      href="/admin"
      prefetch={false}
      className="inline-flex min-h-8 items-center text-[0.8125rem] text-quiet"
    >
      <ChevronLeft aria-hidden className="size-3.5" /> {t('letters')}
    </Link>
  );
}
