'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { fieldIn } from '@/lib/platform/languages';
import { publish } from '@/lib/revision/commands';
import { recordReaffirmation, requestAgain } from '@/lib/revision/reaffirmation/commands';
import { publicationSchema } from '@/lib/revision/schema';
import { notice, press, submit } from '../../../form-actions';

/** Publishes the letter's texts. */
export async function publishRevision(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'publish',
    schema: publicationSchema,
    run: async (owner, publication) => {
      const result = await publish(owner, publication);
      if (result.ok) return notice(form, 'revisions', publication.kind);
      if (result.reason !== 'reason-missing') return { problem: result.reason };
      const field = fieldIn('reason', publication.seen.authoritativeLanguage);
      return { errors: { [field]: ['reasonRequired'] } };
    },
  });
}

/** The signatory and the revision in the hidden fields of a button in the list. */
const signatorySchema = z.object({
  id: z.uuid(),
  revision: z.coerce.number().int().min(1).catch(0),
});

/** Sends a reminder to a signatory that has not answered. */
export async function askSignatoryAgain(form: FormData) {
  const done = (code: string) => notice(form, 'revisions', code);
  await press(
    form,
    {
      act: 'requestReaffirmation',
      schema: signatorySchema,
      run: async (owner, { id }) => {
        const result = await requestAgain(owner, id);
        return done(result.ok ? 'asked' : result.reason);
      },
    },
    done('not-asked'),
  );
}

/** Records a reaffirmation that a signatory communicated to the coordinators. */
export async function recordAnswer(form: FormData) {
  const done = (code: string) => notice(form, 'revisions', code);
  await press(
    form,
    {
      act: 'requestReaffirmation',
      schema: signatorySchema,
      run: async (owner, { id, revision }) => {
        const result = await recordReaffirmation(owner, id, revision);
        return done(result.ok ? 'recorded' : result.reason);
      },
    },
    done('not-asked'),
  );
}
