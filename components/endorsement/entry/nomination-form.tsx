'use client';

import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { RadioField, SelectField, TextField } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { PageSection } from '@/components/ui/page-section';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FieldError, SignUpField } from '@/lib/endorsement/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { LANGUAGES, languageName } from '@/lib/platform/languages';

const FIELDS = [
  'kind',
  'representativeName',
  'representativeRole',
  'representativeEmail',
  'language',
] as const;
type Field = (typeof FIELDS)[number];

type Problem = 'known' | 'full' | 'handing-over' | 'too-many' | 'not-possible' | 'failed';

/** The form with which a representative nominates a colleague, to join or to follow them. */
export function NominationForm({
  action,
  token,
  isWithheld,
  days,
  limits,
  pageTitle,
}: {
  action: FormAction;
  token: string;
  /** Whether the organization's name is withheld. */
  isWithheld: boolean;
  /** How long the nominee's link is valid. */
  days: number;
  /** Maximum length of a field in characters, for its error message. */
  limits: Partial<Record<SignUpField, number>>;
  pageTitle: string;
}) {
  const t = useTranslations('entry.representatives');
  const common = useTranslations('endorsement');
  const locale = useLocale();
  const errorOf = (field: Field, { errors }: FormState) => {
    const code = knownCode<FieldError>(common, 'errors', errors[field]?.[0]);
    if (!code) return undefined;
    if (code === 'required' || code === 'invalidChoice') return t(`form.required.${field}`);
    return common(`errors.${code}`, { max: limits[field as SignUpField] ?? 0 });
  };
  const problemOf = (problem: string, state: FormState) => {
    const code = knownCode<Problem>(t, 'problems', problem) ?? 'failed';
    return t(`problems.${code}`, { minutes: Number(state.details?.minutes ?? 1) });
  };
  const titleOf = ({ problem }: FormState) => (problem ? t('problems.title') : common('summary'));
  return (
    <Form
      action={action}
      hidden={<HiddenFields fields={{ token, locale }} />}
      titleOf={titleOf}
      problemOf={problemOf}
      errorOf={(field, state) => errorOf(field as Field, state)}
      order={[...FIELDS]}
      fields={(state) => {
        const text = (field: Field) => ({
          name: field,
          defaultValue: state?.typed[field] ?? '',
          ...(state && { error: errorOf(field, state) }),
        });
        return (
          <PageSection id="nominate" title={t('form.title')}>
            {/* Rendered here instead of in the page's metadata, so that it mentions errors without JavaScript, too. */}
            <title>{state ? common('errorTitle', { title: pageTitle }) : pageTitle}</title>
            <div className="space-y-6">
              <p>{t('form.explanation', { days })}</p>
              {isWithheld && <p>{t('form.withheld')}</p>}
              <RadioField
                {...text('kind')}
                legend={t('form.kind')}
                isSection={false}
                options={(['add', 'hand_over'] as const).map((kind) => ({
                  value: kind,
                  label: t(`form.kinds.${kind}.label`),
                  explanation: t(`form.kinds.${kind}.explanation`),
                }))}
              />
              <TextField
                {...text('representativeName')}
                label={t('form.name')}
                autoComplete="off"
              />
              <TextField
                {...text('representativeRole')}
                label={t('form.role')}
                autoComplete="off"
              />
              <TextField
                {...text('representativeEmail')}
                label={t('form.email')}
                type="email"
                autoComplete="off"
              />
              <SelectField
                {...text('language')}
                defaultValue={state?.typed.language ?? locale}
                label={t('form.language')}
                options={LANGUAGES.map((language) => ({
                  value: language,
                  text: languageName(language, locale),
                }))}
              />
              <SubmitButton className={`${buttonClass('solid')} max-sm:w-full`}>
                {t('form.submit')}
              </SubmitButton>
            </div>
          </PageSection>
        );
      }}
      buttons={null}
    />
  );
}
