'use client';

import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { RadioField } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FieldError, SignUpField } from '@/lib/endorsement/schema';
import type { Category } from '@/lib/letter/categories';
import type { QuestionChoice } from '@/lib/letter/list-settings';
import { knownCode } from '@/lib/platform/forms/codes';
import { OrganizationFields } from '../organization-fields';
import { useReading } from '../use-reading';

type Problem = 'changed' | 'withheld-not-offered' | 'unexpected';

/** The fields of an entry that its organization can change. */
export type EditField = Extract<
  SignUpField,
  'name' | 'reading' | 'nameEn' | 'nameJa' | 'category' | 'website' | 'visibility'
>;

const FIELDS: EditField[] = [
  'name',
  'reading',
  'nameEn',
  'nameJa',
  'category',
  'website',
  'visibility',
];

/** The form with which an organization changes its entry. */
export function EditForm({
  action,
  token,
  version,
  isApproved,
  offersWithheld,
  website,
  categories,
  asksReading,
  pageTitle,
  initial,
  limits,
}: {
  action: FormAction;
  token: string;
  /** The version of the entry that the form shows. */
  version: number;
  isApproved: boolean;
  offersWithheld: boolean;
  website: QuestionChoice;
  categories: readonly Category[];
  asksReading: boolean;
  pageTitle: string;
  initial: Record<EditField, string>;
  /** Maximum length of a field in characters, for its error message. */
  limits: Partial<Record<SignUpField, number>>;
}) {
  const t = useTranslations('endorsement');
  const edit = useTranslations('entry.edit');
  const locale = useLocale();
  const reading = useReading();
  const errorOf = (field: EditField, state: FormState): string | undefined => {
    const code = knownCode<FieldError>(t, 'errors', state.errors[field]?.[0]);
    if (!code) return undefined;
    return code === 'required'
      ? t(`required.${field}`)
      : t(`errors.${code}`, { max: limits[field] ?? 0 });
  };
  const codeOf = (problem: string | null) => knownCode<Problem>(edit, 'failure', problem);
  const titleOf = ({ problem, errors }: FormState) => {
    const code = codeOf(problem);
    if (code) return edit(`failure.${code}.title`);
    const isTidied = Object.values(errors).every(([first]) => first === 'tidied');
    return t(isTidied ? 'tidied' : 'summary');
  };
  const fields = (state: FormState | null) => {
    const value = (field: EditField) => state?.typed[field] ?? initial[field];
    const error = (field: EditField) => (state ? errorOf(field, state) : undefined);
    const text = (field: EditField) => ({
      name: field,
      defaultValue: value(field),
      error: error(field),
    });
    return (
      <>
        {/* Rendered here instead of in the page's metadata, so that it mentions errors without JavaScript, too. */}
        <title>{state ? t('errorTitle', { title: pageTitle }) : pageTitle}</title>
        {/* After the entry has changed in the meantime, the version that it has now. */}
        <input type="hidden" name="version" value={state?.details?.version ?? version} />
        <div className="space-y-6">
          <OrganizationFields
            text={text}
            reading={reading}
            website={website}
            categories={categories}
            asksReading={asksReading}
          />
          {offersWithheld ? (
            <RadioField
              name="visibility"
              legend={t('fields.visibility')}
              error={error('visibility')}
              defaultValue={value('visibility')}
              options={(['named', 'withheld'] as const).map((choice) => ({
                value: choice,
                label: t(`visibility.${choice}.label`),
                explanation: t(`visibility.${choice}.explanation`),
              }))}
            />
          ) : (
            <input type="hidden" name="visibility" value="named" />
          )}
        </div>
      </>
    );
  };
  return (
    <Form
      action={action}
      hidden={<HiddenFields fields={{ token, locale }} />}
      titleOf={titleOf}
      errorOf={(field, state) => errorOf(field as EditField, state)}
      order={FIELDS}
      problemOf={(problem) => edit(`failure.${codeOf(problem) ?? 'unexpected'}.explanation`)}
      fields={fields}
      buttons={
        <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-3">
          <SubmitButton className={`${buttonClass('solid')} w-full sm:w-auto`}>
            {edit(isApproved ? 'submitApproved' : 'submit')}
          </SubmitButton>
          <Link href={`/entry/${token}`} className="py-1">
            {edit('cancel')}
          </Link>
        </div>
      }
    />
  );
}
