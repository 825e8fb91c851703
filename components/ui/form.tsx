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

/** Asks before a page with typed but unsaved fields is left. Browsers say it in their own words. */
function useUnsavedGuard(isOn: boolean): { changed: () => void; sent: () => void } {
  const unsaved = useRef(false);
  useEffect(() => {
    if (!isOn) return;
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
  }, [isOn]);
  return { changed: () => (unsaved.current = true), sent: () => (unsaved.current = false) };
}

interface FormProps extends Pick<
  ComponentProps<'form'>,
  'className' | 'noValidate' | 'aria-labelledby'
> {
  action: FormAction;
  /** Fields that are sent unseen. */
  hidden?: ReactNode;
  /** Over what is wrong. */
  heading?: ReactNode;
  /** What is said over the wrong fields and the problem. */
  titleOf: (state: FormState) => string;
  /** The words for the first error of a field, or undefined when it has none. Lists them above the form, each with a link to its field. */
  errorOf?: (field: string, state: FormState) => string | undefined;
  /** The fields in their order on the page; else errors are listed as they were found. */
  order?: readonly string[];
  /** The words for a problem code. */
  problemOf: (problem: string, state: FormState) => ReactNode;
  /** The fields, filled with what was typed where there is an answer. */
  fields: (state: FormState | null) => ReactNode;
  buttons: ReactNode;
  /** What an answer says that is no problem, or null; the fields then begin anew. */
  answered?: (state: FormState) => ReactNode;
  /** In place of a form that takes nothing (any more). Who had begun to type before still gets it back. */
  instead?: ReactNode;
  /** A short form, whose wrong fields all are in sight: what is wrong is said in a line or two. */
  compact?: boolean;
  /** Asks before unsaved changes are left. */
  guarded?: boolean;
  /** Called at first and after every answer, to move the focus; the same function every time. */
  onShown?: (form: HTMLFormElement, state: FormState | null) => void;
}

/**
 * The frame of a form: says what is wrong, and keeps what was typed whatever goes wrong. Works without scripts: the
 * action's answer comes with the page then.
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
  const refused = said ? null : state;
  // What came back unsaved is still unsaved.
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
      {refused && !compact && (
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
