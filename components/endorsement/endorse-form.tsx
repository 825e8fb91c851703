'use client';

import { Lock } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { CheckboxField, RadioField, SelectField, TextField } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormLanguage } from '@/components/ui/form-language';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SizeGuard } from '@/components/ui/size-guard';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FieldError, SignUpField } from '@/lib/endorsement/schema';
import type { Category } from '@/lib/letter/categories';
import type { QuestionChoice } from '@/lib/letter/list-settings';
import { knownCode } from '@/lib/platform/forms/codes';
import { Link } from '@/components/ui/link';
import { FORM_BYTES } from '@/lib/platform/limits';
import { AuthorisationFields } from './authorisation-fields';
import { OrganizationFields } from './organization-fields';
import { PressureCheck } from './pressure/pressure-check';
import { PrivacyLink } from './privacy-link';
import { TrapField } from './trap-field';
import { useReading } from './use-reading';

type Problem =
  | 'unknown-letter'
  | 'closed'
  | 'paused'
  | 'too-many'
  | 'changed'
  | 'pressure'
  | 'withheld-not-offered'
  | 'unexpected';

const section = 'space-y-6 border-t border-line pt-8';
const sectionTitle = 'font-serif text-xl font-semibold';

/**
 * The sign-up form. Lengths are validated on the server only, since `maxlength` silently truncates
 * pasted text.
 */
