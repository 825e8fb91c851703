'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { reviewPath, type ReviewView } from '@/components/endorsement/review/view';
import { requireLetterAccess } from '@/app/[locale]/admin/access';
import { retryMail } from '@/lib/platform/mail/failures';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { correct, decide, type Done } from '@/lib/endorsement/review/commands';
import { correctionSchema, decisionSchema, queueSchema } from '@/lib/endorsement/review/schema';
import { localeIn } from '@/app/[locale]/admin/locale';
import { kept, orKept, slugIn } from '@/app/[locale]/admin/form-actions';
import { viewSchema } from './view';

/** Leads on from a form: to the view it was in, with what became of it. */
function go(form: FormData, outcome: Partial<ReviewView>): never {
  const { state, q, page, at } = viewSchema.parse(Object.fromEntries(form));
  redirect(
    `/${localeIn(form.get('locale'))}${reviewPath(slugIn(form), { state, q, page, at, ...outcome })}`,
  );
}

/** Where a decision leads: from the queue to the entry that now stands in its place, elsewhere to the entry itself. */
function goOn(
  form: FormData,
  done: Done,
  id: string,
  step: 'approve' | 'decline' | 'withdraw' | 'take_back',
): never {
  if (!done.ok)
    return done.reason === 'not-found'
      ? go(form, { done: 'gone' })
      : go(form, { entry: id, refused: true });
  if (done.publicChange) emptyPageCache();
  const inQueue =
    queueSchema.parse(Object.fromEntries(form)).state === 'verified' && step !== 'take_back';
  return go(form, { done: step, of: id, entry: inQueue ? undefined : id });
}

/** Approves, withdraws or takes back. */
export async function takeStep(form: FormData): Promise<void> {
  const reviewer = await requireLetterAccess(
    localeIn(form.get('locale')),
    slugIn(form),
    'reviewer',
  );
  const decision = decisionSchema.safeParse(Object.fromEntries(form));
  if (!decision.success) go(form, {});
  goOn(form, await decide(reviewer, decision.data), decision.data.id, decision.data.step);
}

/** Declines with a reason. */
export async function decline(_previous: FormState | null, form: FormData): Promise<FormState> {
  return orKept(form, async () => {
    const reviewer = await requireLetterAccess(
      localeIn(form.get('locale')),
      slugIn(form),
      'reviewer',
    );
    const decision = decisionSchema.safeParse({ ...Object.fromEntries(form), step: 'decline' });
    if (!decision.success) return kept(form, z.flattenError(decision.error).fieldErrors);
    const done = await decide(reviewer, decision.data);
    if (done.ok || done.reason === 'not-found') goOn(form, done, decision.data.id, 'decline');
    refresh(); // shows the entry as it is now
    return kept(form, {}, 'refused');
  });
}

/** Corrects the names or the reading. */
export async function correctNames(
  _previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  return orKept(form, async () => {
    const reviewer = await requireLetterAccess(
      localeIn(form.get('locale')),
      slugIn(form),
      'reviewer',
    );
    const correction = correctionSchema.safeParse(Object.fromEntries(form));
    if (!correction.success) return kept(form, z.flattenError(correction.error).fieldErrors);
    const done = await correct(reviewer, correction.data);
    if (done.ok && done.publicChange) emptyPageCache();
    if (done.ok) go(form, { done: 'correct', of: correction.data.id, entry: correction.data.id });
    if (done.reason === 'not-found') go(form, { done: 'gone' });
    refresh();
    return kept(form, {}, 'refused');
  });
}

/** Sends a failing mail of the letter again. */
export async function retry(form: FormData): Promise<void> {
  const reviewer = await requireLetterAccess(
    localeIn(form.get('locale')),
    slugIn(form),
    'reviewer',
  );
  const mail = z.uuid().safeParse(form.get('mail'));
  const due = mail.success && (await retryMail(mail.data, reviewer.letterId));
  go(form, { done: due ? 'retry' : 'retryRefused' });
}
