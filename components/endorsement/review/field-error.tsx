'use client';

import { useTranslations } from 'next-intl';

const KNOWN = [
  'required',
  'tooLong',
  'invalidStart',
  'controlCharacter',
  'containsAddress',
  'noLetters',
  'oneNameRequired',
  'japaneseInEnglishName',
  'readingRequired',
  'readingNotKana',
] as const;

/** What is wrong with a field, in the coordinator's words; the field points here with `aria-describedby`. */
export function FieldErrorText({ id, errors }: { id: string; errors?: string[] | undefined }) {
  const t = useTranslations('endorsement.review.forms.errors');
  if (!errors?.[0]) return null;
  const code = KNOWN.find((known) => known === errors[0]) ?? 'other';
  return (
    <p id={id} className="text-[0.8125rem] font-semibold text-alert">
      {t(code)}
    </p>
  );
}
