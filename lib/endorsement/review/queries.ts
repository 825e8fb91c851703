import { db, literally } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { AuditAction } from '@/lib/platform/db/generated/enums';
import { mayDecide, type LetterAccess } from '@/lib/coordinator/access';
import { foldName, registrableDomain } from '@/lib/organization/rules';
import { beside } from '@/lib/signatories/order';
import { BY_REPRESENTATIVE, derivedFromNames, type State } from '@/lib/endorsement/rules';
import { listSettings } from '@/lib/letter/list-settings';
import type { QueueView } from './schema';

/** Entries on one page of the queue. */
export const QUEUE_PAGE_SIZE = 50;
const SIMILAR_MAX = 5;

/** Names as a coordinator may see them: an observer is not shown who asked to be withheld. */
export interface SeenNames {
  ja: string | null;
  en: string | null;
  hidden: boolean;
}

export interface QueueRow {
  id: string;
  state: State;
  names: SeenNames;
  country: string;
  visibility: 'named' | 'withheld';
  proof: 'email' | 'attested';
  submittedAt: Date;
  verifiedAt: Date | null;
}

/** Whether the domain of the mail address is that of the website; null where one of them is not known. */
export interface DomainCheck {
  mail: string | null;
  website: string | null;
  matches: boolean | null;
}

export interface HistoryEvent {
  action: AuditAction;
  /** Null: the operator's command line, or the representative. */
  by: string | null;
  byRepresentative: boolean;
  at: Date;
  before: Record<string, string | null>;
  after: Record<string, string | null>;
}

export interface Entry extends QueueRow {
  version: number;
  reading: string | null;
  website: string | null;
  coordinating: boolean;
  declineReason: string | null;
  declineNote: string | null;
  decidedAt: Date | null;
  /** Null for an observer. */
  representative: { name: string | null; role: string | null; email: string } | null;
  domains: DomainCheck | null;
  /** Entries of the same letter that may be the same organization, likeliest first. */
  similar: { id: string; names: SeenNames; state: State; sameWebsite: boolean }[];
  /** Its place among the named signatories, as it is or would be once approved; null when withheld. */
  place: { position: number; of: number } | null;
  /** The revision it signed, the one it stands behind, and the newest it must stand behind to be listed with the others. */
  text: { signed: number; standsBehind: number; mustStandBehind: number };
  /** The representative has withdrawn it. */
  retracted: boolean;
  history: HistoryEvent[];
}

function seenNames(
  authority: LetterAccess,
  row: { nameJa: string | null; nameEn: string | null; visibility: string },
): SeenNames {
  const hidden = row.visibility === 'withheld' && !mayDecide(authority);
  return hidden ? { ja: null, en: null, hidden } : { ja: row.nameJa, en: row.nameEn, hidden };
}

/** One side of an audit row as a coordinator may see it: for an observer without the note to the representative. */
function seenChange(
  authority: LetterAccess,
  change: Prisma.JsonValue,
): Record<string, string | null> {
  const values = Object.entries(change as Record<string, string | number | null>).map(
    ([key, value]) => [key, value === null ? null : String(value)],
  );
  const { note, ...rest } = Object.fromEntries(values) as Record<string, string | null>;
  return mayDecide(authority) && note !== undefined ? { ...rest, note } : rest;
}

const rowFields = {
  id: true,
  state: true,
  nameJa: true,
  nameEn: true,
  country: true,
  visibility: true,
  proof: true,
  submittedAt: true,
  verifiedAt: true,
} as const;

/** How many entries of the letter are in each state. */
export async function stateCounts(authority: LetterAccess): Promise<Record<State, number>> {
  const groups = await db().endorsement.groupBy({
    by: ['state'],
    where: { letterId: authority.letterId },
    _count: { _all: true },
  });
  const counts = { submitted: 0, verified: 0, approved: 0, declined: 0, withdrawn: 0 };
  for (const group of groups) counts[group.state] = group._count._all;
  return counts;
}

