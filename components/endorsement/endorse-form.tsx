'use client';

import { Globe, Lock } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { buttonClass } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/lib/platform/i18n/navigation';
import { CheckboxField, RadioField, SelectField, TextField } from '@/components/ui/field';
import { SizeGuard } from '@/components/ui/size-guard';
import { FORM_BYTES } from '@/lib/platform/limits';
import { FIELDS, type EndorseFormState, type Field, type FormValues } from './form-state';
import { PrivacyLink } from './privacy-link';

const section = 'space-y-6 border-t border-line pt-8';
const sectionTitle = 'font-serif text-xl font-semibold';

/**
 * The sign-up form. Works without scripts: the action's answer comes with the page then. Lengths are checked by the
 * server alone, since a `maxlength` cuts what is pasted without a word.
 */
export function EndorseForm({
  action,
  slug,
  revision,
  offersWithheld,
  pageTitle,
  refused,
  initial,
  countries,
  limits,
}: {
  action: (state: EndorseFormState, form: FormData) => Promise<EndorseFormState>;
  slug: string;
  /** The letter's text that the page showed the way to; null when the database is away. */
  revision: number | null;
  /** Whether organizations can ask to be counted but not named. */
  offersWithheld: boolean;
  pageTitle: string;
  /** The letter takes no endorsements (now). Who had begun to type before still gets it back. */
  refused: 'closed' | 'paused' | null;
  initial: FormValues;
  countries: { value: string; text: string }[];
  /** Longest value of a field, in characters, for its error. */
  limits: Partial<Record<Field, number>>;
}) {
  const t = useTranslations('endorsement');
  const locale = useLocale();
  const [state, formAction, pending] = useActionState(action, {
    answer: 0,
    values: initial,
    errors: {},
    failure: null,
    revision: null,
    retryAfterSeconds: null,
  });
  const { values } = state;

  const errorOf = (field: Field): string | undefined => {
    const code = state.errors[field]?.[0];
    if (!code) return undefined;
    return code === 'required'
      ? t(`required.${field}`)
      : t(`errors.${code}`, { max: limits[field] ?? 0 });
  };
  const text = (field: Field) => ({
    name: field,
    defaultValue: values[field],
    error: errorOf(field),
  });
  const published = { icon: Globe, text: t('audience.published') };
  const coordinators = { icon: Lock, text: t('audience.coordinators') };
  const wrong = FIELDS.flatMap((field) => {
    const error = errorOf(field);
    return error ? [{ name: field, text: error }] : [];
  });
  const failed = state.failure !== null || wrong.length > 0;

  if (refused && state.answer === 0) {
    return (
      <>
        <title>{pageTitle}</title>
        <p>{t(`${refused}.explanation`)}</p>
      </>
    );
  }
  return (
    <>
      {/* Here rather than in the page's metadata, so that it says of errors without scripts, too. */}
      <title>{failed ? t('errorTitle', { title: pageTitle }) : pageTitle}</title>
      {failed && (
        <ErrorSummary
          key={state.answer}
          title={state.failure ? t(`failure.${state.failure}.title`) : t('summary')}
          items={wrong}
        >
          {state.failure && (
            <p className="mt-1">
              {t.rich(`failure.${state.failure}.explanation`, {
                minutes: Math.ceil((state.retryAfterSeconds ?? 0) / 60),
                revisions: (chunks) => (
                  <Link href={`/letters/${slug}/revisions`} prefetch={false} target="_blank">
                    {chunks}
                  </Link>
                ),
              })}
            </p>
          )}
        </ErrorSummary>
      )}
      <form
        action={formAction}
        noValidate
        onSubmit={(event) => {
          if (pending) event.preventDefault();
        }}
      >
        <SizeGuard
          max={FORM_BYTES * 0.4}
          words={(bytes) => t('tooBig', { kilobytes: Math.ceil(bytes / 1_000) })}
        />
        <input type="hidden" name="slug" value={slug} />
        <input type="hidden" name="locale" value={locale} />
        {/* After an answer, the text that the answer led to has been there to read. */}
        <input type="hidden" name="revision" value={state.revision ?? revision ?? ''} />
        <div key={state.answer} className="space-y-10">
          <section className={section} aria-labelledby="about-organization">
            <h2 id="about-organization" className={sectionTitle}>
              {t('sections.organization')}
            </h2>
            <p className="text-quiet">{t('hints.names')}</p>
            <TextField
              {...text('nameJa')}
              label={t('fields.nameJa')}
              hint={t('hints.nameJa')}
              audience={published}
              lang="ja"
              autoComplete={locale === 'ja' ? 'organization' : 'off'}
            />
            <TextField
              {...text('reading')}
              label={t('fields.reading')}
              mark={t('marks.reading')}
              hint={t('hints.reading')}
              audience={coordinators}
              lang="ja"
              autoComplete="off"
            />
            <TextField
              {...text('nameEn')}
              label={t('fields.nameEn')}
              hint={t('hints.nameEn')}
              audience={published}
              lang="en"
              autoComplete={locale === 'en' ? 'organization' : 'off'}
            />
            <TextField
              {...text('website')}
              label={t('fields.website')}
              mark={t('marks.required')}
              hint={t('hints.website')}
              audience={coordinators}
              type="url"
              inputMode="url"
              autoComplete="url"
              autoCapitalize="none"
              spellCheck={false}
              required
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
          </section>

          {offersWithheld ? (
            <div className="border-t border-line pt-8">
              <RadioField
                name="visibility"
                legend={t('fields.visibility')}
                error={errorOf('visibility')}
                defaultValue={values.visibility}
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

          <section className="space-y-3 border-t border-line pt-8" aria-labelledby="statements">
            <h2 id="statements" className={sectionTitle}>
              {t('sections.statements')}
            </h2>
            <CheckboxField
              name="mayEndorse"
              label={t('fields.mayEndorse')}
              error={errorOf('mayEndorse')}
              defaultChecked={values.mayEndorse === 'on'}
            />
            <CheckboxField
              name="privacyConsent"
              label={t.rich('fields.privacyConsent', {
                link: (chunks) => <PrivacyLink>{chunks}</PrivacyLink>,
              })}
              error={errorOf('privacyConsent')}
              defaultChecked={values.privacyConsent === 'on'}
            />
          </section>
        </div>
        <div className="mt-8">
          <button
            type="submit"
            aria-disabled={pending}
            className={`${buttonClass('seal')} w-full sm:w-auto`}
          >
            {pending ? t('sending') : t('submit')}
          </button>
          <p className="mt-3 text-sm text-quiet">{t('afterSubmit')}</p>
        </div>
      </form>
    </>
  );
}
