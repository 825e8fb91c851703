/** Private links by which organizations reach the pages of their entries (ADR 38). */
import type { Client } from '@/lib/platform/client-address';
import { db, type Db } from '@/lib/platform/db/client';
import { ENTRY_LINK_DAYS, ENTRY_LINK_MAILS, ENTRY_LINKS_MAILED } from '@/lib/platform/limits';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Language } from '@/lib/platform/languages';
import { addressKey } from '@/lib/platform/mail/address';
import { enqueue } from '@/lib/platform/mail/outbox';
import { recipientOf } from '@/lib/platform/mail/recipient';
import { countUses } from '@/lib/platform/rate-limits';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { nameFields, namesOf, storedNames } from '@/lib/organization/names';

const DAY_MS = 24 * 3_600_000;

/** Number of requests processed per transaction. */
const BATCH = 50;

/** When a link made now expires. */
export const entryLinkExpiry = (now: Date = new Date()): Date =>
  new Date(now.getTime() + ENTRY_LINK_DAYS * DAY_MS);

/** Makes a representative a link to their entry and returns its token; existing links stay valid. */
export async function addEntryLink(tx: Db, representativeId: string): Promise<string> {
  const token = newToken();
  await tx.entryLink.create({
    data: { representativeId, tokenHash: hashToken(token), expiresAt: entryLinkExpiry() },
  });
  return token;
}

export type LinksRequested =
  { ok: true } | { ok: false; reason: 'too-many'; retryAfterSeconds: number };

/**
 * Requests the links to the entries of an address: checks the rate limits and inserts one row.
 * Identical for every address, so that neither the response nor its timing reveals who has signed;
 * {@link mailEntryLinks} finds that out later.
 */
export async function requestEntryLinks(
  email: string,
  language: Language,
  { network, neighbourhood }: Client,
): Promise<LinksRequested> {
  const counted = await countUses(
    [{ limit: 'entryLinksNetwork', of: network }],
    [{ limit: 'entryLinksNeighbourhood', of: neighbourhood }],
    [{ limit: 'entryLinksMailboxFromNetwork', of: `${recipientOf(email).mailbox} ${network}` }],
    [{ limit: 'entryLinksInstance', of: '' }],
  );
  if (!counted.ok)
    return { ok: false, reason: 'too-many', retryAfterSeconds: counted.retryAfterSeconds };
  await db().entryLinkRequest.create({ data: { emailKey: addressKey(email), language } });
  return { ok: true };
}

/** A representative, and what a mail says of the entry that it links to. */
const linkedFields = {
  id: true,
  endorsement: {
    select: {
      id: true,
      visibility: true,
      names: { select: nameFields },
      letter: { select: titledFields },
    },
  },
} as const satisfies Prisma.RepresentativeSelect;

/** Makes a link to the entry of each of some representatives, and mails them. */
async function mailNewLinks(
  tx: Db,
  { to, language }: { to: string; language: Language },
  representatives: Prisma.RepresentativeGetPayload<{ select: typeof linkedFields }>[],
  endorsementId?: string,
): Promise<void> {
  const tokens: string[] = [];
  for (const { id } of representatives) tokens.push(await addEntryLink(tx, id));
  await enqueue(tx, {
    kind: 'entry_links',
    to,
    language,
    props: {
      entries: representatives.map(({ endorsement: { visibility, names, letter } }) => ({
        letterTitle: titleIn(letter, language),
        organization: storedNames(namesOf(names), visibility).names,
      })),
    },
    token: tokens.join(' '),
    ...(endorsementId !== undefined && { endorsementId }),
  });
}

/** Mails new links to the entries of a verified contact, unless it got many mails of them lately. */
async function mailLinksTo(
  tx: Db,
  { emailKey, language }: { emailKey: string; language: Language },
  now: Date,
): Promise<void> {
  // Locked to enforce the maximum across concurrent processes.
  const [contact] = await tx.$queryRaw<{ id: string; email: string }[]>`
    SELECT id, email FROM contact WHERE email_key = ${emailKey} AND verified_at IS NOT NULL FOR NO KEY UPDATE`;
  if (!contact) return;
  const recent = await tx.mail.count({
    where: {
      kind: 'entry_links',
      toKey: emailKey,
      createdAt: { gt: new Date(now.getTime() - DAY_MS) },
    },
  });
  if (recent >= ENTRY_LINK_MAILS) return;
  const found = await tx.representative.findMany({
    where: {
      contactId: contact.id,
      endorsement: { proof: 'email', state: { not: 'submitted' } },
    },
    orderBy: [{ endorsement: { submittedAt: 'desc' } }, { id: 'asc' }],
    take: ENTRY_LINKS_MAILED,
    select: linkedFields,
  });
  if (found.length > 0) await mailNewLinks(tx, { to: contact.email, language }, found);
}

/**
 * Processes pending requests, oldest first: addresses that have confirmed an endorsement are sent a
 * mail with a new link to each of their entries; requests for other addresses are deleted. Can run
 * in several processes concurrently. Beyond the maximum of mails a day a request is dropped: the
 * links that have arrived stay valid, so that nobody can be kept from their entry.
 * @returns the number of requests processed
 */
export async function mailEntryLinks(now: Date = new Date()): Promise<number> {
  return db().$transaction(async (tx) => {
    const requests = await tx.$queryRaw<{ emailKey: string; language: Language }[]>`
      DELETE FROM entry_link_request WHERE id IN (SELECT id FROM entry_link_request ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING email_key AS "emailKey", language`;
    // In a fixed order to prevent deadlocks.
    const inOrder = requests.sort((a, b) => (a.emailKey < b.emailKey ? -1 : 1));
    for (const request of inOrder) await mailLinksTo(tx, request, now);
    return requests.length;
  });
}

/**
 * Ends all links of the representative whose link has `token`, and mails them a new one: it goes to
 * the mailbox, not to whoever asked, so that somebody who got hold of a link loses it. Links of
 * other representatives, which went to other mailboxes, stay valid.
 */
export async function replaceEntryLinks(
  token: string,
  language: Language,
): Promise<{ ok: true } | { ok: false; reason: 'unknown' }> {
  return db().$transaction(async (tx): Promise<{ ok: true } | { ok: false; reason: 'unknown' }> => {
    // Of two concurrent requests with one link, the second finds it deleted.
    const [own] = await tx.$queryRaw<{ id: string }[]>`
      DELETE FROM entry_link WHERE token_hash = ${hashToken(token)} AND expires_at > now()
      RETURNING representative_id AS id`;
    const representative =
      own &&
      (await tx.representative.findUnique({
        where: { id: own.id },
        select: { ...linkedFields, contact: { select: { email: true, emailKey: true } } },
      }));
    if (!representative?.contact) return { ok: false, reason: 'unknown' };
    const { contact, endorsement } = representative;
    await tx.entryLink.deleteMany({ where: { representativeId: representative.id } });
    // The links in mails that have not left do not work any more.
    const unsent = {
      endorsementId: endorsement.id,
      toKey: contact.emailKey,
      sentAt: null,
      attempts: 0,
    };
    await tx.mail.deleteMany({
      where: { ...unsent, kind: { in: ['confirmed', 'entry_links', 'joined'] } },
    });
    await tx.mail.updateMany({
      where: { ...unsent, kind: { in: ['approved', 'deletion_notice'] } },
      data: { sealedToken: null },
    });
    await mailNewLinks(tx, { to: contact.email, language }, [representative], endorsement.id);
    return { ok: true };
  });
}
