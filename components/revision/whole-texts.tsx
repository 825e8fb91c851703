import { useLocale, useTranslations } from 'next-intl';
import { TextPreview } from '@/components/letter/text/preview';
import type { LetterContent } from '@/lib/letter/text/content';
import { inOrder, languageName, type ByLanguage } from '@/lib/platform/languages';

/** The texts that are about to be published, each in full. */
export function WholeTexts({
  texts,
  isOpen,
}: {
  texts: ByLanguage<LetterContent>;
  /** Unfolded: there is no earlier revision whose differences are shown. */
  isOpen: boolean;
}) {
  const t = useTranslations('revision.admin.publish');
  const locale = useLocale();
  return (
    <div className="mb-8 space-y-4">
      {inOrder(Object.keys(texts)).map((language) => (
        <details key={language} open={isOpen}>
          <summary className="min-h-8 cursor-pointer text-indigo">
            {t('whole', { language: languageName(language, locale) })}
          </summary>
          <TextPreview text={{ language, ...texts[language]! }} />
        </details>
      ))}
    </div>
  );
}
