'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef, type ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { FormAction, FormState } from '@/components/admin/form-state';
import { isSystemProblem, SystemProblem } from '@/components/admin/system-problem';
import { Link } from '@/lib/platform/i18n/navigation';
import { focusInPlace } from './focus-in-place';
import { SubmitButton } from '@/components/ui/submit-button';

export interface EntryFormProps {
  action: FormAction;
  /** The hidden fields that say which version of which entry. */
  hidden: ReactNode;
  /** Whether the entry's state lets the form be saved. */
  possible: boolean;
  /** Who did what with the entry last; said when that was between opening the form and saving it. */
  meanwhile: ReactNode;
  cancelHref: string;
}

/** The frame of a form about an entry: keeps what was typed when saving failed, and says why it did. */
export function EntryForm({
  action,
  hidden,
  possible,
  meanwhile,
  cancelHref,
  name,
  fields,
}: EntryFormProps & {
  name: 'decline' | 'correct';
  fields: (state: FormState | null) => ReactNode;
}) {
  const t = useTranslations('endorsement.review.forms');
  const [state, act] = useActionState(action, null);
  const form = useRef<HTMLFormElement>(null);
  const failed = state !== null && Object.keys(state.errors).length > 0;

  useEffect(() => {
    const first = state
      ? ':is(input, textarea)[aria-invalid="true"], fieldset[aria-invalid="true"] input'
      : 'input:checked, input[type="radio"], input[type="text"]';
    focusInPlace(form.current?.querySelector<HTMLElement>(first));
  }, [state]);

  return (
    <form
      ref={form}
      action={act}
      noValidate
      aria-labelledby="entry-form"
      className="space-y-2.5 text-sm"
    >
      {hidden}
      <h3 id="entry-form" className="font-semibold">
        {t(`${name}.title`)}
      </h3>
      {state?.problem === 'refused' && (
        <Notice tone="alert" announce>
          <p>{meanwhile}</p>
          {possible && <p>{t('again')}</p>}
        </Notice>
      )}
      {state && isSystemProblem(state.problem) && (
        <Notice tone="alert" announce>
          <p>
            <SystemProblem problem={state.problem} />
          </p>
        </Notice>
      )}
      {!possible && <p>{t(`${name}.notPossible`)}</p>}
      {failed && (
        <p role="alert" className="font-semibold text-alert">
          {t('errors.problem')}
        </p>
      )}
      {(possible || state) && fields(state)}
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
          className={`${buttonClass('plain', 'small')} min-h-10`}
        >
          {t('cancel')}
        </Link>
      </div>
    </form>
  );
}
