import type { LetterAccess } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import type { ManagedLetter } from '@/lib/letter/queries';
import { nameFields, namesOf } from '@/lib/organization/names';
import { registrableDomain } from '@/lib/organization/rules';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type {
  ActorKind,
  DeclineReason,
  MailKind,
  Proof,
  Visibility,
} from '@/lib/platform/db/generated/enums';
import { countIn, derivedFromNames, type State, type StateCounts } from '../rules';
import { historyOf, type HistoryEvent } from './history/queries';
import { DECISION_MAILS, type QueueView } from './schema';
import { entriesWith } from './search/queries';
import { seenNames, type SeenNames } from './seen-names';
import {
  similarEntries,
  suggestedOrganizations,
  type SimilarEntry,
  type SuggestedOrganization,
} from './similar/queries';

/** Entries per page of the queue. */
export const QUEUE_PAGE_SIZE = 50;

export interface QueueRow extends SeenNames {
  id: string;
  state: State;
  country: string;
  visibility: Visibility;
  proof: Proof;
  submittedAt: Date;
  verifiedAt: Date | null;
}

/** Whether the mail address and the website have the same domain; null if either is unknown. */
export interface DomainCheck {
  mail: string | null;
  website: string | null;
  matches: boolean | null;
}

export interface Entry extends QueueRow {
  version: number;
  reading: string | null;
  website: string | null;
  coordinating: boolean;
  declineReason: DeclineReason | null;
  declineNote: string | null;
  decidedAt: Date | null;
  /** Null for observers, and for entries without a contact. */
  representative: { name: string | null; role: string | null; email: string } | null;
  /** The last mail about a decision; null without one, and for observers. */
  decisionMail: {
    kind: MailKind;
    sendAfter: Date;
    sentAt: Date | null;
    failedAt: Date | null;
  } | null;
  domains: DomainCheck | null;
  /** The evidence noted by the coordinator who attested it; null for observers. */
  evidence: string | null;
  organizationId: string | null;
  /** Entries of the letter that may be of the same organization, best match first. */
  similar: SimilarEntry[];
  /**
   * Existing organizations that may be the entry's, best match first; empty if it cannot be
   * approved now.
   */
  organizations: SuggestedOrganization[];
  /** Organizations that may be the same as the entry's own, best match first; empty for those who may not merge. */
  mergeable: SuggestedOrganization[];
  /**
   * Its position among the named signatories of its list, now or after approval; null if withheld.
   */
  place: { position: number; of: number } | null;
  /**
   * The revision it signed, the one it stands behind, and the binding one, which listed signatories
   * stand behind.
   */
  text: { signed: number; standsBehind: number; binding: number };
  /** Who withdrew it, if it is withdrawn. */
  withdrawnBy: ActorKind | null;
  history: HistoryEvent[];
}

const rowFields = {
  id: true,
  state: true,
  names: { select: nameFields },
  country: true,
  visibility: true,
  proof: true,
  submittedAt: true,
  verifiedAt: true,
} as const;

const NONE: StateCounts = { submitted: 0, verified: 0, approved: 0, declined: 0, withdrawn: 0 };

/** Number of the letter's entries by state. */
export async function stateCounts({ letterId }: LetterAccess): Promise<StateCounts> {
  const groups = await db().endorsement.groupBy({
    by: ['state'],
    where: { letterId },
    _count: { _all: true },
  });
  const counts = { ...NONE };
  for (const group of groups) counts[group.state] = group._count._all;
  return counts;
}

/** The ids of a page of the entries that contain `q`, and how many do by state. */
async function search(
  access: LetterAccess,
  { state, q, page }: QueueView,
): Promise<{ ids: string[]; counts: StateCounts }> {
  const inState =
    state === 'all' ? Prisma.sql`true` : Prisma.sql`state = ${state}::endorsement_state`;
  const [found] = await db().$queryRaw<{ ids: string[]; counts: Partial<StateCounts> | null }[]>`
    WITH found AS MATERIALIZED (${entriesWith(access, q)}), page AS (
      SELECT id FROM found WHERE ${inState}
      ORDER BY verified_at, submitted_at, id
      LIMIT ${QUEUE_PAGE_SIZE} OFFSET ${(page - 1) * QUEUE_PAGE_SIZE}
    )
    SELECT ARRAY(SELECT id::text FROM page) AS ids,
      (SELECT jsonb_object_agg(state, count) FROM (SELECT state, count(*) FROM found GROUP BY state) AS counted) AS counts`;
  return { ids: found?.ids ?? [], counts: { ...NONE, ...found?.counts } };
}

export interface Queue {
  rows: QueueRow[];
  total: number;
  pages: number;
  /** Number of entries by state; of a search, of those found. */
  counts: StateCounts;
}

const OLDEST_FIRST = [
  { verifiedAt: 'asc' },
  { submittedAt: 'asc' },
  { id: 'asc' },
] as const satisfies Prisma.EndorsementOrderByWithRelationInput[];

