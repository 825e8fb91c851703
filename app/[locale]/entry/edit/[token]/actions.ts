'use server';

import { hasLocale } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';
import { change } from '@/lib/endorsement/entry/commands';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { changeSchema } from '@/lib/endorsement/entry/schema';
import { fieldErrors, tidied, typedSignUp } from '@/lib/endorsement/schema';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { tokenOf } from '@/app/[locale]/secret-link';
import { entryPath } from '../../[token]/outcome';

/** Handles the form with which an organization changes its entry; fields are read as in the sign-up form. */
export async function changeEntry(_previous: FormState | null, form: FormData): Promise<FormState> {
  const token = tokenOf(form);
  const requested = form.get('locale');
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  const { typed, changed } = tidied(typedSignUp(form));
  const version = String(form.get('version'));
  const answer = { answer: Date.now(), typed, errors: {}, problem: null, details: { version } };

  const unexpected = (error: unknown) => {
    log('error', 'an entry could not be changed', { error: errorName(error) });
    return null;
  };
  const found = await ownEntry(token).catch(unexpected);
  if (!found) return { ...answer, problem: 'unexpected' };
  // The page of the link says what has become of the entry.
  if (found.state === 'unknown') return redirect({ href: entryPath(token), locale });
  const parsed = changeSchema(found.settings).safeParse({
    ...typed,
    country: found.country,
    version,
  });
  // What was tidied is shown before it is sent; sent again, it is as it was shown.
  const toCheck = Object.fromEntries(changed.map((field) => [field, ['tidied' as const]]));
  if (!parsed.success) return { ...answer, errors: { ...toCheck, ...fieldErrors(parsed.error) } };
  if (changed.length > 0) return { ...answer, errors: toCheck };

  const outcome = await change(token, parsed.data).catch(unexpected);
  if (!outcome) return { ...answer, problem: 'unexpected' };
  if (outcome.ok) {
    await emptyPageCache();
    return redirect({ href: entryPath(token, { done: outcome.outcome }), locale });
  }
  if (outcome.reason === 'changed')
    return { ...answer, problem: 'changed', details: { version: String(found.version) } };
  if (outcome.reason === 'withheld-not-offered') return { ...answer, problem: outcome.reason };
  return redirect({
    href: entryPath(token, outcome.reason === 'unknown' ? undefined : { failed: outcome.reason }),
    locale,
  });
}
