'use client';

import { useTranslations } from 'next-intl';
import { CheckboxField, SelectField } from '@/components/ui/field';
import { CALL_MARKS, KIGAKI } from '@/lib/letter/text/content';
import type { Language } from '@/lib/platform/languages';

/** How the letter sets its calls; 記 and 以上 are of Japanese letters only. */
export function CallsForm({
  language,
  marks,
  kigaki,
}: {
  language: Language;
  marks: string;
  kigaki: boolean;
}) {
  const t = useTranslations('letter.text.callsForm');
  return (
    <div className="mt-4 space-y-2">
      <SelectField
        name="callMarks"
        label={t('marks')}
        hint={t('marksHint')}
        defaultValue={marks}
        options={CALL_MARKS.map((value) => ({ value, text: t(`marksAre.${value}`) }))}
      />
      {language === 'ja' && (
        <CheckboxField
          name="kigaki"
          label={t.rich('kigaki', {
            ...KIGAKI,
            ja: (words) => <span lang="ja">{words}</span>,
          })}
          defaultChecked={kigaki}
        />
      )}
    </div>
  );
}
