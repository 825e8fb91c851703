/** What a server process does besides answering requests. Every process does it; none minds that others do, too. */
import { renderMail } from '../emails/render.tsx';
import { db } from './platform/db/client.ts';
import { env, tellNextAuth } from './platform/env.ts';
import { SENT_MAIL_DAYS } from './platform/limits.ts';
import { errorMessage, log } from './platform/log.ts';
import { startDispatcher } from './platform/mail/dispatcher.ts';
import { watchForChanges } from './platform/page-cache/watcher.ts';
import { closeRateLimits } from './platform/rate-limits.ts';
import { deleteOtherAttempts } from './verification/commands.ts';
import { deleteUnconfirmed, renewOutdated } from './endorsement/commands.ts';

const CLEANING_INTERVAL_MS = 3_600_000;

/** Deletes what has outlived its term: unconfirmed sign-ups, sent mails, rate limit counters, ended sessions and sign-in links. */
export async function deleteExpired(now: Date = new Date()): Promise<void> {
  const oldestMail = new Date(now.getTime() - SENT_MAIL_DAYS * 24 * 3_600_000);
  await deleteUnconfirmed(now);
  await db().mail.deleteMany({ where: { OR: [{ sentAt: { lt: oldestMail } }, { failedAt: { lt: oldestMail } }] } });
  await db().mailboxMessage.deleteMany({ where: { receivedAt: { lt: oldestMail } } });
  await db().session.deleteMany({ where: { expiresAt: { lt: now } } });
  await deleteOtherAttempts(null);
  await db().rateLimit.deleteMany({ where: { expire: { lt: now.getTime() } } });
  await db().signInToken.deleteMany({ where: { expiresAt: { lt: now } } });
}

/** Starts the mail dispatcher, the watch for changes by other processes, and the hourly cleaning. */
export function startBackground(): void {
  tellNextAuth();
  const dispatcher = startDispatcher({ db: db(), env: env(), render: renderMail });
  const stopWatching = watchForChanges();
  const clean = () => deleteExpired().catch((error: unknown) => log('warn', 'cleaning failed', { error: errorMessage(error) }));
  void clean();
  void renewOutdated().catch((error: unknown) => log('warn', 'sort keys could not be renewed', { error: errorMessage(error) }));
  const cleaning = setInterval(clean, CLEANING_INTERVAL_MS);
  // The server's own shutdown (scripts/server.mjs) waits for this before it ends the process.
  Object.assign(globalThis, {
    undersignedStop: async () => {
      clearInterval(cleaning);
      stopWatching();
      await dispatcher.stop();
      await closeRateLimits();
      await db().$disconnect();
    },
  });
}
