import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { sectionPath, type Section } from '@/components/admin/sections';
import type { AccessFor } from '@/lib/coordinator/access';
import type { Act } from '@/lib/coordinator/permissions';
import { isSlug } from '@/lib/letter/rules';
import { signedIn } from '@/lib/platform/auth/guard';
import { errorsByField } from '@/lib/platform/forms/fields';
import { preservedInput } from '@/lib/platform/forms/preserved-input';
import type { Locale } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { requireLetterAccess } from './access';
import { localeIn } from './locale';
import { signInPath } from './sign-in/path';

/** The letter's slug in a form's hidden field; empty if there is none. */
export function slugIn(form: FormData): string {
  const slug = form.get('slug');
  return typeof slug === 'string' && isSlug(slug) ? slug : '';
}

/**
 * The result of a form: done, with the redirect target; or refused, with the state to show in the
 * form.
 */
export type Outcome<Extra extends object = object> = Redirect | Answer<Extra>;

export interface Redirect {
  redirectTo: string;
}

interface Answer<Extra extends object> {
  /** Error codes by field. */
  errors?: Record<string, string[]>;
  /** An error code for the whole form. The page is rendered again to show the current state. */
  problem?: string;
  /** Values to show instead of the submitted ones. */
  typed?: Record<string, string>;
  /** Additional properties of this form's state. */
  extra?: Extra;
  /** Something was saved, so the page is rendered again. */
  isDone?: boolean;
}

/** Redirects to an admin page of the form's letter, which shows a notice of the result. */
export function notice(form: FormData, section: Section, code: string): Redirect {
  return { redirectTo: `${sectionPath(slugIn(form), section)}?notice=${code}` };
}

/** The access check of an action; redirects or throws `notFound` if it fails. */
type Authorise<Access> = (locale: Locale, form: FormData) => Promise<Access>;

interface Work<Access, S extends z.ZodType, Extra extends object = object> {
  schema: S;
  run: (access: Access, input: z.output<S>) => Promise<Outcome<Extra>>;
}

/** The act that a form about a letter performs, from lib/coordinator/permissions.ts. */
type Submission<A extends Act, S extends z.ZodType, Extra extends object = object> = {
  act: A;
} & Work<AccessFor<A>, S, Extra>;

const toLetter =
  <A extends Act>(act: A): Authorise<AccessFor<A>> =>
  (locale, form) =>
    requireLetterAccess(locale, slugIn(form), act);

/** The state of a refused form, with everything that was typed. */
function answer<Extra extends object>(
  form: FormData,
  { errors = {}, problem, typed, extra }: Answer<Extra>,
): FormState & Partial<Extra> {
  return {
    answer: Date.now(),
    typed: { ...preservedInput(form), ...typed },
    errors,
    problem: problem ?? null,
    ...extra,
  } as FormState & Partial<Extra>;
}

/** Parses a form and runs its command; invalidates cached pages after the commit. */
async function execute<Access, S extends z.ZodType, Extra extends object>(
  form: FormData,
  authorise: Authorise<Access>,
  { schema, run }: Work<Access, S, Extra>,
): Promise<Outcome<Extra>> {
  const access = await authorise(localeIn(form.get('locale')), form);
  const parsed = schema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { errors: errorsByField(parsed.error) };
  const outcome = await run(access, parsed.data);
  if ('redirectTo' in outcome || outcome.isDone) await emptyPageCache();
  return outcome;
}

function follow(form: FormData, redirectTo: string): never {
  redirect(`/${localeIn(form.get('locale'))}${redirectTo}`);
}

/**
 * Runs the action of a form about a letter: access check, schema, command, redirect with a notice.
 * A refused form is shown again with the submitted values. The same happens on internal errors and
 * if the session has expired, because a redirect to the sign-in page would lose the input. Without
 * JavaScript an expired session cannot show the form again, since its page requires a session. It
 * redirects with 303 instead of the page's own 307, so that the browser does not post the form to
 * the sign-in page, which says that nothing was saved; the Back button restores the input.
 */
export async function submit<A extends Act, S extends z.ZodType, Extra extends object = object>(
  form: FormData,
  { act, ...work }: Submission<A, S, Extra>,
): Promise<FormState & Partial<Extra>> {
  return submitAs<AccessFor<A>, S, Extra>(form, toLetter(act), work);
}

/** Like {@link submit}, for a form that is not about a letter. */
export async function submitAs<Access, S extends z.ZodType, Extra extends object = object>(
  form: FormData,
  authorise: Authorise<Access>,
  work: Work<Access, S, Extra>,
): Promise<FormState & Partial<Extra>> {
  try {
    if (!(await signedIn())) {
      if (!(await headers()).has('next-action')) follow(form, signInPath('ended'));
      return answer<Extra>(form, { problem: 'signed-out' });
    }
    const outcome = await execute(form, authorise, work);
    if ('redirectTo' in outcome) return follow(form, outcome.redirectTo);
    if (outcome.problem || outcome.isDone) refresh();
    return answer<Extra>(form, outcome);
  } catch (error) {
    unstable_rethrow(error); // redirect() works by throwing
    log('error', 'an admin form could not be saved', { error: errorName(error) });
    return answer<Extra>(form, { problem: 'failed' });
  }
}

/**
 * Runs the action of a button without input fields. Like {@link submit}, but always redirects.
 * @param otherwise redirect target if the hidden fields are malformed
 */
export async function press<A extends Act, S extends z.ZodType>(
  form: FormData,
  { act, ...work }: Submission<A, S>,
  otherwise: Redirect,
): Promise<void> {
  await pressAs<AccessFor<A>, S>(form, toLetter(act), work, otherwise);
}

/** Like {@link press}, for a button that is not about a letter. */
export async function pressAs<Access, S extends z.ZodType>(
  form: FormData,
  authorise: Authorise<Access>,
  work: Work<Access, S>,
  otherwise: Redirect,
): Promise<void> {
  if (!(await signedIn())) follow(form, signInPath('ended'));
  const outcome = await execute<Access, S, object>(form, authorise, work);
  follow(form, 'redirectTo' in outcome ? outcome.redirectTo : otherwise.redirectTo);
}
