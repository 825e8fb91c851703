import type { LetterAccess } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import type { ManagedLetter } from '@/lib/letter/queries';
import { nameFields, namesOf } from '@/lib/organization/names';
import { domainCheck, type DomainCheck } from '@/lib/organization/rules';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type {
  ActorKind,
  AttestedAnswer,
  DeclineReason,
  ImportKind,
  Proof,
  Visibility,
} from '@/lib/platform/db/generated/enums';
import { mailsAbout, type MailStanding } from '@/lib/platform/mail/log';
import { suppressionsOf, type Suppression } from '@/lib/platform/mail/suppression';
import { openText } from '@/lib/platform/sealing';
import { proposedChange, type ProposedChange } from '../entry/queries';
import { categoryPlace, type Category } from '@/lib/letter/categories';
import { authorisationFields, authorisedOf, type Authorised } from '../authorisation';
import { countIn, derivedFromNames, type State, type StateCounts } from '../rules';
import { FIRST_REPRESENTATIVE } from '../representatives/queries';
import { entriesFound } from './filters/queries';
import { looksFor } from './filters/rules';
import { historyOf, type HistoryEvent } from './history/queries';
import { isLiftable } from './mails/rules';
import { notesOn, type Note } from './notes/queries';
import { othersAt } from './presence/queries';
import type { QueueView } from './schema';
import { seenNames, type SeenNames } from './seen-names';
import { signsOf, type Signs } from './signs/queries';
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
  /** Since when a coordinator holds it. */
  heldAt: Date | null;
}

export type SignedRow = QueueRow & { signs: Signs };

export interface Entry extends QueueRow {
  version: number;
  reading: string | null;
  website: string | null;
  coordinating: boolean;
  declineReason: DeclineReason | null;
  /** What the letter's own reason is called, if it was declined for one. */
  ownReason: string | null;
  declineNote: string | null;
  /** Why it is held; null for observers. */
  heldReason: string | null;
  decidedAt: Date | null;
  /** Who represents it, the first one first; none for observers. */
  representatives: { id: string; name: string | null; role: string | null; email: string | null }[];
  /** When its contact data was deleted, as its term was over. */
  contactDeletedAt: Date | null;
  /** The newest mails about it, newest first; none for observers. */
  mails: MailStanding[];
  /** Why one of its addresses is not mailed again; null if all are, and for observers. */
  suppression: (Suppression & { isLiftable: boolean }) | null;
  /** Id of its category as stored; null: none. */
  category: string | null;
  /** Those of the letter. */
  categories: Category[];
  /** Who authorised it in the organization; nothing for observers. */
  authorised: Authorised;
  /** Of the addresses, the first whose domain differs from the website's, if one does. */
  domains: DomainCheck | null;
  /** The evidence noted by the coordinator who attested it; null for observers. */
  evidence: string | null;
  /** The import that it came with; null for observers. */
  origin: { id: string; kind: ImportKind | null } | null;
  /** The name of the file attached to it; null for observers. */
  evidenceFile: string | null;
  /** What its address answered that was asked whether it has signed; null if it was not asked. */
  question: {
    answer: AttestedAnswer | null;
    answeredAt: Date | null;
    dismissedAt: Date | null;
  } | null;
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
  /** What its organization wants changed; null: nothing, or not to be seen. */
  proposed: ProposedChange | null;
  /** When its organization asked for the erasure of its data. */
  erasureRequestedAt: Date | null;
  /** Whether a delivery holds it. */
  isDelivered: boolean;
  /** Who withdrew it, if it is withdrawn. */
  withdrawnBy: ActorKind | null;
  history: HistoryEvent[];
  /** What coordinators have written down, oldest first. */
  notes: Note[];
  /** The addresses of other coordinators who have opened it just now. */
  others: string[];
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
  heldAt: true,
} as const;

const NONE: StateCounts = { submitted: 0, verified: 0, approved: 0, declined: 0, withdrawn: 0 };

/** Number of the letter's entries by state. Of approved ones it is kept (ADR 60). */
export async function stateCounts({ letterId }: LetterAccess): Promise<StateCounts> {
  const groups = await db().$queryRaw<{ state: State; count: number }[]>`
    SELECT state, count(*)::int AS count FROM endorsement
    WHERE letter_id = ${letterId}::uuid AND state IN ('submitted', 'verified', 'declined', 'withdrawn') GROUP BY state
    UNION ALL
    SELECT 'approved', sum(count)::int FROM signatory_count WHERE letter_id = ${letterId}::uuid HAVING sum(count) > 0`;
  return { ...NONE, ...Object.fromEntries(groups.map(({ state, count }) => [state, count])) };
}