/**
 * One page of the entries in a state, oldest first, that hold `q` in a name, reading or website. For an observer a search
 * leaves withheld entries out, since a hit would tell the name.
 */
export async function queue(
  authority: LetterAccess,
  view: QueueView,
): Promise<{ rows: QueueRow[]; total: number; pages: number }> {
  const needle = foldName(view.q) || view.q.trim().toLowerCase();
  const words = [...new Set([needle, view.q.trim().toLowerCase()])].filter(Boolean);
  const where: Prisma.EndorsementWhereInput = {
    letterId: authority.letterId,
    state: view.state,
    ...(words.length > 0 && {
      OR: words.map((word) => ({ searchText: { contains: literally(word) } })),
      ...(!mayDecide(authority) && { visibility: 'named' }),
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
    rows: rows.map(({ nameJa, nameEn, ...row }) => ({
      ...row,
      names: seenNames(authority, { nameJa, nameEn, ...row }),
    })),
    total,
    pages: Math.max(1, Math.ceil(total / QUEUE_PAGE_SIZE)),
  };
}

function domainCheck(email: string, website: string | null): DomainCheck {
  const mail = registrableDomain(email);
  const site = website && registrableDomain(website);
  return { mail, website: site, matches: mail && site ? mail === site : null };
}

async function similarEntries(
  authority: LetterAccess,
  entry: { id: string; nameJa: string | null; nameEn: string | null; website: string | null },
) {
  const names = [entry.nameJa, entry.nameEn].filter((name) => name !== null).map(foldName);
  const domain = entry.website && registrableDomain(entry.website);
  const likeness = Prisma.join(
    names.map((name) => Prisma.sql`word_similarity(${name}, search_text)`),
    ', ',
  );
  const alike = Prisma.join(
    names.map((name) => Prisma.sql`${name} <% search_text`),
    ' OR ',
  );
  const sameWebsite = domain
    ? Prisma.sql`search_text LIKE ${`% ${literally(domain)}`}`
    : Prisma.sql`false`;
  // To an observer even a likeness to a withheld name would tell it.
  const shown = mayDecide(authority) ? Prisma.sql`true` : Prisma.sql`visibility = 'named'`;
  const rows = await db().$queryRaw<
    {
      id: string;
      state: State;
      name_ja: string | null;
      name_en: string | null;
      visibility: string;
      same_website: boolean;
    }[]
  >`
    SELECT id, state, name_ja, name_en, visibility, ${sameWebsite} AS same_website
    FROM endorsement
    WHERE letter_id = ${authority.letterId}::uuid AND id <> ${entry.id}::uuid AND state <> 'submitted' AND ${shown}
      AND (${alike} OR ${sameWebsite})
    ORDER BY greatest(${likeness}) DESC, verified_at, id
    LIMIT ${SIMILAR_MAX}`;
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    names: seenNames(authority, {
      nameJa: row.name_ja,
      nameEn: row.name_en,
      visibility: row.visibility,
    }),
    sameWebsite: row.same_website,
  }));
}

async function placeInList(
  letterId: string,
  entry: { id: string; pin: number; sortKey: string },
): Promise<{ position: number; of: number }> {
  const named: Prisma.EndorsementWhereInput = {
    letterId,
    state: 'approved',
    visibility: 'named',
    id: { not: entry.id },
  };
  const [before, others] = await Promise.all([
    db().endorsement.count({
      where: {
        ...named,
        ...beside(entry, 'lt'),
      },
    }),
    db().endorsement.count({ where: named }),
  ]);
  return { position: before + 1, of: others + 1 };
}

