/** What is held about an entry, for its organization to download. */
import { nameFields, nameRows, namesOf } from '@/lib/organization/names';
import { auditSides } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { openAll, openText } from '@/lib/platform/sealing';
import { isToken } from '@/lib/platform/tokens';
import { authorisedDay } from '../../authorisation';
import { FIRST_REPRESENTATIVE } from '../../representatives/queries';
import { proposedChange, workingLink } from '../queries';

const mailFields = {
  select: { kind: true, language: true, to: true, createdAt: true, sentAt: true, failedAt: true },
  orderBy: { createdAt: 'asc' },
} as const satisfies Prisma.Endorsement$mailsArgs;

const withoutKey = <Contact extends { emailKey: string }>({ emailKey: _, ...contact }: Contact) =>
  contact;

/**
 * The invitations to sign that belong to an entry: the one through whose link it was signed, and
 * those to addresses of its representatives. The same that go with it when it is erased.
 */
async function invitationsOf(letterId: string, inviteeId: string | null, emailKeys: string[]) {
  const rows = await db().invitee.findMany({
    where: {
      letterId,
      OR: [...(inviteeId ? [{ id: inviteeId }] : []), { emailKey: { in: emailKeys } }],
    },
    orderBy: { createdAt: 'asc' },
    include: { links: { select: { expiresAt: true } }, mails: mailFields },
  });
  return rows.map(({ id: _, letterId: _letter, emailKey: _key, ...invitation }) => ({
    ...invitation,
    fields: openAll(invitation.fields),
  }));
}

/**
 * Everything held about the entry of the link with `token`, for its organization; null if the link
 * does not work. Coordinators are not named.
 */
export async function entryData(token: string, now: Date = new Date()) {
  if (!isToken(token)) return null;
  const link = await db().entryLink.findUnique({
    where: workingLink(token, now),
    select: { representative: { select: { endorsementId: true } } },
  });
  const row =
    link &&
    (await db().endorsement.findUnique({
      where: { id: link.representative.endorsementId },
      include: {
        letter: { select: { slug: true } },
        names: { select: nameFields },
        representatives: {
          orderBy: [...FIRST_REPRESENTATIVE],
          select: {
            name: true,
            role: true,
            since: true,
            contact: {
              select: {
                email: true,
                emailKey: true,
                language: true,
                verifiedAt: true,
                createdAt: true,
              },
            },
            links: { select: { createdAt: true, expiresAt: true } },
          },
        },
        nominations: {
          select: {
            kind: true,
            name: true,
            role: true,
            email: true,
            language: true,
            createdAt: true,
            expiresAt: true,
          },
        },
        organization: {
          select: { website: true, country: true, createdAt: true, names: { select: nameFields } },
        },
        proposedChange: {
          select: {
            names: true,
            reading: true,
            website: true,
            category: true,
            visibility: true,
            proposedAt: true,
          },
        },
        verifications: { select: { createdAt: true, expiresAt: true, usedAt: true } },
        ownDeclineReason: {
          select: { label: true, texts: { select: { language: true, text: true } } },
        },
        question: {
          select: { expiresAt: true, answer: true, answeredAt: true, dismissedAt: true },
        },
        evidenceFile: { select: { name: true, type: true } },
        reaffirmations: {
          select: {
            revision: true,
            askedAt: true,
            expiresAt: true,
            answer: true,
            answeredAt: true,
          },
        },
        mails: mailFields,
      },
    }));
  if (!row) return null;
  const events = await db().auditEvent.findMany({
    where: { endorsementId: row.id },
    orderBy: { id: 'asc' },
    select: {
      action: true,
      actorKind: true,
      at: true,
      canonical: true,
      values: { select: { path: true, value: true } },
    },
  });
  const {
    contactId: _contact,
    organizationId: _organization,
    letterId: _letter,
    importId: _import,
    ownDeclineReasonId: _reason,
    inviteeId,
    representatives,
    evidenceFile,
    ...entry
  } = row;
  const { letterId } = row;
  const keys = representatives.flatMap(({ contact }) => contact?.emailKey ?? []);
  const [invitations, ended] = await Promise.all([
    invitationsOf(letterId, inviteeId, keys),
    db().endedMailings.findMany({ where: { letterId, emailKey: { in: keys } } }),
  ]);
  const endedAt = new Map(ended.map((one) => [one.emailKey, one.endedAt]));
  return {
    format: 'undersigned/entry/2',
    at: now.toISOString(),
    ...entry,
    names: nameRows(namesOf(row.names)),
    representatives: representatives.map(({ contact, ...person }) => ({
      ...person,
      contact: contact && withoutKey(contact),
      /** When the letter's mailings to the address were ended; null: they were not. */
      mailingsEndedAt: endedAt.get(contact?.emailKey ?? '') ?? null,
    })),
    invitations,
    evidenceFile: evidenceFile && { ...evidenceFile, name: openText(evidenceFile.name) },
    proposedChange: row.proposedChange && proposedChange(row.proposedChange),
    authorisedOn: authorisedDay(row) || null,
    history: events.map(({ action, actorKind, at, canonical, values }) => ({
      action,
      by: actorKind,
      at,
      ...auditSides(canonical, values),
    })),
  };
}
