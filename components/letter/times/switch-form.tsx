import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { SubmitButton } from '@/components/ui/submit-button';

/** A section with an explanation and one button that changes a setting of the letter. */
export function ToggleForm({
  action,
  slug,
  locale,
  words,
}: {
  action: ButtonAction;
  slug: string;
  locale: string;
  words: 'pause.pause' | 'pause.resume' | 'archive.putIn' | 'archive.takeOut';
}) {
  const t = useTranslations('letter.times');
  const [section] = words.split('.') as ['pause' | 'archive'];
  return (
    <section aria-labelledby={section} className="border-t border-line pt-8">
      <h2 id={section} className="font-serif text-xl font-semibold">
        {t(`${section}.title`)}
      </h2>
      <p className="mt-2 text-quiet">{t(`${words}.explanation`)}</p>
      <form action={action} className="mt-4">
        <HiddenFields fields={{ slug, locale }} />
        <SubmitButton className={`${buttonClass('outline')} max-sm:w-full`}>
          {t(`${words}.button`)}
        </SubmitButton>
      </form>
    </section>
  );
}
