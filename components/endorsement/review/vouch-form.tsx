'use client';

import { useTranslations } from 'next-intl';
import { IMPORTS } from '@/lib/platform/limits';
import { EntryForm, type EntryFormProps } from './entry-form';
import { FieldErrorText } from './field-error';
import { NoteField } from './note-field';

/** Form with which a coordinator vouches for a sign-up that nobody has confirmed. */
export function VouchForm({
  text,
  evidenceMax,
  ...frame
}: EntryFormProps & {
  /** The revision that it signed, and the binding one, which it stands behind then. */
  text: { signed: number; binding: number };
  evidenceMax: number;
}) {
  const t = useTranslations('endorsement.review.forms.vouch');
  return (
    <EntryForm
      {...frame}
      name="vouch"
      fields={(state) => {
        const fileErrors = state?.errors.evidenceFile;
        return (
          <>
            <p className="text-quiet">{t('explanation')}</p>
            {text.signed < text.binding && <p className="font-semibold">{t('earlier', text)}</p>}
            <input type="hidden" name="text" value={text.binding} />
            <NoteField
              id="evidence"
              name="evidence"
              label={t('evidence')}
              hint={t('evidenceHint')}
              max={evidenceMax}
              state={state}
            />
            <div>
              <label htmlFor="evidenceFile" className="font-semibold">
                {t('file', { max: IMPORTS.fileBytes / 1024 / 1024 })}
              </label>
              <input
                id="evidenceFile"
                type="file"
                name="evidenceFile"
                accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
                aria-describedby={fileErrors ? 'evidenceFile-error' : undefined}
                aria-invalid={fileErrors ? true : undefined}
                className="block min-h-10 w-full max-sm:text-base"
              />
              <FieldErrorText id="evidenceFile-error" errors={fileErrors} />
            </div>
          </>
        );
      }}
    />
  );
}
