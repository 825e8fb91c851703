'use client';

import {
  Fragment,
  useActionState,
  useEffect,
  useRef,
  type ComponentProps,
  type ReactNode,
} from 'react';
import { ErrorSummary } from './error-summary';
import type { FormAction, FormState } from './form-state';
import { Notice } from './notice';

/** Warns before a page with unsaved input is left. Browsers show their own message. */
function useUnsavedGuard(isOn: boolean): { changed: () => void; sent: () => void } {
  const unsaved = useRef(false);
  useEffect(() => {
    if (!isOn) return;
    const ask = (event: BeforeUnloadEvent) => unsaved.current && event.preventDefault();
    // Client-side navigation does not trigger `beforeunload`.
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
  }, [isOn]);
  return { changed: () => (unsaved.current = true), sent: () => (unsaved.current = false) };
}

interface FormProps extends Pick<
  ComponentProps<'form'>,
  'className' | 'noValidate' | 'aria-labelledby'
> {
  action: FormAction;
  /** Hidden fields. */
  hidden?: ReactNode;
  /** Heading of the error summary. */
  heading?: ReactNode;
  /** Content above the field errors and the problem. */
  titleOf: (state: FormState) => string;
  /**
   * The message for the first error of a field, or undefined without one. If given, errors are
   * listed above the form, with links to the fields.
   */
  errorOf?: (field: string, state: FormState) => string | undefined;
  /** The fields in page order; otherwise, errors are listed in the order found. */
  order?: readonly string[];
  /** The message for a problem code. */
  problemOf: (problem: string, state: FormState) => ReactNode;
  /** What a response says that refused nothing; its values are in the fields, and unsaved. */
  told?: ((state: FormState) => ReactNode) | undefined;
  /** Renders the fields, with the submitted values after a response. */
  fields: (state: FormState | null) => ReactNode;
  buttons: ReactNode;
  /** The success message of a response, or null; the fields are then reset. */
  answered?: (state: FormState) => ReactNode;
  /**
   * Shown instead of a form that cannot be submitted (any more). Submitted values are still shown.
   */
  instead?: ReactNode;
  /** A short form with all fields visible, whose errors are summarised in a line or two. */
  compact?: boolean;
  /** Warns before unsaved changes are left. */
  guarded?: boolean;
  /** Called on mount and after every response, to set the focus; must be a stable function. */
  onShown?: (form: HTMLFormElement, state: FormState | null) => void;
}

/**
 * The base of all forms: shows errors, and keeps the input on any failure. Works without
 * JavaScript: the response then contains the action's result.
 */
export function Form({
  action,
  hidden,
  heading,
  titleOf,
  errorOf,
  order,
  problemOf,
  fields,
  buttons,
  answered,
  told,
  instead,
  compact = false,
  guarded = false,
  onShown,
  noValidate = true,
  ...attributes
}: FormProps) {
  const [state, act] = useActionState(action, null);
  const form = useRef<HTMLFormElement>(null);
  const guard = useUnsavedGuard(guarded);
  const said = state && answered?.(state);
  const news = state && told?.(state);
  const refused = said ? null : state;
  // Input returned by a refused submission is still unsaved.
  useEffect(() => {
    if (refused) guard.changed();
  });
  useEffect(() => {
    if (form.current) onShown?.(form.current, state);
  }, [state, onShown]);

  if (!state && instead) return instead;
  const wrong = refused ? Object.keys(refused.errors) : [];
  const listed = (order?.filter((name) => wrong.includes(name)) ?? wrong).flatMap((name) => {
    const text = refused && errorOf?.(name, refused);
    return text ? [{ name, text }] : [];
  });
  const problem = refused?.problem && problemOf(refused.problem, refused);
  return (
    <form
      {...attributes}
      ref={form}
      action={act}
      noValidate={noValidate}
      onInput={guard.changed}
      onSubmit={guard.sent}
    >
      {hidden}
      {heading}
      {said}
      {news && (
        <div key={`told ${state.answer}`} className="mb-6">
          {news}
        </div>
      )}
      {refused && !news && !compact && (
        <div className="mb-6">
          <ErrorSummary key={refused.answer} title={titleOf(refused)} items={listed}>
            {problem && <div className="mt-1">{problem}</div>}
          </ErrorSummary>
        </div>
      )}
      {refused && compact && (
        <Fragment key={`wrong ${refused.answer}`}>
          {problem && (
            <Notice tone="alert" announce>
              {problem}
            </Notice>
          )}
          {wrong.length > 0 && (
            <p role="alert" className="font-semibold text-alert">
              {titleOf(refused)}
            </p>
          )}
        </Fragment>
      )}
      <Fragment key={state?.answer}>{fields(refused)}</Fragment>
      {buttons}
    </form>
  );
}
