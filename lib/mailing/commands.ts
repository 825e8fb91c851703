/** What coordinators write to a letter's signatories by e-mail (docs/decisions/0046-updates-by-mail.md). */
import { actorOf, type Owner } from '@/lib/coordinator/access';
import { lockLetter } from '@/lib/letter/lock';
import { audit } from '@/lib/platform/audit';
import { dayIn } from '@/lib/platform/dates';
import { db, type Db } from '@/lib/platform/db/client';
import type { AuditAction } from '@/lib/platform/db/generated/enums';
import { Prisma } from '@/lib/platform/db/generated/client';
import { keepingUnoffered, type ByLanguage } from '@/lib/platform/languages';
import { enqueue } from '@/lib/platform/mail/outbox';
import { postUpdateIn } from '@/lib/update/commands';
import type { UpdateContent } from '@/lib/update/schema';
import { mailingProps, recipients, suppressedRecipients, textsOf } from './queries';
import { EVERYBODY, type Audience } from './rules';
import type { MailingContent, MailingVersion } from './schema';

/** Who writes: an owner, or the background in their name. */
type Writer = Pick<Owner, 'letterId' | 'coordinatorId'>;

const rowsOf = (texts: ByLanguage<UpdateContent>) =>
  Object.entries(texts).map(([language, content]) => ({ language, ...content }));

const stored = (audience: Audience) => audience as unknown as Prisma.InputJsonObject;

/** Creates a draft in a transaction. */
export async function draftMailingIn(
  tx: Db,
  { letterId, coordinatorId }: Writer,
  { texts, audience }: MailingContent,
  updateId: string | null = null,
): Promise<string> {
  const { id } = await tx.mailing.create({
    data: {
      letterId,
      updateId,
      audience: stored(audience),
      createdById: coordinatorId,
      texts: { create: rowsOf(texts) },
    },
    select: { id: true },
  });
  return id;
}

/** Creates a draft, and returns its id. Nobody is mailed yet. */
export async function draftMailing(owner: Owner, content: MailingContent): Promise<string> {
  return db().$transaction((tx) => draftMailingIn(tx, owner, content));
}

/**
 * Creates a draft to all signatories with the texts of an update on the letter's page. Null if there
 * is no such update.
 */
export async function draftOfUpdate(owner: Owner, updateId: string): Promise<string | null> {
  return db().$transaction(async (tx) => {
    const update = await tx.update.findFirst({
      where: { id: updateId, letterId: owner.letterId, removedAt: null },
      select: { texts: { select: { language: true, title: true, body: true } } },
    });
    if (!update) return null;
    const content = { texts: textsOf(update), audience: EVERYBODY };
    return draftMailingIn(tx, owner, content, updateId);
  });
}

/** Why a command was refused: there is no such draft on the letter, or it has changed since it was shown. */
export type DraftRefusal = { ok: false; reason: 'not-found' | 'changed' };

/** Reads and locks a draft in the version that was shown. */
async function draftOf(tx: Db, { letterId }: Owner, { id, version }: MailingVersion) {
  await tx.$queryRaw`SELECT FROM mailing WHERE id = ${id}::uuid FOR UPDATE`;
  const draft = await tx.mailing.findFirst({
    where: { id, letterId, sentAt: null },
    select: {
      id: true,
      version: true,
      updateId: true,
      audience: true,
      texts: { select: { language: true, title: true, body: true } },
    },
  });
  if (!draft) return { ok: false, reason: 'not-found' } as const;
  if (draft.version !== version) return { ok: false, reason: 'changed' } as const;
  return { ok: true, draft } as const;
}

/** Changes a draft. */
export async function editMailing(
  owner: Owner,
  which: MailingVersion,
  { texts, audience }: MailingContent,
): Promise<{ ok: true } | DraftRefusal> {
  return db().$transaction(async (tx): Promise<{ ok: true } | DraftRefusal> => {
    const found = await draftOf(tx, owner, which);
    if (!found.ok) return found;
    const { id } = found.draft;
    await tx.mailingText.deleteMany({ where: { mailingId: id } });
    const rows = rowsOf(keepingUnoffered(textsOf(found.draft), texts));
    await tx.mailingText.createMany({ data: rows.map((row) => ({ ...row, mailingId: id })) });
    await tx.mailing.update({
      where: { id },
      data: { audience: stored(audience), version: { increment: 1 } },
    });
    return { ok: true };
  });
}

/** Deletes a draft. False if there is no such draft. */
export async function discardMailing({ letterId }: Owner, id: string): Promise<boolean> {
  const { count } = await db().mailing.deleteMany({ where: { id, letterId, sentAt: null } });
  return count > 0;
}

/** Mails a draft to the coordinator, once in each of its languages. False if there is no such draft. */
export async function tryMailing(owner: Owner, id: string): Promise<boolean> {
  const { letterId, email } = owner;
  return db().$transaction(async (tx) => {
    const draft = await tx.mailing.findFirst({
      where: { id, letterId, sentAt: null },
      select: { texts: { select: { language: true, title: true, body: true } } },
    });
    if (!draft) return false;
    const props = await mailingProps(tx, letterId, textsOf(draft), true);
    for (const { language } of draft.texts)
      await enqueue(tx, { kind: 'mailing', to: email, language, props, letterId });
    return true;
  });
}