/** One entry of the letter with all that a decision rests on, or null when the letter has no such entry. */
export async function entry(authority: LetterAccess, id: string): Promise<Entry | null> {
  const row = await db().endorsement.findFirst({
    where: { id, letterId: authority.letterId },
    select: {
      ...rowFields,
      version: true,
      reading: true,
      website: true,
      coordinating: true,
      declineReason: true,
      declineNote: true,
      decidedAt: true,
      pin: true,
      signedRevision: true,
      revision: true,
      letter: { select: { bindingRevision: true, listSettings: true } },
      representativeName: true,
      representativeRole: true,
      email: true,
    },
  });
  if (!row) return null;
  const names = seenNames(authority, row);
  const [similar, place, events] = await Promise.all([
    names.hidden ? [] : similarEntries(authority, row),
    // Keys of entries that are not approved may be by older settings of the list.
    row.visibility === 'named'
      ? placeInList(authority.letterId, {
          ...row,
          ...derivedFromNames(
            { ...row, signedAt: row.submittedAt },
            listSettings(row.letter.listSettings),
          ),
        })
      : null,
    db().auditEvent.findMany({
      where: { endorsementId: id },
      orderBy: { id: 'asc' },
      select: {
        action: true,
        at: true,
        before: true,
        after: true,
        note: true,
        actor: { select: { email: true } },
      },
    }),
  ]);
  const {
    nameJa: _ja,
    nameEn: _en,
    pin: _pin,
    signedRevision,
    revision,
    letter,
    representativeName,
    representativeRole,
    email,
    ...shown
  } = row;
  return {
    ...shown,
    names,
    // Notes are written to the representative, and may name them.
    declineNote: mayDecide(authority) ? row.declineNote : null,
    reading: names.hidden ? null : row.reading,
    website: names.hidden ? null : row.website,
    representative: mayDecide(authority)
      ? { name: representativeName, role: representativeRole, email }
      : null,
    domains: mayDecide(authority) ? domainCheck(email, row.website) : null,
    similar,
    place,
    retracted:
      row.state === 'withdrawn' &&
      events.findLast(({ action }) => action === 'withdraw' || action === 'take_back')?.note ===
        BY_REPRESENTATIVE,
    text: {
      signed: signedRevision,
      standsBehind: revision,
      mustStandBehind: letter.bindingRevision ?? revision,
    },
    history: events
      .filter((event) => !(names.hidden && event.action === 'correct'))
      .map((event) => ({
        action: event.action,
        by: event.actor?.email ?? null,
        byRepresentative: event.note === BY_REPRESENTATIVE,
        at: event.at,
        before: seenChange(authority, event.before),
        after: seenChange(authority, event.after),
      })),
  };
}

/** A letter in the list of those that a coordinator runs. */
export interface ManagedLetterSummary {
  slug: string;
  role: 'observer' | 'reviewer' | 'owner';
  titles: { language: 'ja' | 'en'; title: string }[];
  authoritativeLanguage: 'ja' | 'en';
  opensAt: Date | null;
  closesAt: Date | null;
  archivedAt: Date | null;
  waiting: number;
}

/** The letters that a coordinator has a role on (an administrator: all), with how many entries wait for review. */
export async function managedLetters(coordinator: {
  id: string;
  isAdministrator: boolean;
}): Promise<ManagedLetterSummary[]> {
  const letters = await db().letter.findMany({
    where: coordinator.isAdministrator
      ? {}
      : { roles: { some: { coordinatorId: coordinator.id } } },
    orderBy: [{ date: 'desc' }, { slug: 'asc' }],
    select: {
      slug: true,
      authoritativeLanguage: true,
      opensAt: true,
      closesAt: true,
      archivedAt: true,
      texts: { select: { language: true, title: true } },
      roles: { where: { coordinatorId: coordinator.id }, select: { role: true } },
      _count: { select: { endorsements: { where: { state: 'verified' } } } },
    },
  });
  return letters.map(({ texts, roles, _count, ...letter }) => ({
    ...letter,
    titles: texts,
    role: coordinator.isAdministrator ? 'owner' : roles[0]!.role,
    waiting: _count.endorsements,
  }));
}
