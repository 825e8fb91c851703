'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps, ReactNode } from 'react';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import type { FormState } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import { isSystemProblem, SystemProblem } from './system-problem';

/**
 * A form of the admin pages. After the session expires, it keeps the input only with JavaScript;
 * without, the browser's Back button restores it. Warns before leaving unsaved changes.
 */
export function AdminForm({
  hidden,
  submit,
  tone = 'solid',
  problemOf,
  titleOf,
  fields,
  children,
  guarded = true,
  isLong = false,
  ...form
}: Pick<
  ComponentProps<typeof Form>,
  'action' | 'problemOf' | 'fields' | 'answered' | 'told' | 'guarded'
> & {
  /** Hidden fields, such as the letter's slug and the version that was read. */
  hidden: Record<string, string | number>;
  submit: ReactNode;
  /** `alert` for what cannot be undone. */
  tone?: 'solid' | 'alert';
  /** The heading of the errors, if it is not the usual one. */
  titleOf?: (state: FormState) => string | undefined;
  /** The message for the first error of a field, or undefined without one. */
  errorOf: (field: string, state: FormState) => string | undefined;
  /** Rendered beside the button. */
  children?: ReactNode;
  /** The button stays in view. */
  isLong?: boolean;
}) {
  const t = useTranslations('admin');
  return (
    <Form
      {...form}
      guarded={guarded}
      hidden={<HiddenFields fields={hidden} />}
      titleOf={(state) => titleOf?.(state) ?? t(state.problem ? 'notSaved' : 'mend')}
      problemOf={(problem, state) =>
        isSystemProblem(problem) ? <SystemProblem problem={problem} /> : problemOf(problem, state)
      }
      fields={(state) => <div className="space-y-6">{fields(state)}</div>}
      buttons={
        <div
          className={`mt-8 flex flex-wrap items-center gap-3 ${isLong ? 'save-bar border-t border-edge bg-paper py-3' : ''}`}
        >
          <SubmitButton className={`${buttonClass(tone)} ${isLong ? '' : 'max-sm:w-full'}`}>
            {submit}
          </SubmitButton>
          {children}
        </div>
      }
    />
  );
}