/**
 * Writes the mails of a mailing that is locked or was just made, in a transaction that has locked
 * the letter: one to each address of its audience. Returns how many.
 */
export async function writeMails(
  tx: Db,
  owner: Writer,
  { id, texts, audience }: MailingContent & { id: string },
): Promise<number> {
  const { letterId } = owner;
  const suppressed = await suppressedRecipients(tx, letterId, audience);
  const props = await mailingProps(tx, letterId, texts);
  const count = await tx.$executeRaw`
    INSERT INTO mail (kind, language, "to", to_key, props, letter_id, endorsement_id, mailing_id)
    SELECT 'mailing', language, email, email_key, '{}', ${letterId}::uuid, endorsement_id, ${id}::uuid
    FROM (${recipients(letterId, audience)}) AS recipient
    WHERE email_key <> ALL(${suppressed})`;
  await tx.mailing.update({
    where: { id },
    data: {
      sentAt: new Date(),
      recipients: count,
      props: props as unknown as Prisma.InputJsonObject,
      version: { increment: 1 },
    },
  });
  await audit(tx, {
    letterId,
    actor: actorOf(owner),
    action: 'send_mailing',
    after: {
      mailing: id,
      recipients: count,
      audience: {
        states: [...audience.states],
        countries: [...audience.countries],
        languages: [...audience.languages],
        categories: [...audience.categories],
      },
      texts: Object.fromEntries(
        Object.entries(texts).map(([language, { title, body }]) => [language, { title, body }]),
      ),
    },
  });
  return count;
}

/** There are not as many recipients as the coordinator has seen. Undoes the transaction. */
class OtherCount extends Error {}

export type Sent =
  { ok: true; count: number } | DraftRefusal | { ok: false; reason: 'nobody' | 'other-count' };

/**
 * Sends a draft to its audience: writes all of its mails at once, which the dispatcher sends. Refused
 * if it would go to more or fewer addresses than the coordinator has seen.
 * @param posts also posts it as an update on the letter's page, if it was not made from one
 */
export async function sendMailing(
  owner: Owner,
  which: MailingVersion,
  { seenCount, posts }: { seenCount: number; posts: boolean },
): Promise<Sent> {
  const { letterId } = owner;
  try {
    return await db().$transaction(
      async (tx): Promise<Sent> => {
        await lockLetter(tx, letterId);
        const found = await draftOf(tx, owner, which);
        if (!found.ok) return found;
        const { draft } = found;
        const texts = textsOf(draft);
        const count = await writeMails(tx, owner, {
          id: draft.id,
          texts,
          audience: draft.audience as unknown as Audience,
        });
        if (count !== seenCount || count === 0) throw new OtherCount();
        if (posts && draft.updateId === null) {
          const { timeZone } = await tx.letter.findUniqueOrThrow({ where: { id: letterId } });
          const date = dayIn(new Date(), timeZone);
          const updateId = await postUpdateIn(tx, owner, { kind: 'update', date, texts });
          await tx.mailing.update({ where: { id: draft.id }, data: { updateId } });
        }
        return { ok: true, count };
      },
      { timeout: 120_000 },
    );
  } catch (error) {
    if (!(error instanceof OtherCount)) throw error;
    return { ok: false, reason: seenCount === 0 ? 'nobody' : 'other-count' };
  }
}

/** Changes a mailing that is being sent, and writes down that it was. */
async function steer(
  owner: Owner,
  id: string,
  where: Prisma.MailingWhereInput,
  data: Prisma.MailingUncheckedUpdateInput,
  action: AuditAction,
  then: (tx: Db) => Promise<void> = async () => {},
): Promise<boolean> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    const { count } = await tx.mailing.updateMany({
      where: { id, letterId, sentAt: { not: null }, cancelledAt: null, ...where },
      data,
    });
    if (count === 0) return false;
    await then(tx);
    await audit(tx, { letterId, actor: actorOf(owner), action, after: { mailing: id } });
    return true;
  });
}

/**
 * Pauses a mailing: what was handed to the provider is finished, and nothing more is. False if it is
 * not being sent.
 */
export async function pauseMailing(owner: Owner, id: string): Promise<boolean> {
  const waiting = { mails: { some: { sentAt: null, failedAt: null } } };
  const where = { pausedAt: null, ...waiting };
  return steer(owner, id, where, { pausedAt: new Date() }, 'pause_mailing');
}

/** Resumes a paused mailing. False if it is not paused. */
export async function resumeMailing(owner: Owner, id: string): Promise<boolean> {
  return steer(owner, id, { pausedAt: { not: null } }, { pausedAt: null }, 'resume_mailing');
}

/** Cancels what nobody has begun to send of a mailing, for good. False if there is nothing. */
export async function cancelMailing(owner: Owner, id: string): Promise<boolean> {
  const waiting = { mails: { some: { sentAt: null, failedAt: null } } };
  return steer(owner, id, waiting, { cancelledAt: new Date() }, 'cancel_mailing', async (tx) => {
    await tx.mail.deleteMany({
      where: { mailingId: id, sentAt: null, failedAt: null, begunAt: null },
    });
  });
}
