'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isSystemProblem, SystemProblem } from '@/components/admin/system-problem';
import { buttonClass } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import { Link } from '@/lib/platform/i18n/navigation';
import { focusInPlace } from './focus-in-place';
import type { EntryFormName } from './view';

export interface EntryFormProps {
  action: FormAction;
  /** Hidden fields with the entry's id and version. */
  hidden: ReactNode;
  /** Whether the form can be saved in the entry's state. */
  possible: boolean;
  /** Who changed the entry last; shown if that was after the form was opened. */
  meanwhile: ReactNode;
  cancelHref: string;
}

/** Focuses the first invalid field, or the first field of a form that was just opened. */
function focusField(form: HTMLFormElement, state: FormState | null): void {
  const first = state
    ? ':is(input, textarea)[aria-invalid="true"], fieldset[aria-invalid="true"] input'
    : 'input:checked, input[type="radio"], input[type="text"], textarea';
  focusInPlace(form.querySelector<HTMLElement>(first));
}

/** A form about an entry, shown beside the list. */
export function EntryForm({
  action,
  hidden,
  possible,
  meanwhile,
  cancelHref,
  name,
  fields,
}: EntryFormProps & {
  name: EntryFormName;
  fields: (state: FormState | null) => ReactNode;
}) {
  const t = useTranslations('endorsement.review.forms');
  return (
    <Form
      action={action}
      compact
      aria-labelledby="entry-form"
      className="space-y-2.5 text-sm"
      onShown={focusField}
      hidden={hidden}
      heading={
        <h3 id="entry-form" className="font-semibold">
          {t(`${name}.title`)}
        </h3>
      }
      titleOf={() => t('errors.problem')}
      problemOf={(problem) =>
        isSystemProblem(problem) ? (
          <p>
            <SystemProblem problem={problem} />
          </p>
        ) : (
          <>
            <p>{problem === 'text' ? t('vouch.textChanged') : meanwhile}</p>
            {possible && <p>{t('again')}</p>}
          </>
        )
      }
      fields={(state) => (
        <>
          {!possible && <p>{t(`${name}.notPossible`)}</p>}
          {(possible || state) && fields(state)}
        </>
      )}
      buttons={
        <div className="flex flex-wrap gap-2 bg-paper lg:sticky lg:-bottom-2.5 lg:py-1.5">
          {possible && (
            <SubmitButton className={`${buttonClass('solid', 'small')} min-h-10`}>
              {t(`${name}.submit`)}
            </SubmitButton>
          )}
          <Link
            href={cancelHref}
            prefetch={false}
            scroll={false}
            aria-keyshortcuts="Escape"
            className={`${buttonClass('plain', 'small')} min-h-10`}
          >
            {t('cancel')}
          </Link>
        </div>
      }
    />
  );
}
