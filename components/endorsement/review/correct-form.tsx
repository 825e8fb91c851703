'use client';

import { useTranslations } from 'next-intl';
import { EntryForm, type EntryFormProps } from './entry-form';
import { FieldErrorText } from './field-error';

const FIELDS = [
  { name: 'nameJa', lang: 'ja' },
  { name: 'reading', lang: 'ja' },
  { name: 'nameEn', lang: 'en' },
  { name: 'name', lang: undefined },
] as const;

/** Form to correct an organization's names and reading. */
export function CorrectForm({
  names,
  country,
  ...frame
}: EntryFormProps & {
  names: Record<(typeof FIELDS)[number]['name'], string | null>;
  country: string;
}) {
  const t = useTranslations('endorsement.review.forms.correct');
  return (
    <EntryForm
      {...frame}
      name="correct"
      fields={(state) => (
        <>
          <p className="text-quiet">{t('hint')}</p>
          <input type="hidden" name="country" value={country} />
          {FIELDS.map(({ name, lang }) => (
            <div key={name}>
              <label htmlFor={name} className="mb-1 inline-block font-semibold">
                {t(name)}
              </label>
              <input
                id={name}
                name={name}
                type="text"
                lang={lang}
                dir="auto"
                autoComplete="off"
                defaultValue={state?.typed[name] ?? names[name] ?? ''}
                aria-describedby={state?.errors[name] ? `${name}-error` : undefined}
                aria-invalid={state?.errors[name] ? true : undefined}
                className="block min-h-10 w-full rounded-sm border border-edge bg-raised px-2.5 py-1.5 aria-invalid:border-2 aria-invalid:border-alert max-sm:text-base"
              />
              <FieldErrorText id={`${name}-error`} errors={state?.errors[name]} />
            </div>
          ))}
        </>
      )}
    />
  );
}
