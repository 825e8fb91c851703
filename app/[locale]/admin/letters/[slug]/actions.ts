'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { reviewPath, type ReviewView } from '@/components/endorsement/review/view';
import { correct, decide, type Done } from '@/lib/endorsement/review/commands';
import { correctionSchema, decisionSchema, queueSchema } from '@/lib/endorsement/review/schema';
import { mergeOrganizations } from '@/lib/organization/commands';
import { retryMail } from '@/lib/platform/mail/failures';
import { press, slugIn, submit, type Outcome, type Redirect } from '../../form-actions';
import { viewSchema } from './view';

/** Redirects to the view that the form was in, with the result. */
function toView(form: FormData, outcome: Partial<ReviewView>): Redirect {
  const { state, q, page, at } = viewSchema.parse(Object.fromEntries(form));
  return { redirectTo: reviewPath(slugIn(form), { state, q, page, at, ...outcome }) };
}

/**
 * Where to redirect after a decision: in the queue, to the entry now at its position; elsewhere, to
 * the entry itself.
 */
function afterDecision(
  form: FormData,
  done: Done,
  id: string,
  step: 'approve' | 'decline' | 'withdraw' | 'take_back',
): Redirect {
  if (!done.ok) {
    if (done.reason === 'not-found') return toView(form, { notice: 'gone' });
    if (done.reason === 'organization-has-signed')
      return toView(form, { notice: 'organizationSigned', of: id, entry: id });
    return toView(form, { entry: id, refused: true });
  }
  const { state } = queueSchema.parse(Object.fromEntries(form));
  const inQueue = state === 'verified' && step !== 'take_back';
  return toView(form, { notice: step, of: id, entry: inQueue ? undefined : id });
}

/** Approves or withdraws an entry, or undoes the last decision. */
export async function takeStep(form: FormData) {
  await press(
    form,
    {
      act: 'decide',
      schema: decisionSchema,
      run: async (reviewer, decision) =>
        afterDecision(form, await decide(reviewer, decision), decision.id, decision.step),
    },
    toView(form, {}),
  );
}

/** The decline form has no `step` field. */
const declineSchema = z.preprocess(
  (fields) => ({ ...(fields as object), step: 'decline' }),
  decisionSchema,
);

/** Declines with a reason. */
export async function decline(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'decide',
    schema: declineSchema,
    run: async (reviewer, decision): Promise<Outcome> => {
      const done = await decide(reviewer, decision);
      if (done.ok || done.reason === 'not-found')
        return afterDecision(form, done, decision.id, 'decline');
      return { problem: 'refused' };
    },
  });
}

/** Corrects the names or the reading. */
export async function correctNames(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'correct',
    schema: correctionSchema,
    run: async (reviewer, correction): Promise<Outcome> => {
      const { id } = correction;
      const done = await correct(reviewer, correction);
      if (done.ok) return toView(form, { notice: 'correct', of: id, entry: id });
      return done.reason === 'not-found'
        ? toView(form, { notice: 'gone' })
        : { problem: 'refused' };
    },
  });
}

/** Merges the organization of an entry into another. */
export async function merge(form: FormData) {
  await press(
    form,
    {
      act: 'mergeOrganizations',
      schema: z.object({ id: z.uuid(), from: z.uuid(), into: z.uuid() }),
      run: async (administrator, { id, from, into }) => {
        const merged = await mergeOrganizations(administrator, { from, into });
        const refused = !merged.ok && merged.reason === 'both-signed' ? 'BothSigned' : 'Refused';
        return toView(form, {
          notice: merged.ok ? 'merge' : `merge${refused}`,
          of: id,
          entry: id,
        });
      },
    },
    toView(form, { notice: 'mergeRefused' }),
  );
}

/** Retries a failing mail of the letter. */
export async function retry(form: FormData) {
  await press(
    form,
    {
      act: 'retryMail',
      schema: z.object({ mail: z.uuid() }),
      run: async (reviewer, { mail }) => {
        const isDue = await retryMail(mail, reviewer.letterId);
        return toView(form, { notice: isDue ? 'retry' : 'retryRefused' });
      },
    },
    toView(form, { notice: 'retryRefused' }),
  );
}
