'use server';

import { hasLocale } from 'next-intl';
import { unstable_rethrow } from 'next/navigation';
import type { FormState } from '@/components/ui/form-state';
import {
  cancelErasure,
  correctRepresentative,
  requestErasure,
  withdraw,
  withhold,
  type OwnRefusal,
  type Withheld,
} from '@/lib/endorsement/entry/commands';
import { replaceEntryLinks } from '@/lib/endorsement/entry/links/commands';
import { keepPage, releasePage } from '@/lib/endorsement/retention/commands';
import { withdrawalSchema } from '@/lib/endorsement/entry/schema';
import { linkToAnswer } from '@/lib/revision/reaffirmation/commands';
import { allowMailingsOfEntry, endMailingsOfEntry } from '@/lib/mailing/ending/commands';
import { personSchema } from '@/lib/endorsement/schema';
import { errorsByField } from '@/lib/platform/forms/fields';
import { preservedInput } from '@/lib/platform/forms/preserved-input';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { tokenOf } from '@/app/[locale]/secret-link';
import { entryPath, type EntryOutcome } from './outcome';

function read(form: FormData): { token: string; locale: Locale } {
  const requested = form.get('locale');
  return {
    token: tokenOf(form),
    locale: hasLocale(routing.locales, requested) ? requested : routing.defaultLocale,
  };
}

/** The outcome of a refused action; a link that does not work says so on its page. */
const refused = ({ reason }: Exclude<Withheld, { ok: true }>): EntryOutcome | undefined =>
  reason === 'unknown' ? undefined : { failed: reason };

/** Runs the command of a button and redirects to the entry's page. Errors are logged without the token. */
async function press(
  form: FormData,
  done: EntryOutcome,
  run: (token: string) => Promise<{ ok: true } | OwnRefusal | Withheld>,
): Promise<void> {
  const { token, locale } = read(form);
  const result = await run(token).catch((error: unknown) => {
    log('error', 'an entry could not be changed', { error: errorName(error) });
    return null;
  });
  if (result?.ok) await emptyPageCache();
  const outcome = result ? (result.ok ? done : refused(result)) : ({ failed: 'failed' } as const);
  redirect({ href: entryPath(token, outcome), locale });
}

/** Opens the question whether the organization stands behind the present text. */
export async function answerForText(form: FormData): Promise<void> {
  const { token, locale } = read(form);
  const result = await linkToAnswer(token).catch((error: unknown) => {
    log('error', 'a question about a text could not be opened', { error: errorName(error) });
    return null;
  });
  if (result?.ok) return redirect({ href: `/reaffirm/${result.token}`, locale });
  redirect({ href: entryPath(token, result ? refused(result) : { failed: 'failed' }), locale });
}

/** Withholds the name, at once. */
export async function withholdName(form: FormData): Promise<void> {
  await press(form, { done: 'withheld' }, withhold);
}

/** Asks for the erasure of what is held about the entry. */
export async function askForErasure(form: FormData): Promise<void> {
  await press(form, { done: 'erasure' }, requestErasure);
}

/** Takes the request for erasure back. */
export async function takeBackErasure(form: FormData): Promise<void> {
  await press(form, { done: 'erasureCancelled' }, cancelErasure);
}

/** As a refusal of the others, where the link does not work. */
const ofMailings = (command: (token: string) => Promise<boolean>) => async (token: string) =>
  (await command(token))
    ? { ok: true as const }
    : { ok: false as const, reason: 'unknown' as const };

/** Ends mailings of the letter to the entry's address. */
export async function endMailings(form: FormData): Promise<void> {
  await press(form, { done: 'mailingsEnded' }, ofMailings(endMailingsOfEntry));
}

/** Allows them again. */
export async function allowMailings(form: FormData): Promise<void> {
  await press(form, { done: 'mailingsAllowed' }, ofMailings(allowMailingsOfEntry));
}

/** Keeps the page, and with it the contact data. */
export async function keepOwnPage(form: FormData): Promise<void> {
  await press(form, { done: 'kept' }, (token) => keepPage(token));
}

/** No longer keeps the page. */
export async function releaseOwnPage(form: FormData): Promise<void> {
  await press(form, { done: 'released' }, (token) => releasePage(token));
}

/** Withdraws the endorsement, with an optional reason. */
export async function withdrawEntry(
  _previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  const { token, locale } = read(form);
  const answer = { answer: Date.now(), typed: preservedInput(form), problem: null };
  const parsed = withdrawalSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { ...answer, errors: errorsByField(parsed.error) };
  try {
    const result = await withdraw(token, parsed.data.reason);
    if (result.ok) await emptyPageCache();
    const outcome = result.ok ? ({ done: 'withdrawn' } as const) : refused(result);
    return redirect({ href: entryPath(token, outcome), locale });
  } catch (error) {
    unstable_rethrow(error); // redirect() works by throwing
    log('error', 'an endorsement could not be withdrawn', { error: errorName(error) });
    return { ...answer, errors: {}, problem: 'failed' };
  }
}

/** Corrects the representative's own name and role. */
export async function correctPerson(
  _previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  const { token, locale } = read(form);
  const answer = { answer: Date.now(), typed: preservedInput(form), problem: null };
  const parsed = personSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { ...answer, errors: errorsByField(parsed.error) };
  try {
    const result = await correctRepresentative(token, parsed.data);
    const outcome = result.ok
      ? ({ done: result.changed ? 'done' : 'unchanged' } as const)
      : refused(result);
    return redirect({ href: entryPath(token, outcome), locale });
  } catch (error) {
    unstable_rethrow(error); // redirect() works by throwing
    log('error', 'a representative could not be corrected', { error: errorName(error) });
    return { ...answer, errors: {}, problem: 'failed' };
  }
}

/** Ends all links to the entry, and mails a new one. */
export async function replaceLink(form: FormData): Promise<void> {
  const { token, locale } = read(form);
  const result = await replaceEntryLinks(token, locale).catch((error: unknown) => {
    log('error', 'the links to an entry could not be replaced', { error: errorName(error) });
    return null;
  });
  if (!result) redirect({ href: entryPath(token, { failed: 'failed' }), locale });
  redirect({ href: result?.ok ? '/entry/replaced' : entryPath(token), locale });
}
