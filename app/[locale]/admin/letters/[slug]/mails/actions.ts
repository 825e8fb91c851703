'use server';

import { z } from 'zod';
import { logPath } from '@/components/endorsement/review/log-path';
import { retryMail } from '@/lib/platform/mail/failures';
import { press, slugIn, type Redirect } from '../../../form-actions';
import { logViewSchema } from './view';

/** Redirects to the page of the log that the form was on, with the result. */
function toLog(form: FormData, notice: 'retry' | 'retryRefused'): Redirect {
  const { show, after } = logViewSchema.parse(Object.fromEntries(form));
  return { redirectTo: logPath(slugIn(form), { show, after, notice }) };
}

/** Retries a failing mail of the log. */
export async function retryLogged(form: FormData) {
  await press(
    form,
    {
      act: 'retryMail',
      schema: z.object({ mail: z.uuid() }),
      run: async (reviewer, { mail }) =>
        toLog(form, (await retryMail(mail, reviewer.letterId)) ? 'retry' : 'retryRefused'),
    },
    toLog(form, 'retryRefused'),
  );
}
