import { useTranslations } from 'next-intl';
import type { PlainAction } from '@/components/ui/press';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';

/** Puts a letter into the archive, or takes it out. */
export function ArchiveForm({
  action,
  slug,
  locale,
  archived,
}: {
  action: PlainAction;
  slug: string;
  locale: string;
  archived: boolean;
}) {
  const t = useTranslations('times.archive');
  const words = archived ? 'takeOut' : 'putIn';
  return (
    <section aria-labelledby="archive" className="border-t border-line pt-8">
      <h2 id="archive" className="font-serif text-xl font-semibold">
        {t('title')}
      </h2>
      <p className="mt-2 text-quiet">{t(`${words}.explanation`)}</p>
      <form action={action} className="mt-4">
        <input type="hidden" name="slug" value={slug} />
        <input type="hidden" name="locale" value={locale} />
        <SubmitButton className={`${buttonClass('outline')} max-sm:w-full`}>{t(`${words}.button`)}</SubmitButton>
      </form>
    </section>
  );
}