/** One page of the entries in a state or in all, oldest first; with `q`, of those that contain it. */
export async function queue(access: LetterAccess, view: QueueView): Promise<Queue> {
  const { letterId } = access;
  const { state, page } = view;
  const select = { select: rowFields, orderBy: [...OLDEST_FIRST] };
  const entriesOf = async (ids: string[]) =>
    db().endorsement.findMany({ where: { id: { in: ids } }, ...select });
  const [rows, counts] =
    view.q.trim() === ''
      ? await Promise.all([
          db().endorsement.findMany({
            where: { letterId, ...(state !== 'all' && { state }) },
            skip: (page - 1) * QUEUE_PAGE_SIZE,
            take: QUEUE_PAGE_SIZE,
            ...select,
          }),
          stateCounts(access),
        ])
      : await search(access, view).then(
          async (found) => [await entriesOf(found.ids), found.counts] as const,
        );
  const total = countIn(counts, state);
  return {
    rows: rows.map((row) => ({ ...row, ...seenNames(access, row) })),
    total,
    pages: Math.max(1, Math.ceil(total / QUEUE_PAGE_SIZE)),
    counts,
  };
}

function domainCheck(email: string, website: string | null): DomainCheck {
  const mail = registrableDomain(email);
  const site = website && registrableDomain(website);
  return { mail, website: site, matches: mail && site ? mail === site : null };
}

/** The current or future position of an entry among the named signatories of its list. */
async function placeInList(
  letterId: string,
  { id, pin, sortKey }: { id: string; pin: number; sortKey: string },
): Promise<{ position: number; of: number }> {
  const [counts] = await db().$queryRaw<{ before: number; others: number }[]>`
    SELECT count(*) FILTER (WHERE (pin, sort_key, signatory.id) < (${pin}, ${sortKey}, ${id}::uuid))::int AS before, count(*)::int AS others
    FROM signatory
    WHERE letter_id = ${letterId}::uuid AND visibility = 'named' AND id <> ${id}::uuid AND list = (
      SELECT list_of(endorsement.revision, endorsement.delivery, submitted_at, binding_revision, letter.delivery, closes_at)
      FROM endorsement JOIN letter ON letter.id = letter_id WHERE endorsement.id = ${id}::uuid)`;
  return { position: (counts?.before ?? 0) + 1, of: (counts?.others ?? 0) + 1 };
}

/** An entry of the letter with everything that a decision is based on, or null if there is none. */
export async function entry(
  access: LetterAccess,
  letter: Pick<ManagedLetter, 'bindingRevision' | 'listSettings'>,
  id: string,
): Promise<Entry | null> {
  const row = await db().endorsement.findFirst({
    where: { id, letterId: access.letterId },
    select: {
      ...rowFields,
      version: true,
      website: true,
      coordinating: true,
      declineReason: true,
      declineNote: true,
      decidedAt: true,
      pin: true,
      signedRevision: true,
      revision: true,
      withdrawnBy: true,
      evidence: true,
      organizationId: true,
      contact: { select: { email: true } },
      representative: { select: { name: true, role: true } },
      mails: {
        where: { kind: { in: [...DECISION_MAILS] } },
        orderBy: { createdAt: 'desc' },
        take: 1,
        select: { kind: true, sendAfter: true, sentAt: true, failedAt: true },
      },
    },
  });
  if (!row) return null;
  const { contact, representative, mails, pin, signedRevision, revision, website, ...shown } = row;
  const seen = seenNames(access, row);
  const { reading, names } = namesOf(row.names);
  // Sort keys of unapproved entries can be based on older settings of the list.
  const { sortKey } = derivedFromNames(
    { names, reading, website, signedAt: row.submittedAt },
    letter.listSettings,
  );
  const approvable = may(access.role, 'decide') && row.state === 'verified';
  const merges = may(access.role, 'mergeOrganizations') && row.organizationId !== null;
  const [similar, suggested, place, history] = await Promise.all([
    seen.hidden ? [] : similarEntries(access, row),
    approvable || merges ? suggestedOrganizations(access, row) : [],
    row.visibility === 'named' ? placeInList(access.letterId, { id, pin, sortKey }) : null,
    historyOf(access, { id, hidden: seen.hidden }),
  ]);
  const readsContacts = may(access.role, 'readContacts');
  return {
    ...shown,
    ...seen,
    // Notes can concern and name people.
    declineNote: readsContacts ? row.declineNote : null,
    evidence: readsContacts ? row.evidence : null,
    reading: seen.hidden ? null : reading,
    website: seen.hidden ? null : website,
    representative:
      readsContacts && contact
        ? {
            name: representative?.name ?? null,
            role: representative?.role ?? null,
            email: contact.email,
          }
        : null,
    decisionMail: readsContacts ? (mails[0] ?? null) : null,
    domains: readsContacts && contact ? domainCheck(contact.email, website) : null,
    similar,
    organizations: approvable ? suggested : [],
    mergeable: merges ? suggested.filter((other) => other.id !== row.organizationId) : [],
    place,
    text: {
      signed: signedRevision,
      standsBehind: revision,
      binding: letter.bindingRevision ?? revision,
    },
    history,
  };
}
