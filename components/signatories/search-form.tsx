import { useLocale, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { pathIn } from '@/lib/platform/i18n/routing';

/** Search form for a long list of signatories. */
export function SignatorySearch({ slug, q = '' }: { slug: string; q?: string }) {
  const t = useTranslations('signatories.list.search');
  const locale = useLocale();
  return (
    <form
      action={pathIn(locale, `/letters/${slug}/signatories/search`)}
      role="search"
      className="mt-6 flex max-w-form gap-2 font-sans print:hidden"
    >
      <input
        type="search"
        name="q"
        defaultValue={q}
        aria-label={t('label')}
        placeholder={t('placeholder')}
        className="min-h-11 min-w-0 grow rounded-sm border border-edge bg-raised px-3 text-base text-ink"
      />
      <button type="submit" className={`${buttonClass('outline', 'small')} min-h-11`}>
        {t('submit')}
      </button>
    </form>
  );
}
