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

/** The letter's slug that a form carries; empty where it carries none. */
export function slugIn(form: FormData): string {
  const slug = form.get('slug');
  return typeof slug === 'string' && isSlug(slug) ? slug : '';
}

/** What became of a form: done, and where to redirect; or refused, with what the form shows then. */
export type Outcome<Extra extends object = object> = Redirect | Answer<Extra>;

export interface Redirect {
  redirectTo: string;
}

interface Answer<Extra extends object> {
  /** Codes by field. */
  errors?: Record<string, string[]>;
  /** A code of the form's own. The page is rendered again, to show the present state. */
  problem?: string;
  /** Values to show in place of what was typed. */
  typed?: Record<string, string>;
  /** What this form's state has besides. */
  extra?: Extra;
  /** Something was done: the page is rendered again. */
  isDone?: boolean;
}

/** Redirects to an admin page of the form's letter, which shows a notice of what was done. */
export function notice(form: FormData, section: Section, code: string): Redirect {
  return { redirectTo: `${sectionPath(slugIn(form), section)}?notice=${code}` };
}

/** The access check of an action; redirects or throws `notFound` where it fails. */
type Authorise<Access> = (locale: Locale, form: FormData) => Promise<Access>;

interface Work<Access, S extends z.ZodType, Extra extends object = object> {
  schema: S;
  run: (access: Access, input: z.output<S>) => Promise<Outcome<Extra>>;
}

/** What a form about a letter does: an act of lib/coordinator/permissions.ts. */
type Submission<A extends Act, S extends z.ZodType, Extra extends object = object> = {
  act: A;
} & Work<AccessFor<A>, S, Extra>;

const toLetter =
  <A extends Act>(act: A): Authorise<AccessFor<A>> =>
  (locale, form) =>
    requireLetterAccess(locale, slugIn(form), act);

/** The state of a form that was not done, with all that was typed in it. */
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

/** Parses a form and runs what it asks for; invalidates cached pages after the commit. */
async function execute<Access, S extends z.ZodType, Extra extends object>(
  form: FormData,
  authorise: Authorise<Access>,
  { schema, run }: Work<Access, S, Extra>,
): Promise<Outcome<Extra>> {
  const access = await authorise(localeIn(form.get('locale')), form);
  const parsed = schema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { errors: errorsByField(parsed.error) };
  const outcome = await run(access, parsed.data);
  if ('redirectTo' in outcome || outcome.isDone) emptyPageCache();
  return outcome;
}

function follow(form: FormData, redirectTo: string): never {
  redirect(`/${localeIn(form.get('locale'))}${redirectTo}`);
}

/**
 * The action of a form about a letter: access check, schema, command, redirect with a notice. Refused, the form comes back
 * as it was typed; so it does when something fails on our side, or the session has ended meanwhile: a redirect to the
 * sign-in page would lose it. Without scripts it cannot come back, since its page is only for who is signed in; redirected
 * here, the browser does not send the form on to the sign-in page (303, where the page's own redirect is 307), and going
 * back finds what was typed.
 */
export async function submit<A extends Act, S extends z.ZodType, Extra extends object = object>(
  form: FormData,
  { act, ...work }: Submission<A, S, Extra>,
): Promise<FormState & Partial<Extra>> {
  return submitAs<AccessFor<A>, S, Extra>(form, toLetter(act), work);
}

/** As {@link submit}, of a form that is about no letter. */
export async function submitAs<Access, S extends z.ZodType, Extra extends object = object>(
  form: FormData,
  authorise: Authorise<Access>,
  work: Work<Access, S, Extra>,
): Promise<FormState & Partial<Extra>> {
  try {
    if (!(await signedIn())) {
      if (!(await headers()).has('next-action'))
        redirect(`/${localeIn(form.get('locale'))}/admin/sign-in`);
      return answer<Extra>(form, { problem: 'signed-out' });
    }
    const outcome = await execute(form, authorise, work);
    if ('redirectTo' in outcome) return follow(form, outcome.redirectTo);
    if (outcome.problem || outcome.isDone) refresh();
    return answer<Extra>(form, outcome);
  } catch (error) {
    unstable_rethrow(error); // redirects are thrown, too
    log('error', 'an admin form could not be saved', { error: errorName(error) });
    return answer<Extra>(form, { problem: 'failed' });
  }
}

/**
 * The action of a button that has no fields to fill in: as {@link submit}, but it always redirects.
 * @param otherwise where to, when the button's hidden fields are malformed
 */
export async function press<A extends Act, S extends z.ZodType>(
  form: FormData,
  { act, ...work }: Submission<A, S>,
  otherwise: Redirect,
): Promise<void> {
  const outcome = await execute<AccessFor<A>, S, object>(form, toLetter(act), work);
  follow(form, 'redirectTo' in outcome ? outcome.redirectTo : otherwise.redirectTo);
}
