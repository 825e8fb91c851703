/**
 * What is done besides responding, by every server process or by rounds from outside
 * (app/api/cron). Doing it several times at once is safe. Mails are sent besides: mail/dispatcher.ts.
 */
import { db } from '@/lib/platform/db/client';
import { mailSignInLinks } from '@/lib/platform/auth/sign-in';
import { renderMail } from '@/emails/render';
import { env } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import type { DispatcherOptions } from '@/lib/platform/mail/sending';
import { errorFacts } from '@/lib/platform/process-log';
import { deleteOtherAttempts } from '@/lib/endorsement/verification/commands';
import { mailEntryLinks } from '@/lib/endorsement/entry/links/commands';
import { sealEvidence } from '@/lib/endorsement/attested/vouching/commands';
import { sealImports } from '@/lib/endorsement/imports/commands';
import { carryOutImports } from '@/lib/endorsement/imports/carrying-out/commands';
import { remindInvitees, sealInvitees } from '@/lib/endorsement/invitees/commands';
import { remindUnconfirmed } from '@/lib/endorsement/reminders/commands';
import { renewOutdated } from '@/lib/endorsement/renewal/commands';
import { sealWithheld } from '@/lib/endorsement/sealing/commands';
import { makeDeliveries } from '@/lib/delivery/making/commands';
import { retain } from '@/lib/retention/commands';

export interface Job {
  /** For the log, and for whoever asked for a round. */
  name: string;
  /** `always`: somebody waits for it; `hourly`: it is due by the clock; `once`: after an update. */
  when: 'always' | 'hourly' | 'once';
  /** Returns how much was done. Of what is done always: part of it, and 0 once nothing is left. */
  run(): Promise<number>;
}

const sum = (counts: readonly (number | null)[]) =>
  counts.reduce<number>((total, count) => total + (count ?? 0), 0);

/** Carries out the retention rules, and what an interrupted confirmation has left to do. */
async function clean(): Promise<number> {
  const done = [...(await retain())].filter(([, count]) => count);
  if (done.length > 0) log('info', 'retention', Object.fromEntries(done));
  await deleteOtherAttempts(null);
  return sum(done.map(([, count]) => count));
}

/** Seals what a process of an older version may have left. */
const sealNames = async () =>
  sum(await Promise.all([sealWithheld(), sealInvitees(), sealImports(), sealEvidence()]));

export const JOBS: readonly Job[] = [
  { name: 'sign-in links', when: 'always', run: () => mailSignInLinks() },
  { name: 'links to entries', when: 'always', run: () => mailEntryLinks() },
  { name: 'imports', when: 'always', run: () => carryOutImports() },
  { name: 'deliveries', when: 'always', run: () => makeDeliveries() },
  { name: 'reminders of sign-ups', when: 'hourly', run: () => remindUnconfirmed() },
  { name: 'reminders of invitees', when: 'hourly', run: () => remindInvitees() },
  // Hourly, not daily: lists that were not used, sign-ins and given-up mails are promised to go within hours.
  { name: 'retention', when: 'hourly', run: clean },
  { name: 'sealing', when: 'hourly', run: sealNames },
  { name: 'sort keys', when: 'once', run: () => renewOutdated() },
];

/** With what mails are sent. */
export const mailing = (): DispatcherOptions => ({ db: db(), env: env(), render: renderMail });

/** Logs that a job failed. The next run tries again. */
export function logFailure(job: string, error: unknown): void {
  log('error', 'a background job failed', { job, ...errorFacts(error) });
}
