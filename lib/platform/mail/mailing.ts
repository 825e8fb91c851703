/** Sends mailings, in batches where the provider takes them (docs/decisions/0046-updates-by-mail.md). */
import { randomUUID } from 'node:crypto';
import { log } from '@/lib/platform/log';
import { isToken } from '@/lib/platform/tokens';
import {
  compose,
  deliverEach,
  inTime,
  noteSent,
  persistently,
  type DispatcherOptions,
  type Term,
} from './sending';
import { MailError, type Message, type RenderMail, type Transport } from './message';
import type { Pace } from './pace';
import {
  claimMailing,
  keepBatch,
  markBatch,
  markFailed,
  markSuppressed,
  postpone,
  release,
  splitBatch,
  type ClaimedMail,
} from './queue';
import {
  backoffSeconds,
  BATCH_BYTES,
  BATCH_MAILS,
  BATCH_SECONDS,
  LEASE_SECONDS,
  RATE_LIMIT_SECONDS,
} from './schedule';
import { suppressionsOf } from './suppression';

type BatchTransport = Transport & Required<Pick<Transport, 'sendBatch'>>;

const takesBatches = (transport: Transport): transport is BatchTransport =>
  transport.sendBatch !== undefined;

/** Stands for the token of each mail; as long as one, so that nothing is set otherwise. */
const ANY_TOKEN = 'endingTokenOfTheRecipientOfThisVeryMailXXXX';

/**
 * Renders a mailing once a language: its mails differ in nothing but the token that ends them, and
 * rendering takes milliseconds.
 */
function renderedOnce(render: RenderMail): RenderMail {
  const rendered = new Map<string, ReturnType<RenderMail>>();
  return async (mail, appUrl) => {
    const { endingToken } = mail;
    if (endingToken === undefined || !isToken(endingToken)) return render(mail, appUrl);
    const known =
      rendered.get(mail.language) ?? render({ ...mail, endingToken: ANY_TOKEN }, appUrl);
    rendered.set(mail.language, known);
    const { subject, html, text, links, oneClickUrl } = await known;
    const own = (said: string) => said.replaceAll(ANY_TOKEN, endingToken);
    return {
      subject,
      html: own(html),
      text: own(text),
      links: links.map(own),
      ...(oneClickUrl && { oneClickUrl: own(oneClickUrl) }),
    };
  };
}

/** Marks mails to suppressed addresses, and returns the others. */
async function withoutSuppressed(
  mails: readonly ClaimedMail[],
  { db, env }: DispatcherOptions,
): Promise<ClaimedMail[]> {
  const suppressed = await suppressionsOf(
    db,
    mails.map(({ to }) => to),
    env,
  );
  for (const mail of mails) if (suppressed.has(mail.to)) await markSuppressed(db, mail);
  return mails.filter(({ to }) => !suppressed.has(to));
}

/** How many of the messages, at least one, fit into one call. */
function fitting(messages: readonly Message[]): number {
  let bytes = 0;
  const beyond = messages.findIndex(({ html, text }) => {
    bytes += Buffer.byteLength(html) + Buffer.byteLength(text);
    return bytes > BATCH_BYTES;
  });
  return beyond === -1 ? messages.length : Math.max(1, beyond);
}

/** Sends claimed mails by one call, and writes down what became of them. */
async function deliverBatch(
  { mails: claimed, batchId }: { mails: ClaimedMail[]; batchId: string | null },
  options: DispatcherOptions,
  transport: BatchTransport,
  pace: Pace,
  term: Term,
): Promise<void> {
  const { db } = options;
  const write = (step: () => Promise<unknown>) => persistently(pace, term.leaseEndsAt, step);
  let mails = claimed;
  const facts = { mails: mails.length, attempts: mails[0]!.attempts };
  try {
    let messages = await Promise.all(mails.map((mail) => compose(mail, options)));
    if (batchId === null) {
      const fit = fitting(messages);
      if (fit < mails.length) await release(db, mails.slice(fit), 0);
      mails = mails.slice(0, fit);
    }
    if (!(await inTime('mailing', pace, term))) {
      await release(db, mails, pace.wait / 1000);
      return;
    }
    const key = batchId ?? randomUUID();
    if (batchId === null) mails = await keepBatch(db, mails, key);
    const kept = new Set(mails.map(({ id }) => id));
    messages = messages.filter(({ id }) => kept.has(id));
    if (messages.length === 0) return;
    const answers = await transport.sendBatch(messages, `batch-${key}`);
    await write(async () => {
      if ((await markBatch(db, mails, answers)) < mails.length)
        log('warn', 'mails were sent after their lease had expired', facts);
    });
    await noteSent(db, pace, facts.attempts);
    const refused = answers.filter((answer) => answer.refused !== undefined).length;
    if (refused > 0) log('error', 'mails of a mailing were refused', { mails: refused });
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const reason = error.message;
    if (error.kind === 'rate-limited') {
      const seconds = error.retryAfterSeconds ?? RATE_LIMIT_SECONDS;
      pace.pause(seconds);
      await write(() => release(db, mails, seconds, reason));
      log('info', 'the mail provider limits the rate', { seconds });
    } else if (error.kind === 'permanent') {
      await write(() => splitBatch(db, mails));
      log('warn', 'a batch of mails was refused; each is sent by itself', { ...facts, reason });
    } else {
      pace.isProviderInDoubt = true;
      await write(() => postpone(db, mails, backoffSeconds(facts.attempts), reason));
      log('warn', 'a batch of mails failed and will be retried', { ...facts, reason });
    }
  }
}

/** Claims and sends mails of a mailing: by one call, or each by itself. Returns how many were claimed. */
export async function mailingRound(
  options: DispatcherOptions,
  transport: Transport,
  pace: Pace,
): Promise<number> {
  const { db, env, leaseSeconds = LEASE_SECONDS } = options;
  const claimedAt = performance.now();
  const term = { claimedAt, leaseEndsAt: claimedAt + leaseSeconds * 1000 };
  const claimed = await claimMailing(
    db,
    randomUUID(),
    leaseSeconds,
    takesBatches(transport)
      ? BATCH_MAILS
      : Math.max(1, Math.ceil(env.MAIL_PER_SECOND * BATCH_SECONDS)),
  );
  if (!claimed || claimed.mails.length === 0) return 0;
  const { batchId, props } = claimed;
  const all = claimed.mails.map((mail) => ({ ...mail, props }));
  const once = { ...options, render: renderedOnce(options.render) };
  const isAlone = all.length === 1 && batchId === all[0]!.id;
  if (!takesBatches(transport) || isAlone) {
    await deliverEach('mailing', all, once, transport, pace, term);
    return all.length;
  }
  const uncertain = all.filter((mail) => mail.uncertain);
  for (const mail of uncertain)
    await markFailed(
      db,
      mail,
      'whether it arrived is unknown, and it is too late to try again',
      true,
    );
  let mails = all.filter((mail) => !mail.uncertain);
  // A batch that was begun stays as it is: with other mails, the provider would not know it again.
  if (batchId === null) mails = await withoutSuppressed(mails, options);
  if (mails.length > 0) await deliverBatch({ mails, batchId }, once, transport, pace, term);
  return all.length;
}
