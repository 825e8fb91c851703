import type { LetterAccess } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import type { ManagedLetter } from '@/lib/letter/queries';
import { nameFields, namesOf, type NameRow } from '@/lib/organization/names';
import { foldName, registrableDomain } from '@/lib/organization/rules';
import { auditSides, type AuditSide } from '@/lib/platform/audit';
import { db, literally } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type {
  ActorKind,
  AuditAction,
  DeclineReason,
  Proof,
  Visibility,
} from '@/lib/platform/db/generated/enums';
import { inOrder, type ByLanguage, type Language } from '@/lib/platform/languages';
import { derivedFromNames, mayShowName, nameShownTo, type State } from '../rules';
import type { QueueView } from './schema';

/** Entries per page of the queue. */
export const QUEUE_PAGE_SIZE = 50;
const SIMILAR_MAX = 5;

/** Names, as far as a coordinator may see them; `hidden`: not at all. */
export interface SeenNames {
  names: ByLanguage;
  hidden: boolean;
}

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

/** A field changed by an event; `language`: that of a name. Erased values are null. */
export interface HistoryChange {
  field:
    'state' | 'reason' | 'note' | 'name' | 'reading' | 'coordinating' | 'revision' | 'evidence';
  language?: Language;
  before: string | null;
  after: string | null;
}

export interface HistoryEvent {
  action: AuditAction;
  actor: ActorKind;
  /** The coordinator's address; null for other actors. */
  by: string | null;
  at: Date;
  changes: HistoryChange[];
}

/** Another entry of the letter that may be of the same organization. */
export interface SimilarEntry extends SeenNames {
  id: string;
  state: State;
  sameWebsite: boolean;
}

/** An existing organization that may be the entry's. */
export interface SuggestedOrganization {
  id: string;
  names: ByLanguage;
  /** Whether one of its names folds to the same key as the entry's. */
  sameName: boolean;
  sameWebsite: boolean;
  /**
   * It already has an approved endorsement on this letter, so this entry cannot be linked to it.
   */
  hasSigned: boolean;
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

function seenNames(
  { role }: LetterAccess,
  { names, visibility }: { names: readonly NameRow[]; visibility: Visibility },
): SeenNames {
  const hidden = !mayShowName(visibility, role);
  return { names: hidden ? {} : namesOf(names).names, hidden };
}

const HISTORY_FIELDS = [
  'state',
  'reason',
  'note',
  'evidence',
  'reading',
  'coordinating',
  'revision',
] as const;

/**
 * The fields changed by an event, as far as the coordinator may see them: observers do not see
 * notes, which can concern people.
 */
function changesIn(
  { role }: LetterAccess,
  action: AuditAction,
  before: AuditSide,
  after: AuditSide,
): HistoryChange[] {
  const text = (value: AuditSide[string] | undefined) =>
    value === undefined || value === null ? null : String(value);
  const names = (side: AuditSide) => (side.names ?? {}) as Record<Language, string | null>;
  const [namesBefore, namesAfter] = [names(before), names(after)];
  const languages = inOrder(new Set([...Object.keys(namesBefore), ...Object.keys(namesAfter)]));
  const changes: HistoryChange[] = [
    ...HISTORY_FIELDS.map((field) => ({
      field,
      before: text(before[field]),
      after: text(after[field]),
    })),
    ...languages.map((language) => ({
      field: 'name' as const,
      language,
      before: namesBefore[language] ?? null,
      after: namesAfter[language] ?? null,
    })),
  ];
  const isPrivate = (field: string) => field === 'note' || field === 'evidence';
  return changes.filter(
    (change) =>
      change.before !== change.after &&
      !(action === 'take_back' && change.after === null) &&
      (may(role, 'readContacts') || !isPrivate(change.field)),
  );
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

/** Number of the letter's entries by state. */
export async function stateCounts({ letterId }: LetterAccess): Promise<Record<State, number>> {
  const groups = await db().endorsement.groupBy({
    by: ['state'],
    where: { letterId },
    _count: { _all: true },
  });
  const counts = { submitted: 0, verified: 0, approved: 0, declined: 0, withdrawn: 0 };
  for (const group of groups) counts[group.state] = group._count._all;
  return counts;
}

/**
 * One page of the entries in a state, oldest first, that contain `q` in a name, reading or website.
 * For observers, a search excludes withheld entries, since a match would reveal the name.
 */
export async function queue(
  access: LetterAccess,
  view: QueueView,
): Promise<{ rows: QueueRow[]; total: number; pages: number }> {
  const needle = foldName(view.q) || view.q.trim().toLowerCase();
  const words = [...new Set([needle, view.q.trim().toLowerCase()])].filter(Boolean);
  const where: Prisma.EndorsementWhereInput = {
    letterId: access.letterId,
    state: view.state,
    ...(words.length > 0 && {
      OR: words.map((word) => ({ searchText: { contains: literally(word) } })),
      ...nameShownTo(access.role),
    }),
  };
  const [rows, total] = await Promise.all([
    db().endorsement.findMany({
      where,
      orderBy: [{ verifiedAt: 'asc' }, { submittedAt: 'asc' }, { id: 'asc' }],
      skip: (view.page - 1) * QUEUE_PAGE_SIZE,
      take: QUEUE_PAGE_SIZE,
      select: rowFields,
    }),
    db().endorsement.count({ where }),
  ]);
  return {
    rows: rows.map((row) => ({ ...row, ...seenNames(access, row) })),
    total,
    pages: Math.max(1, Math.ceil(total / QUEUE_PAGE_SIZE)),
  };
}

function domainCheck(email: string, website: string | null): DomainCheck {
  const mail = registrableDomain(email);
  const site = website && registrableDomain(website);
  return { mail, website: site, matches: mail && site ? mail === site : null };
}

/** The similarity of other rows' names and websites, as SQL over their `search_text`. */
function likeness(names: readonly NameRow[], website: string | null) {
  const folded = names.map(({ name }) => foldName(name)).filter(Boolean);
  const domain = website && registrableDomain(website);
  const scores = folded.map((name) => Prisma.sql`word_similarity(${name}, search_text)`);
  const alike = folded.map((name) => Prisma.sql`${name} <% search_text`);
  const sameWebsite = domain
    ? Prisma.sql`search_text LIKE ${`% ${literally(domain)}`}`
    : Prisma.sql`false`;
  return {
    folded,
    score: scores.length > 0 ? Prisma.sql`greatest(${Prisma.join(scores)})` : Prisma.sql`0`,
    isAlike: Prisma.sql`(${Prisma.join([...alike, sameWebsite], ' OR ')})`,
    sameWebsite,
  };
}

interface Compared {
  id: string;
  names: NameRow[];
  website: string | null;
}

async function similarEntries(access: LetterAccess, entry: Compared): Promise<SimilarEntry[]> {
  const { score, isAlike, sameWebsite } = likeness(entry.names, entry.website);
  // Observers see no similar withheld entries, since the match would reveal the name.
  const shown = mayShowName('withheld', access.role)
    ? Prisma.sql`true`
    : Prisma.sql`visibility = 'named'`;
  const found = await db().$queryRaw<{ id: string; sameWebsite: boolean }[]>`
    SELECT id, ${sameWebsite} AS "sameWebsite" FROM endorsement
    WHERE letter_id = ${access.letterId}::uuid AND id <> ${entry.id}::uuid AND state <> 'submitted' AND ${shown} AND ${isAlike}
    ORDER BY ${score} DESC, verified_at, id
    LIMIT ${SIMILAR_MAX}`;
  if (found.length === 0) return [];
  const rows = await db().endorsement.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: { id: true, state: true, visibility: true, names: { select: nameFields } },
  });
  return found.flatMap(({ id, sameWebsite }) => {
    const row = rows.find((other) => other.id === id);
    return row ? [{ id, state: row.state, sameWebsite, ...seenNames(access, row) }] : [];
  });
}

