import { redirect, unstable_rethrow } from 'next/navigation';
import type { RunState } from '@/components/running/form-state';
import { sectionPath, type Section } from '@/components/running/sections';
import { signedIn } from '@/lib/platform/auth/guard';
import { errorName, log } from '@/lib/platform/log';
import { localeIn } from './locale';

/** The letter's address that a form carries. */
export const slugIn = (form: FormData) => String(form.get('slug') ?? '');

/** Leads back to the page of a letter that the form is on, which says what was done. */
export function backTo(form: FormData, section: Section, done: string): never {
  redirect(`/${localeIn(form.get('locale'))}${sectionPath(slugIn(form), section)}?done=${done}`);
}

/** A form that was not saved, with all that was typed in it. */
export function kept(form: FormData, errors: Record<string, string[]>, problem: string | null = null): RunState {
  const typed = Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' && !name.startsWith('$') ? [[name, value]] : [])),
  );
  return { answer: Date.now(), typed, errors, problem };
}

/**
 * Runs what a form asks for. When that fails for a reason of ours, or the session has ended while somebody typed, the
 * form comes back as it was typed: being led to sign in would lose it.
 */
export async function orKept(form: FormData, work: () => Promise<RunState>): Promise<RunState> {
  try {
    return (await signedIn()) ? await work() : kept(form, {}, 'signed-out');
  } catch (error) {
    unstable_rethrow(error); // redirects are thrown, too
    log('error', 'a form of the tool could not be saved', { error: errorName(error) });
    return kept(form, {}, 'failed');
  }
}