export function EndorseForm({
  action,
  slug,
  revision,
  offersWithheld,
  website,
  authorisation,
  categories,
  asksReading,
  pageTitle,
  refused,
  invitee = null,
  initial,
  countries,
  limits,
  correcting = null,
}: {
  action: FormAction;
  slug: string;
  /** The revision that the page linked to; null while the database is unavailable. */
  revision: number | null;
  /** Whether organizations can ask to be counted but not named. */
  offersWithheld: boolean;
  website: QuestionChoice;
  authorisation: QuestionChoice;
  categories: readonly Category[];
  /** Whether a name with kanji needs its reading. */
  asksReading: boolean;
  pageTitle: string;
  /** The letter takes no endorsements (at present). Input from before that is still shown. */
  refused: 'closed' | 'paused' | null;
  /** The token of the invitation through which the form was opened, if any. */
  invitee?: string | null;
  /** Initial values of the fields, in page order. */
  initial: Record<SignUpField, string>;
  countries: { value: string; text: string }[];
  /** Maximum length of a field in characters, for its error message. */
  limits: Partial<Record<SignUpField, number>>;
  /**
   * Corrects a sign-up whose link has been opened: the token of the link. The address cannot be
   * changed, since the link proves it.
   */
  correcting?: { token: string } | null;
}) {
  const t = useTranslations('endorsement');
  const locale = useLocale();
  const reading = useReading();
  const errorOf = (field: SignUpField, state: FormState): string | undefined => {
    const code = knownCode<FieldError>(t, 'errors', state.errors[field]?.[0]);
    if (!code) return undefined;
    return code === 'required'
      ? t(`required.${field}`)
      : t(`errors.${code}`, { max: limits[field] ?? 0 });
  };
  const coordinators = { icon: Lock, text: t('audience.coordinators') };
  const titleOf = ({ problem, errors }: FormState) => {
    const code = knownCode<Problem>(t, 'failure', problem);
    if (code) return t(`failure.${code}.title`);
    const isTidied = Object.values(errors).every(([first]) => first === 'tidied');
    return t(isTidied ? 'tidied' : 'summary');
  };
  const problemOf = (problem: string, { details }: FormState) => {
    const code = knownCode<Problem>(t, 'failure', problem) ?? 'unexpected';
    const said = t.rich(`failure.${code}.explanation`, {
      minutes: Math.ceil(Number(details?.retryAfterSeconds ?? 0) / 60),
      revisions: (chunks) => (
        <Link href={`/letters/${slug}/revisions`} target="_blank">
          {chunks}
        </Link>
      ),
    });
    return (
      <>
        {said}
        {code === 'pressure' && <PressureCheck challenge={details?.challenge ?? ''} />}
      </>
    );
  };
  const fields = (state: FormState | null) => {
    const error = (field: SignUpField) => (state ? errorOf(field, state) : undefined);
    const value = (field: SignUpField) => state?.typed[field] ?? initial[field];
    const text = (field: SignUpField) => ({
      name: field,
      defaultValue: value(field),
      error: error(field),
    });
    return (
      <>
        {/* Rendered here instead of in the page's metadata, so that it mentions errors without JavaScript, too. */}
        <title>{state ? t('errorTitle', { title: pageTitle }) : pageTitle}</title>
        <SizeGuard
          max={FORM_BYTES * 0.4}
          words={(bytes) => t('tooBig', { kilobytes: Math.ceil(bytes / 1_000) })}
        />
        {/* After a response, the revision that the response linked to. */}
        {!correcting && (
          <input
            type="hidden"
            name="revision"
            value={state?.details?.revision || (revision ?? '')}
          />
        )}
        {invitee !== null && <input type="hidden" name="invitee" value={invitee} />}
        {!correcting && <TrapField label={t('leaveEmpty')} />}
        <div className="space-y-10">
          <section className={section} aria-labelledby="about-organization">
            <h2 id="about-organization" className={sectionTitle}>
              {t('sections.organization')}
            </h2>
            <OrganizationFields
              text={text}
              reading={reading}
              website={website}
              categories={categories}
              asksReading={asksReading}
            />
            <SelectField
              {...text('country')}
              label={t('fields.country')}
              mark={t('marks.required')}
              audience={coordinators}
              options={[{ value: '', text: t('chooseCountry') }, ...countries]}
              autoComplete="country"
              required
            />
          </section>

          <section className={section} aria-labelledby="about-representative">
            <h2 id="about-representative" className={sectionTitle}>
              {t('sections.representative')}
            </h2>
            <TextField
              {...text('representativeName')}
              label={t('fields.representativeName')}
              mark={t('marks.required')}
              audience={coordinators}
              autoComplete="name"
              required
            />
            <TextField
              {...text('representativeRole')}
              label={t('fields.representativeRole')}
              mark={t('marks.required')}
              hint={t('hints.representativeRole')}
              audience={coordinators}
              autoComplete="organization-title"
              required
            />
            {correcting ? (
              <div>
                <p className="font-semibold">{t('fields.representativeEmail')}</p>
                <p className="mt-1 wrap-anywhere">{initial.representativeEmail}</p>
                <p className="mt-1 text-sm text-quiet">
                  {t.rich('correct.address', {
                    link: (chunks) => <Link href={`/letters/${slug}/endorse`}>{chunks}</Link>,
                  })}
                </p>
              </div>
            ) : (
              <TextField
                {...text('representativeEmail')}
                label={t('fields.representativeEmail')}
                mark={t('marks.required')}
                hint={t('hints.representativeEmail')}
                audience={{ icon: Lock, text: t('audience.email') }}
                type="email"
                inputMode="email"
                autoComplete="email"
                autoCapitalize="none"
                spellCheck={false}
                required
              />
            )}
            {authorisation !== 'not-asked' && (
              <AuthorisationFields text={text} choice={authorisation} />
            )}
          </section>

          {offersWithheld ? (
            <div className="border-t border-line pt-8">
              <RadioField
                name="visibility"
                legend={t('fields.visibility')}
                error={error('visibility')}
                defaultValue={value('visibility')}
                options={(['named', 'withheld'] as const).map((value) => ({
                  value,
                  label: t(`visibility.${value}.label`),
                  explanation: t(`visibility.${value}.explanation`),
                }))}
              />
            </div>
          ) : (
            <input type="hidden" name="visibility" value="named" />
          )}

          {!correcting && (
            <section className="space-y-3 border-t border-line pt-8" aria-labelledby="statements">
              <h2 id="statements" className={sectionTitle}>
                {t('sections.statements')}
              </h2>
              <CheckboxField
                name="mayEndorse"
                label={t('fields.mayEndorse')}
                error={error('mayEndorse')}
                defaultChecked={value('mayEndorse') === 'on'}
              />
              <CheckboxField
                name="privacyConsent"
                label={t.rich('fields.privacyConsent', {
                  link: (chunks) => <PrivacyLink>{chunks}</PrivacyLink>,
                })}
                error={error('privacyConsent')}
                defaultChecked={value('privacyConsent') === 'on'}
              />
            </section>
          )}
        </div>
      </>
    );
  };
  return (
    <Form
      action={action}
      hidden={<HiddenFields fields={correcting ? { ...correcting, locale } : { slug, locale }} />}
      titleOf={titleOf}
      errorOf={(field, state) => errorOf(field as SignUpField, state)}
      order={Object.keys(initial)}
      problemOf={problemOf}
      fields={fields}
      instead={
        refused && (
          <>
            <title>{pageTitle}</title>
            <p>{t(`${refused}.explanation`)}</p>
          </>
        )
      }
      buttons={
        correcting ? (
          <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-3">
            <SubmitButton className={`${buttonClass('solid')} w-full sm:w-auto`}>
              {t('correct.submit')}
            </SubmitButton>
            <Link href={`/confirm/${correcting.token}`} className="py-1">
              {t('correct.cancel')}
            </Link>
          </div>
        ) : (
          <div className="mt-8">
            <SubmitButton
              className={`${buttonClass('seal')} w-full sm:w-auto`}
              sending={t('sending')}
            >
              {t('submit')}
            </SubmitButton>
            <p className="mt-3 text-sm text-quiet">{t('afterSubmit')}</p>
            <FormLanguage />
          </div>
        )
      }
    />
  );
}
