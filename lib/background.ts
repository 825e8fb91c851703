/**
 * The background jobs of a server process. Every process runs them; running them concurrently is
 * safe.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { renderMail } from '@/emails/render';
import { db } from '@/lib/platform/db/client';
import { mailSignInLinks } from '@/lib/platform/auth/sign-in';
import { env, tellNextAuth } from '@/lib/platform/env';
import { SENT_MAIL_DAYS, SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { errorMessage, errorName, log } from '@/lib/platform/log';
import { startDispatcher } from '@/lib/platform/mail/dispatcher';
import { watchForChanges } from '@/lib/platform/page-cache/watcher';
import { closeRateLimits } from '@/lib/platform/rate-limits';
import { onShutdown } from '@/lib/platform/shutdown';
import { deleteOtherAttempts } from '@/lib/endorsement/verification/commands';
import { deleteUnconfirmed } from '@/lib/endorsement/commands';
import { renewOutdated } from '@/lib/endorsement/renewal/commands';

const CLEANING_INTERVAL_MS = 3_600_000;
const SIGN_IN_INTERVAL_MS = 500;

/**
 * Deletes expired rows: unconfirmed sign-ups, sent mails, rate limit counters, ended sessions and
 * sign-in links.
 */
export async function deleteExpired(now: Date = new Date()): Promise<void> {
  const oldestMail = new Date(now.getTime() - SENT_MAIL_DAYS * 24 * 3_600_000);
  await deleteUnconfirmed(now);
  await db().mail.deleteMany({
    where: { OR: [{ sentAt: { lt: oldestMail } }, { failedAt: { lt: oldestMail } }] },
  });
  await db().mailboxMessage.deleteMany({ where: { receivedAt: { lt: oldestMail } } });
  await db().session.deleteMany({ where: { expiresAt: { lt: now } } });
  await deleteOtherAttempts(null);
  await db().rateLimit.deleteMany({ where: { expire: { lt: now.getTime() } } });
  // Sign-in links are kept for a day after they expire, so that their page can say so.
  await db().signInToken.deleteMany({
    where: { expiresAt: { lt: new Date(now.getTime() - 24 * 3_600_000) } },
  });
  await db().signInRequest.deleteMany({
    where: { createdAt: { lt: new Date(now.getTime() - SIGN_IN_LINK_MINUTES * 60_000) } },
  });
}

/** Processes requests for sign-in links continuously, until the returned function is called. */
function answerSignInRequests(): () => Promise<void> {
  const stopping = new AbortController();
  const run = async () => {
    let failing = false;
    while (!stopping.signal.aborted) {
      try {
        const answered = await mailSignInLinks();
        failing = false;
        if (answered > 0) continue; // there may be more
      } catch (error) {
        if (!failing)
          log('error', 'requests for sign-in links could not be processed', {
            error: errorName(error),
          });
        failing = true;
      }
      await sleep(SIGN_IN_INTERVAL_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

/**
 * Starts the mail dispatcher, the processing of requests for sign-in links, the watcher for changes
 * by other processes, and the hourly cleanup.
 */
export function startBackground(): void {
  tellNextAuth();
  const dispatcher = startDispatcher({ db: db(), env: env(), render: renderMail });
  const stopAnswering = answerSignInRequests();
  const stopWatching = watchForChanges();
  const clean = () =>
    deleteExpired().catch((error: unknown) =>
      log('warn', 'the hourly cleanup failed', { error: errorMessage(error) }),
    );
  void clean();
  void renewOutdated().catch((error: unknown) =>
    log('warn', 'sort keys could not be recomputed', { error: errorMessage(error) }),
  );
  const cleaning = setInterval(clean, CLEANING_INTERVAL_MS);
  onShutdown(async () => {
    clearInterval(cleaning);
    stopWatching();
    await stopAnswering();
    await dispatcher.stop();
    await closeRateLimits();
    await db().$disconnect();
  });
}
