'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { dismissDenial } from '@/lib/endorsement/attested/denials/commands';
import { vouch as vouchFor } from '@/lib/endorsement/attested/vouching/commands';
import {
  correct,
  decide,
  setCategory,
  setCoordinating,
  type Done,
} from '@/lib/endorsement/review/commands';
import {
  addNote as addNoteTo,
  deleteNote as removeNote,
} from '@/lib/endorsement/review/notes/commands';
import {
  changeDecisionSchema,
  categorySchema,
  coordinatingSchema,
  correctionSchema,
  decisionSchema,
  dismissalSchema,
  entryAsSeenSchema,
  entryNoteSchema,
  noteSchema,
  queueSchema,
  vouchSchema,
} from '@/lib/endorsement/review/schema';
import { liftSuppression, resendLink } from '@/lib/endorsement/review/mails/commands';
import { erase, settleChange } from '@/lib/endorsement/review/requests/commands';
import { mergeOrganizations } from '@/lib/organization/commands';
import { retryMail } from '@/lib/platform/mail/failures';
import { press, submit, type Outcome, type Redirect } from '../../../form-actions';
import { toView } from './to-view';

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
      if (done.reason === 'reason-gone') return { errors: { reason: ['reasonGone'] } };
      return { problem: 'refused' };
    },
  });
}

/** Vouches for an unconfirmed sign-up, with evidence. */
export async function vouch(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'attest',
    schema: vouchSchema,
    run: async (reviewer, { evidenceFile, ...vouched }): Promise<Outcome> => {
      const { id } = vouched;
      const file =
        evidenceFile && evidenceFile.size > 0
          ? { name: evidenceFile.name, bytes: Buffer.from(await evidenceFile.arrayBuffer()) }
          : null;
      const done = await vouchFor(reviewer, vouched, file);
      // It waits for review now.
      if (done.ok)
        return toView(form, { state: 'verified', page: 1, notice: 'vouch', of: id, entry: id });
      if (done.reason === 'not-found') return toView(form, { notice: 'gone' });
      if (done.reason === 'fileTooBig' || done.reason === 'fileType')
        return { errors: { evidenceFile: [done.reason] } };
      return { problem: done.reason === 'text' ? 'text' : 'refused' };
    },
  });
}

/** Lets an attested entry stand whose address denies it. */
export async function dismiss(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'decide',
    schema: dismissalSchema,
    run: async (reviewer, dismissal): Promise<Outcome> => {
      const { id } = dismissal;
      const done = await dismissDenial(reviewer, dismissal);
      if (done.ok) return toView(form, { notice: 'dismissed', of: id, entry: id });
      return done.reason === 'not-found'
        ? toView(form, { notice: 'gone' })
        : { problem: 'refused' };
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

/** Accepts or declines the change that an organization proposed to its entry. */
export async function decideOnChange(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'decide',
    schema: changeDecisionSchema,
    run: async (reviewer, asked): Promise<Outcome> => {
      const { id, decision } = asked;
      const done = await settleChange(reviewer, asked);
      if (done.ok)
        return toView(form, {
          notice: decision === 'accept' ? 'accept' : 'declineChange',
          of: id,
          entry: id,
        });
      return done.reason === 'not-found'
        ? toView(form, { notice: 'gone' })
        : { problem: 'refused' };
    },
  });
}

/** Erases what is held about an entry, as its organization asked. */
export async function eraseEntry(form: FormData) {
  await press(
    form,
    {
      act: 'erase',
      schema: entryAsSeenSchema,
      run: async (owner, asked) => {
        const erased = await erase(owner, asked);
        if (!erased.ok)
          return toView(
            form,
            erased.reason === 'not-found' ? { notice: 'gone' } : { entry: asked.id, refused: true },
          );
        return erased.outcome === 'deleted'
          ? toView(form, { notice: 'eraseDeleted' })
          : toView(form, { notice: 'eraseKept', of: asked.id, entry: asked.id });
      },
    },
    toView(form, {}),
  );
}

/** Sets whether an organization coordinates the letter. */
export async function coordinate(form: FormData) {
  await press(
    form,
    {
      act: 'correct',
      schema: coordinatingSchema,
      run: async (reviewer, change) => {
        const { id, coordinating } = change;
        const done = await setCoordinating(reviewer, change);
        if (done.ok)
          return toView(form, {
            notice: coordinating ? 'coordinates' : 'coordinatesNot',
            of: id,
            entry: id,
          });
        return toView(
          form,
          done.reason === 'not-found' ? { notice: 'gone' } : { entry: id, refused: true },
        );
      },
    },
    toView(form, {}),
  );
}

/** Puts an entry into one of the letter's categories. */
export async function categorise(form: FormData) {
  await press(
    form,
    {
      act: 'correct',
      schema: categorySchema,
      run: async (reviewer, change) => {
        const { id } = change;
        const done = await setCategory(reviewer, change);
        if (done.ok) return toView(form, { notice: 'categorised', of: id, entry: id });
        return toView(
          form,
          done.reason === 'not-found' ? { notice: 'gone' } : { entry: id, refused: true },
        );
      },
    },
    toView(form, {}),
  );
}

/** Adds a note to an entry. */
export async function addNote(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'writeNotes',
    schema: entryNoteSchema,
    run: async (reviewer, { id, entryNote }): Promise<Outcome> => {
      const done = await addNoteTo(reviewer, { id, text: entryNote });
      return done.ok
        ? toView(form, { notice: 'note', of: id, entry: id })
        : { problem: done.reason };
    },
  });
}

/** Deletes a note. */
export async function deleteNote(form: FormData) {
  await press(
    form,
    {
      act: 'writeNotes',
      schema: noteSchema,
      run: async (reviewer, { id, note }) => {
        const done = await removeNote(reviewer, note);
        return toView(form, { notice: done.ok ? 'noteDeleted' : undefined, of: id, entry: id });
      },
    },
    toView(form, {}),
  );
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

/** Allows mails to the address of an entry again. */
export async function allowMails(form: FormData) {
  await press(
    form,
    {
      act: 'retryMail',
      schema: z.object({ id: z.uuid() }),
      run: async (reviewer, { id }) => {
        const isLifted = await liftSuppression(reviewer, id);
        return toView(form, {
          notice: isLifted ? 'mailsAllowed' : 'mailsAllowedAlready',
          of: id,
          entry: id,
        });
      },
    },
    toView(form, {}),
  );
}

/** Has a new link mailed to an unconfirmed sign-up. */
export async function sendLink(form: FormData) {
  await press(
    form,
    {
      act: 'retryMail',
      schema: z.object({ id: z.uuid() }),
      run: async (reviewer, { id }) => {
        const outcome = await resendLink(reviewer, id);
        const notice = { sent: 'linkSent', recent: 'linkRecent', refused: 'linkRefused' } as const;
        return toView(form, { notice: notice[outcome], of: id, entry: id });
      },
    },
    toView(form, {}),
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