/**
 * Existing organizations that may be an entry's: those with a similar endorsement on this letter,
 * or a similar public one on another. Names withheld on other letters are excluded.
 */
async function suggestedOrganizations(
  { letterId }: LetterAccess,
  entry: Compared,
): Promise<SuggestedOrganization[]> {
  const { folded, score, isAlike, sameWebsite } = likeness(entry.names, entry.website);
  const found = await db().$queryRaw<Omit<SuggestedOrganization, 'names'>[]>`
    SELECT organization_id AS id, bool_or(${sameWebsite}) AS "sameWebsite", bool_or(name_key = ANY(${folded}::text[])) AS "sameName",
      bool_or(letter_id = ${letterId}::uuid AND state = 'approved') AS "hasSigned"
    FROM endorsement JOIN letter ON letter.id = letter_id
    WHERE organization_id IS NOT NULL AND endorsement.id <> ${entry.id}::uuid AND state <> 'submitted' AND ${isAlike}
      AND (letter_id = ${letterId}::uuid OR (state = 'approved' AND visibility = 'named' AND opens_at <= now()))
    GROUP BY organization_id
    ORDER BY max(${score}) DESC, organization_id
    LIMIT ${SIMILAR_MAX}`;
  if (found.length === 0) return [];
  const named = await db().organization.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: {
      id: true,
      names: { select: nameFields },
      // An organization that has only signed as withheld has no names of its own; the ones it
      // signed this letter with are shown instead.
      endorsements: { where: { letterId }, take: 1, select: { names: { select: nameFields } } },
    },
  });
  return found.flatMap((row) => {
    const organization = named.find(({ id }) => id === row.id);
    const own = organization?.names ?? [];
    const { names } = namesOf(own.length > 0 ? own : (organization?.endorsements[0]?.names ?? []));
    if (Object.keys(names).length === 0) return [];
    // `name_key` is one name of each endorsement; an entry may be in the other language only.
    const sameName =
      row.sameName || Object.values(names).some((name) => folded.includes(foldName(name)));
    return [{ ...row, names, sameName }];
  });
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
    },
  });
  if (!row) return null;
  const { contact, representative, pin, signedRevision, revision, website, ...shown } = row;
  const seen = seenNames(access, row);
  const { reading, names } = namesOf(row.names);
  // Sort keys of unapproved entries can be based on older settings of the list.
  const { sortKey } = derivedFromNames(
    { names, reading, website, signedAt: row.submittedAt },
    letter.listSettings,
  );
  const approvable = may(access.role, 'decide') && row.state === 'verified';
  const merges = may(access.role, 'mergeOrganizations') && row.organizationId !== null;
  const [similar, suggested, place, events] = await Promise.all([
    seen.hidden ? [] : similarEntries(access, row),
    approvable || merges ? suggestedOrganizations(access, row) : [],
    row.visibility === 'named' ? placeInList(access.letterId, { id, pin, sortKey }) : null,
    db().auditEvent.findMany({
      where: { endorsementId: id },
      orderBy: { id: 'asc' },
      select: {
        action: true,
        actorKind: true,
        at: true,
        canonical: true,
        actor: { select: { email: true } },
        values: { select: { path: true, value: true } },
      },
    }),
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
    history: events
      .filter((event) => !(seen.hidden && event.action === 'correct'))
      .map(({ action, actorKind, actor, at, canonical, values }) => {
        const { before, after } = auditSides(canonical, values);
        return {
          action,
          actor: actorKind,
          by: actor?.email ?? null,
          at,
          changes: changesIn(access, action, before, after),
        };
      }),
  };
}
