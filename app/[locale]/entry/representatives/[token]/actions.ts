'use server';

import { hasLocale } from 'next-intl';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { removeRepresentative } from '@/lib/endorsement/representatives/commands';
import {
  cancelNomination,
  nominate,
  nominateAgain,
} from '@/lib/endorsement/representatives/nominations/commands';
import { nominationSchema } from '@/lib/endorsement/representatives/nominations/schema';
import { clientOf } from '@/lib/platform/client-address';
import { errorsByField } from '@/lib/platform/forms/fields';
import { preservedInput } from '@/lib/platform/forms/preserved-input';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { tokenOf } from '@/app/[locale]/secret-link';
import { representativesPath, type RepresentativesOutcome } from './outcome';

/** An id that no row has, in place of malformed input. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

function read(form: FormData): { token: string; locale: Locale; id: string } {
  const requested = form.get('locale');
  return {
    token: tokenOf(form),
    locale: hasLocale(routing.locales, requested) ? requested : routing.defaultLocale,
    id: z.uuid().catch(NO_ID).parse(form.get('id')),
  };
}

const minutesOf = (seconds: number) => Math.ceil(seconds / 60);

/** Nominates a colleague. */
export async function nominateColleague(
  _previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  const { token, locale } = read(form);
  const answer = { answer: Date.now(), typed: preservedInput(form), problem: null };
  const parsed = nominationSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { ...answer, errors: errorsByField(parsed.error) };
  try {
    const result = await nominate(token, parsed.data, clientOf(await headers()));
    if (result.ok)
      return redirect({ href: representativesPath(token, { done: 'nominated' }), locale });
    // A link that does not work says so on its page.
    if (result.reason === 'unknown') return redirect({ href: representativesPath(token), locale });
    return {
      ...answer,
      errors: {},
      problem: result.reason,
      ...(result.reason === 'too-many' && {
        details: { minutes: String(minutesOf(result.retryAfterSeconds)) },
      }),
    };
  } catch (error) {
    unstable_rethrow(error); // redirect() works by throwing
    log('error', 'a representative could not be nominated', { error: errorName(error) });
    return { ...answer, errors: {}, problem: 'failed' };
  }
}

/** Runs the command of a button and redirects to the page. Errors are logged without the token. */
async function press(
  form: FormData,
  done: RepresentativesOutcome,
  run: (
    token: string,
    id: string,
  ) => Promise<
    | { ok: true; left?: boolean }
    | { ok: false; reason: 'unknown' | 'not-possible' }
    | { ok: false; reason: 'too-many'; retryAfterSeconds: number }
  >,
): Promise<void> {
  const { token, locale, id } = read(form);
  const result = await run(token, id).catch((error: unknown) => {
    log('error', 'the representatives of an entry could not be changed', {
      error: errorName(error),
    });
    return null;
  });
  if (result?.ok && result.left) return redirect({ href: '/entry/left', locale });
  const failed = (): RepresentativesOutcome | undefined => {
    if (!result) return { failed: 'failed' };
    if (result.ok) return done;
    if (result.reason === 'too-many') return { minutes: minutesOf(result.retryAfterSeconds) };
    return result.reason === 'unknown' ? undefined : { failed: result.reason };
  };
  redirect({ href: representativesPath(token, failed()), locale });
}

/** Mails a nominee another link. */
export async function mailAgain(form: FormData): Promise<void> {
  const client = clientOf(await headers());
  await press(form, { done: 'again' }, (token, id) => nominateAgain(token, id, client));
}

/** Cancels a nomination. */
export async function cancel(form: FormData): Promise<void> {
  await press(form, { done: 'cancelled' }, cancelNomination);
}

/** Removes a representative, or lets the reader leave. */
export async function remove(form: FormData): Promise<void> {
  await press(form, { done: 'removed' }, removeRepresentative);
}
