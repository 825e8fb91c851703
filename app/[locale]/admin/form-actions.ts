import { headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import type { FormState } from '@/components/admin/form-state';
import { sectionPath, type Section } from '@/components/admin/sections';
import { isSlug } from '@/lib/letter/rules';
import { signedIn } from '@/lib/platform/auth/guard';
import { errorName, log } from '@/lib/platform/log';
import { localeIn } from './locale';

/** The letter's address that a form carries; empty where it carries none. */
export function slugIn(form: FormData): string {
  const slug = form.get('slug');
  return typeof slug === 'string' && isSlug(slug) ? slug : '';
}

/** Leads back to the page of a letter that the form is on, which says what was done. */
export function backTo(form: FormData, section: Section, done: string): never {
  redirect(`/${localeIn(form.get('locale'))}${sectionPath(slugIn(form), section)}?done=${done}`);
}

/** Most fields that come back, and the most characters in all of them together: what a browser with scripts sends at most (SizeGuard). */
const KEPT = { fields: 100, characters: 1_500_000 };

/** A form that was not saved, with all that was typed in it. */
export function kept(
  form: FormData,
  errors: Record<string, string[]>,
  problem: string | null = null,
): FormState {
  const typed: [string, string][] = [];
  let room = KEPT.characters;
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name.startsWith('$')) continue;
    if (typed.length === KEPT.fields || name.length > room) break;
    typed.push([name, value.slice(0, room - name.length)]);
    room -= name.length + value.length;
  }
  return { answer: Date.now(), typed: Object.fromEntries(typed), errors, problem };
}

/**
 * Runs what a form asks for. When that fails for a reason of ours, or the session has ended while somebody typed, the
 * form comes back as it was typed: being led to sign in would lose it. Without scripts it cannot come back, since the page
 * is only for who is signed in; redirected here, the browser does not send the form on to the sign-in page (303, where the
 * page's own redirect is 307), and going back finds what was typed.
 */
export async function orKept(form: FormData, work: () => Promise<FormState>): Promise<FormState> {
  try {
    if (await signedIn()) return await work();
    if (!(await headers()).has('next-action'))
      redirect(`/${localeIn(form.get('locale'))}/admin/sign-in`);
    return kept(form, {}, 'signed-out');
  } catch (error) {
    unstable_rethrow(error); // redirects are thrown, too
    log('error', 'a form of the tool could not be saved', { error: errorName(error) });
    return kept(form, {}, 'failed');
  }
}
