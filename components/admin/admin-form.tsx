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
 * A form with which a coordinator runs a letter. Where a session has ended, it keeps what was typed with scripts only:
 * without them that is a step back in the browser. Asks before unsaved changes are left.
 */
export function AdminForm({
  hidden,
  submit,
  problemOf,
  fields,
  children,
  ...form
}: Pick<ComponentProps<typeof Form>, 'action' | 'problemOf' | 'fields' | 'answered'> & {
  /** Fields that are sent unseen, such as the letter's address and the version that was read. */
  hidden: Record<string, string | number>;
  submit: ReactNode;
  /** The words for the first error of a field, or undefined when it has none. */
  errorOf: (field: string, state: FormState) => string | undefined;
  /** Beside the button. */
  children?: ReactNode;
}) {
  const t = useTranslations('admin');
  return (
    <Form
      {...form}
      guarded
      hidden={<HiddenFields fields={hidden} />}
      titleOf={({ problem }) => t(problem ? 'notSaved' : 'mend')}
      problemOf={(problem, state) =>
        isSystemProblem(problem) ? <SystemProblem problem={problem} /> : problemOf(problem, state)
      }
      fields={(state) => <div className="space-y-6">{fields(state)}</div>}
      buttons={
        <div className="mt-8 flex flex-wrap items-center gap-3">
          <SubmitButton className={`${buttonClass('solid')} max-sm:w-full`}>{submit}</SubmitButton>
          {children}
        </div>
      }
    />
  );
}
