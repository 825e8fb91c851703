'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef, type ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { HiddenFields } from '@/components/ui/action-button';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction, FormState } from './form-state';
import { isSystemProblem, SystemProblem } from './system-problem';

/** Asks before a page with typed but unsaved fields is left. Browsers say it in their own words. */
function useUnsavedGuard(): { changed: () => void; sent: () => void } {
  const unsaved = useRef(false);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => unsaved.current && event.preventDefault();
    // Links within the product load no new page, so the browser does not ask by itself.
    const follow = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.('a[href]');
      if (
        !unsaved.current ||
        !link ||
        link.getAttribute('href')?.startsWith('#') ||
        (link as HTMLAnchorElement).target
      )
        return;
      event.preventDefault();
      event.stopPropagation();
      location.assign((link as HTMLAnchorElement).href);
    };
    window.addEventListener('beforeunload', ask);
    document.addEventListener('click', follow, true);
    return () => {
      window.removeEventListener('beforeunload', ask);
      document.removeEventListener('click', follow, true);
    };
  }, []);
  return { changed: () => (unsaved.current = true), sent: () => (unsaved.current = false) };
}

/**
 * The frame of a form with which a coordinator runs a letter. Works without scripts; keeps what was typed whatever goes
 * wrong (where a session has ended, with scripts only: without them it is a step back in the browser), and asks before
 * unsaved changes are left.
 */
export function AdminForm({
  action,
  hidden,
  submit,
  errorOf,
  problemOf,
  fields,
  answered,
  children,
}: {
  action: FormAction;
  /** Fields that are sent unseen, such as the letter's address and the version that was read. */
  hidden: Record<string, string | number>;
  submit: ReactNode;
  /** The words for the first error of a field, or undefined when it has none. */
  errorOf: (field: string, state: FormState) => string | undefined;
  /** The words for a problem code of this form. */
  problemOf: (problem: string, state: FormState) => ReactNode;
  /** The fields, filled with what was typed where there is an answer. */
  fields: (state: FormState | null) => ReactNode;
  /** What an answer says that is no problem, or null; the fields then begin anew. */
  answered?: (state: FormState) => ReactNode;
  /** Beside the button. */
  children?: ReactNode;
}) {
  const t = useTranslations('admin');
  const [state, act] = useActionState(action, null);
  const guard = useUnsavedGuard();
  const said = state && answered?.(state);
  const wrong = state
    ? Object.keys(state.errors).flatMap((name) => {
        const text = errorOf(name, state);
        return text ? [{ name, text }] : [];
      })
    : [];
  // What came back unsaved is still unsaved.
  useEffect(() => {
    if (state && !said) guard.changed();
  });
  return (
    <form action={act} noValidate onInput={guard.changed} onSubmit={guard.sent}>
      <HiddenFields fields={hidden} />
      {said}
      {state && !said && (
        <div className="mb-6">
          <ErrorSummary
            key={state.answer}
            title={t(state.problem ? 'notSaved' : 'mend')}
            items={wrong}
          >
            {state.problem && (
              <div className="mt-1">
                {isSystemProblem(state.problem) ? (
                  <SystemProblem problem={state.problem} />
                ) : (
                  problemOf(state.problem, state)
                )}
              </div>
            )}
          </ErrorSummary>
        </div>
      )}
      <div key={state?.answer} className="space-y-6">
        {fields(said ? null : state)}
      </div>
      <div className="mt-8 flex flex-wrap items-center gap-3">
        <SubmitButton className={`${buttonClass('solid')} max-sm:w-full`}>{submit}</SubmitButton>
        {children}
      </div>
    </form>
  );
}
