'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isSystemProblem, SystemProblem } from '@/components/admin/system-problem';
import { buttonClass } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import {
  FILTER_NAME_MAX,
  NAMED_FILTERS_MAX,
  type FilterNameError,
} from '@/lib/endorsement/review/filters/named/schema';
import { knownCode } from '@/lib/platform/forms/codes';

/** Form to name the present filter, folded up until it was refused. */
export function SaveFilter({
  action,
  hidden,
  leavesOut,
}: {
  action: FormAction;
  hidden: ReactNode;
  /** Whether a text is searched for, which is not saved. */
  leavesOut: boolean;
}) {
  const t = useTranslations('endorsement.review.filters');
  const errorOf = (state: FormState | null) => {
    const code = knownCode<FilterNameError>(t, 'errors', state?.errors.filterName?.[0]);
    return code && t(`errors.${code}`, { max: FILTER_NAME_MAX });
  };
  return (
    <Form
      action={action}
      compact
      className="has-[details[open]]:basis-full"
      hidden={hidden}
      titleOf={() => t('notSaved')}
      problemOf={(problem) => {
        if (isSystemProblem(problem)) return <SystemProblem problem={problem} />;
        return problem === 'full' ? t('full', { max: NAMED_FILTERS_MAX }) : t('nothing');
      }}
      fields={(state) => {
        const error = errorOf(state);
        const described = [error && 'filterName-error', leavesOut && 'filterName-hint'];
        return (
          <details open={state !== null}>
            <summary className="inline-flex min-h-8 cursor-pointer list-none items-center text-indigo underline underline-offset-4 hover:text-indigo-strong [&::-webkit-details-marker]:hidden">
              {t('save')}
            </summary>
            <div className="mt-1 mb-1 flex flex-wrap items-center gap-2">
              <label htmlFor="filterName">{t('name')}</label>
              <input
                id="filterName"
                name="filterName"
                maxLength={FILTER_NAME_MAX}
                defaultValue={state?.typed.filterName}
                aria-describedby={described.filter(Boolean).join(' ') || undefined}
                aria-invalid={error ? true : undefined}
                className="min-h-9 min-w-0 grow rounded-sm border border-edge bg-raised px-2.5 py-1 text-sm aria-invalid:border-2 aria-invalid:border-alert max-sm:text-base sm:max-w-64"
              />
              <SubmitButton className={`${buttonClass('outline', 'small')} min-h-9`}>
                {t('saveNamed')}
              </SubmitButton>
            </div>
            {error && (
              <p id="filterName-error" className="font-semibold text-alert">
                {error}
              </p>
            )}
            {leavesOut && (
              <p id="filterName-hint" className="text-quiet">
                {t('leavesOut')}
              </p>
            )}
          </details>
        );
      }}
      buttons={null}
    />
  );
}
