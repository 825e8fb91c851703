import { Eye } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';

/** The colleagues who have the opened entry open, too, so that nobody does the same work twice. */
export function Others({ addresses }: { addresses: string[] }) {
  const t = useTranslations('endorsement.review.entry');
  const locale = useLocale();
  if (addresses.length === 0) return null;
  return (
    <p className="mb-1 flex items-start gap-1.5 text-[0.8125rem] [overflow-wrap:anywhere]">
      <Eye aria-hidden className="mt-0.5 size-4 shrink-0" />
      {t('others', { people: addresses.join(locale === 'ja' ? '、' : ', ') })}
    </p>
  );
}
