import { unstable_rethrow } from 'next/navigation';
import type { RunState } from '@/components/running/form-state';
import { log } from '@/lib/platform/log';

/** The letter's address that a form carries. */
export const slugIn = (form: FormData) => String(form.get('slug') ?? '');

/** A form that was not saved, with all that was typed in it. */
export function kept(form: FormData, errors: Record<string, string[]>, problem: string | null = null): RunState {
  const typed = Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' && !name.startsWith('$') ? [[name, value]] : [])),
  );
  return { answer: Date.now(), typed, errors, problem };
}

/** Runs what a form asks for. When that fails for a reason of ours, the form comes back as it was typed. */
export async function orKept(form: FormData, work: () => Promise<RunState>): Promise<RunState> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error); // redirects are thrown, too
    log('error', 'a form of the tool could not be saved', { error: error instanceof Error ? error.name : typeof error });
    return kept(form, {}, 'failed');
  }
}
