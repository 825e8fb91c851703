'use client';

import { LANGUAGES, fieldIn, languageName } from '@/lib/platform/languages';
import { useLocale, useTranslations } from 'next-intl';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { AdminForm } from '@/components/admin/admin-form';
import { RadioField, smallLegend, TextAreaField } from '@/components/ui/field';
import { knownCode } from '@/lib/platform/forms/codes';
import type { RevisionKind } from '@/lib/revision/content';
import type { Publication, PublicationError } from '@/lib/revision/schema';

type Problem = 'changed' | 'nothing-to-publish' | 'wrong-kind' | 'incomplete';

/** Form for owners to publish the current texts, with the kind of change and the reason. */
export function PublishForm({
  action,
  slug,
  kinds,
  seen,
  asked,
  reasonMax,
}: {
  action: FormAction;
  slug: string;
  /** The kinds to choose from; `first` is the only option and needs no reason. */
  kinds: RevisionKind[];
  seen: Publication['seen'];
  /** Number of signatories that a change of substance would ask. */
  asked: { mailed: number; attested: number };
  /** Maximum length of a reason, in characters. */
  reasonMax: number;
}) {
  const t = useTranslations('revision.admin.publish');
  const locale = useLocale();
  const isFirst = kinds[0] === 'first';
  const errorOf = (field: string, state: FormState) => {
    const code = state.errors[field]?.[0];
    if (code === undefined) return undefined;
    return t(`errors.${knownCode<PublicationError>(t, 'errors', code) ?? 'required'}`, {
      max: reasonMax,
    });
  };
  return (
    <AdminForm
      action={action}
      hidden={{
        slug,
        locale,
        seen: JSON.stringify(seen),
        ...(isFirst && { kind: 'first' }),
      }}
      submit={t(isFirst ? 'first' : 'submit')}
      errorOf={errorOf}
      problemOf={(problem) => (
        <p>{t(`problems.${knownCode<Problem>(t, 'problems', problem) ?? 'changed'}`)}</p>
      )}
      fields={(state) =>
        isFirst ? (
          <p>{t('firstExplanation')}</p>
        ) : (
          <>
            <RadioField
              name="kind"
              isSection={false}
              legend={t('kind')}
              error={state ? errorOf('kind', state) : undefined}
              defaultValue={state?.typed.kind}
              options={kinds.flatMap((kind) =>
                kind === 'first'
                  ? []
                  : [
                      {
                        value: kind,
                        label: t(`kinds.${kind}.label`),
                        explanation: t(`kinds.${kind}.explanation`, {
                          total: asked.mailed + asked.attested,
                          ...asked,
                        }),
                      },
                    ],
              )}
            />
            <fieldset aria-describedby="reason-hint">
              <legend className={smallLegend}>{t('reason.legend')}</legend>
              <p id="reason-hint" className="mt-1 text-sm text-quiet">
                {t('reason.hint')}
              </p>
              <div className="mt-3 space-y-5">
                {LANGUAGES.map((language) => {
                  const name = fieldIn('reason', language);
                  return (
                    <TextAreaField
                      key={name}
                      name={name}
                      lang={language}
                      rows={2}
                      label={t('reason.inLanguage', { language: languageName(language, locale) })}
                      defaultValue={state?.typed[name] ?? ''}
                      error={state ? errorOf(name, state) : undefined}
                    />
                  );
                })}
              </div>
            </fieldset>
          </>
        )
      }
    />
  );
}
