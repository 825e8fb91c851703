import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { SelectField, TextField } from '@/components/ui/field';
import { AUTHORISATIONS, type SignUpField } from '@/lib/endorsement/schema';
import type { QuestionChoice } from '@/lib/letter/list-settings';

export type AuthorisationField = Extract<
  SignUpField,
  'authorisedHow' | 'authorisedBy' | 'authorisedOn'
>;

/** Who in the organization authorised the signature, how and when, where the letter asks for it. */
export function AuthorisationFields({
  text,
  choice,
}: {
  /** A field's name, value and error. */
  text: (field: AuthorisationField) => {
    name: string;
    defaultValue: string;
    error: string | undefined;
  };
  choice: Exclude<QuestionChoice, 'not-asked'>;
}) {
  const t = useTranslations('endorsement');
  const isRequired = choice === 'required';
  const mark = t(`marks.${isRequired ? 'required' : 'optional'}`);
  const audience = { icon: Lock, text: t('audience.coordinators') };
  return (
    <fieldset className="space-y-6">
      <legend className="text-lg font-semibold">{t('authorisation.title')}</legend>
      <SelectField
        {...text('authorisedHow')}
        label={t('fields.authorisedHow')}
        mark={mark}
        audience={audience}
        required={isRequired}
        options={[
          { value: '', text: t('authorisation.choose') },
          ...AUTHORISATIONS.map((value) => ({ value, text: t(`authorisation.how.${value}`) })),
        ]}
      />
      <TextField
        {...text('authorisedBy')}
        label={t('fields.authorisedBy')}
        mark={mark}
        hint={t('hints.authorisedBy')}
        audience={audience}
        autoComplete="off"
        required={isRequired}
      />
      <TextField
        {...text('authorisedOn')}
        label={t('fields.authorisedOn')}
        // Statutes give the power once and for all.
        mark={t(`marks.${isRequired ? 'unlessStatute' : 'optional'}`)}
        audience={audience}
        type="date"
        autoComplete="off"
      />
    </fieldset>
  );
}