/**
 * The ids of a page of the letter's entries in a state or in all, oldest first. The index of each
 * state has this order.
 */
async function idsOnPage(
  { letterId }: LetterAccess,
  { state, page }: Pick<QueueView, 'state' | 'page'>,
): Promise<string[]> {
  const end = page * QUEUE_PAGE_SIZE;
  const oldest = (Object.keys(NONE) as State[])
    .filter((one) => state === 'all' || one === state)
    .map(
      (one) => Prisma.sql`(SELECT id, verified_at, submitted_at FROM endorsement
        WHERE letter_id = ${letterId}::uuid AND state = ${one}::endorsement_state
        ORDER BY verified_at, submitted_at, id LIMIT ${end})`,
    );
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM (${Prisma.join(oldest, ' UNION ALL ')}) AS oldest
    ORDER BY verified_at, submitted_at, id OFFSET ${end - QUEUE_PAGE_SIZE} LIMIT ${QUEUE_PAGE_SIZE}`;
  return rows.map(({ id }) => id);
}

/** The ids of a page of the entries that are looked for, and how many there are by state. */
async function search(
  access: LetterAccess,
  { state, page, ...sought }: QueueView,
): Promise<{ ids: string[]; counts: StateCounts }> {
  const inState =
    state === 'all' ? Prisma.sql`true` : Prisma.sql`state = ${state}::endorsement_state`;
  const [found] = await db().$queryRaw<{ ids: string[]; counts: Partial<StateCounts> | null }[]>`
    WITH found AS MATERIALIZED (${await entriesFound(access, sought)}), page AS (
      SELECT id FROM found WHERE ${inState}
      ORDER BY verified_at, submitted_at, id
      LIMIT ${QUEUE_PAGE_SIZE} OFFSET ${(page - 1) * QUEUE_PAGE_SIZE}
    )
    SELECT ARRAY(SELECT id::text FROM page) AS ids,
      (SELECT jsonb_object_agg(state, count) FROM (SELECT state, count(*) FROM found GROUP BY state) AS counted) AS counts`;
  return { ids: found?.ids ?? [], counts: { ...NONE, ...found?.counts } };
}

export interface Queue {
  rows: SignedRow[];
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

/** One page of the entries in a state or in all, oldest first, or of those that are looked for. */
export async function queue(access: LetterAccess, view: QueueView): Promise<Queue> {
  const { state } = view;
  const { ids, counts } = looksFor(view)
    ? await search(access, view)
    : await Promise.all([idsOnPage(access, view), stateCounts(access)]).then(([ids, counts]) => ({
        ids,
        counts,
      }));
  const rows = await db().endorsement.findMany({
    where: { id: { in: ids } },
    select: { ...rowFields, website: true },
    orderBy: [...OLDEST_FIRST],
  });
  const total = countIn(counts, state);
  const signs = await signsOf(access, rows);
  return {
    rows: rows.map(({ website: _, ...row }) => ({
      ...row,
      ...seenNames(access, row),
      signs: signs.get(row.id)!,
    })),
    total,
    pages: Math.max(1, Math.ceil(total / QUEUE_PAGE_SIZE)),
    counts,
  };
}

/** The current or future position of an entry among the named signatories of its list. */
async function placeInList(
  letterId: string,
  {
    id,
    categoryPlace,
    pin,
    sortKey,
  }: { id: string; categoryPlace: number; pin: number; sortKey: string },
): Promise<{ position: number; of: number }> {
  const [counts] = await db().$queryRaw<{ before: number; others: number }[]>`
    SELECT (SELECT count(*) FROM signatory
        WHERE letter_id = ${letterId}::uuid AND list = own.list AND visibility = 'named' AND id <> ${id}::uuid
          AND (category_place, pin, sort_key, id) < (${categoryPlace}, ${pin}, ${sortKey}, ${id}::uuid))::int AS before,
      (SELECT coalesce(sum(count), 0) FROM signatory_count
        WHERE letter_id = ${letterId}::uuid AND list = own.list AND visibility = 'named')::int - own.is_counted::int AS others
    FROM (
      SELECT list_of(endorsement.revision, endorsement.delivery, submitted_at, binding_revision, letter.delivery, closes_at) AS list,
        endorsement.list IS NOT NULL AND visibility = 'named' AS is_counted
      FROM endorsement JOIN letter ON letter.id = letter_id WHERE endorsement.id = ${id}::uuid) AS own`;
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
      category: true,
      declineReason: true,
      ownDeclineReason: { select: { label: true } },
      declineNote: true,
      heldReason: true,
      decidedAt: true,
      pin: true,
      signedRevision: true,
      revision: true,
      withdrawnBy: true,
      evidence: true,
      import: { select: { id: true, kind: true } },
      evidenceFile: { select: { name: true } },
      question: { select: { answer: true, answeredAt: true, dismissedAt: true } },
      delivery: true,
      erasureRequestedAt: true,
      contactDeletedAt: true,
      proposedChange: true,
      organizationId: true,
      ...authorisationFields,
      representatives: {
        orderBy: [...FIRST_REPRESENTATIVE],
        select: {
          id: true,
          name: true,
          role: true,
          contact: { select: { email: true, verifiedAt: true } },
        },
      },
    },
  });
  if (!row) return null;
  const { representatives: people, pin, signedRevision, revision, website, ...all } = row;
  const { authorisedHow, authorisedBy, authorisedOn, ...rest } = all;
  const authorised = { authorisedHow, authorisedBy, authorisedOn };
  const { proposedChange: proposed, delivery, import: origin, ownDeclineReason, ...shown } = rest;
  const seen = seenNames(access, row);
  const { reading, names } = namesOf(row.names);
  // Sort keys of unapproved entries can be based on older settings of the list.
  const { sortKey } = derivedFromNames(
    { names, reading, website, signedAt: row.submittedAt },
    letter.listSettings,
  );
  const approvable = may(access.role, 'decide') && row.state === 'verified';
  const merges = may(access.role, 'mergeOrganizations') && row.organizationId !== null;
  const readsContacts = may(access.role, 'readContacts');
  const representatives = (readsContacts ? people : []).map(({ contact, ...person }) => ({
    ...person,
    email: contact?.email ?? null,
  }));
  const emails = representatives.flatMap(({ email }) => email ?? []);
  const [similar, suggested, place, history, mails, suppressions, notes, others] =
    await Promise.all([
      seen.hidden ? [] : similarEntries(access, row),
      approvable || merges ? suggestedOrganizations(access, row) : [],
      row.visibility === 'named'
        ? placeInList(access.letterId, {
            id,
            categoryPlace: categoryPlace(letter.listSettings, row.category),
            pin,
            sortKey,
          })
        : null,
      historyOf(access, { id, hidden: seen.hidden }),
      readsContacts ? mailsAbout(id) : [],
      suppressionsOf(db(), emails),
      seen.hidden ? [] : notesOn(access, id),
      othersAt(access, id),
    ]);
  const [suppressed = null] = suppressions.values();
  const liftable = people.some(({ contact }) => {
    const suppression = contact && suppressions.get(contact.email);
    return suppression ? isLiftable(suppression, contact) : false;
  });
  const checks = emails.map((email) => domainCheck(email, website));
  return {
    ...shown,
    ...seen,
    ownReason: ownDeclineReason?.label ?? null,
    // Notes can concern and name people.
    declineNote: readsContacts ? row.declineNote : null,
    heldReason: readsContacts ? row.heldReason : null,
    evidence: readsContacts ? row.evidence : null,
    evidenceFile: readsContacts && row.evidenceFile ? openText(row.evidenceFile.name) : null,
    origin: readsContacts ? origin : null,
    reading: seen.hidden ? null : reading,
    website: seen.hidden ? null : website,
    representatives,
    categories: letter.listSettings.categories,
    authorised: authorisedOf(readsContacts ? authorised : null),
    mails,
    suppression: suppressed ? { ...suppressed, isLiftable: liftable } : null,
    proposed: proposed && !seen.hidden ? proposedChange(proposed) : null,
    isDelivered: delivery !== null,
    domains: checks.find(({ matches }) => matches === false) ?? checks[0] ?? null,
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
    notes,
    others,
  };
}
