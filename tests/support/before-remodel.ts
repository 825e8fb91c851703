/**
 * An instance from before organizations, contacts and languages had their own tables: its database,
 * and its recorded results in today's format. All differences between then and now are implemented
 * here.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { connect } from '@/lib/platform/db/client';
import type { PrismaClient } from '@/lib/platform/db/generated/client';
import { applyMigrations } from '@/lib/platform/db/migrate';
import { createDatabase } from './postgres';

const REMODEL = '20261128140000_organizations_contacts_languages';

export type Row = Record<string, unknown>;
export type Rows = Record<string, Row[]>;

/** Every row of every table, as JSON. */
export async function allRows(client: pg.Client): Promise<Rows> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  const found: Rows = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: Row }>(
      `SELECT to_jsonb(t) AS row FROM ${client.escapeIdentifier(name)} AS t ORDER BY to_jsonb(t)::text COLLATE "C"`,
    );
    found[name] = rows.map(({ row }) => row);
  }
  return found;
}

/**
 * Loads the dump into a new database with its own schema, and migrates it like the product.
 * @param change SQL to run before the migration
 */
async function migrated(serverUrl: string, name: string, change = '') {
  const url = await createDatabase(serverUrl, name, 'template0');
  const prisma = mkdtempSync(path.join(tmpdir(), 'undersigned-before-'));
  mkdirSync(path.join(prisma, 'migrations'));
  const earlier = readdirSync('prisma/migrations').filter((file) => file < REMODEL);
  for (const file of [...earlier, 'migration_lock.toml']) {
    cpSync(path.join('prisma/migrations', file), path.join(prisma, 'migrations', file), {
      recursive: true,
    });
  }
  await applyMigrations(url, prisma);
  rmSync(prisma, { recursive: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(gunzipSync(readFileSync('tests/fixtures/before-remodel.sql.gz')).toString());
  await client.query(change);
  const before = await allRows(client);
  const applied = await applyMigrations(url, 'prisma');
  return { url, client, before, applied, after: await allRows(client) };
}

const store = globalThis as { undersignedDb?: PrismaClient };
const own = { client: store.undersignedDb, url: process.env.DATABASE_URL };

/**
 * Makes an instance from {@link migrated} the database of queries and commands, until {@link
 * leave}.
 */
export async function enter(serverUrl: string, name: string, change?: string) {
  const instance = await migrated(serverUrl, name, change);
  process.env.DATABASE_URL = instance.url;
  store.undersignedDb = connect(instance.url, 4);
  return instance;
}

/** Returns to the worker's own database. */
export async function leave({ client }: { client: pg.Client }): Promise<void> {
  await store.undersignedDb?.$disconnect();
  await client.end();
  process.env.DATABASE_URL = own.url;
  store.undersignedDb = own.client;
}

type Words = Record<string, string | null>;

/** Values by language; languages with null have no member today. */
export const said = (words: Words): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).filter((entry): entry is [string, string] => entry[1] !== null),
  );

interface OldNames {
  ja: string | null;
  en: string | null;
}

interface OldSettings extends Row {
  headings: { coordinating: Words; all: Words };
}

const settings = ({ headings, ...rest }: OldSettings) => ({
  ...rest,
  headings: { coordinating: said(headings.coordinating), all: said(headings.all) },
});

interface OldLetter extends Row {
  basis: { letterId: string; substance: number; delivery: number | null; closesAt: string | null };
  firstTally: { at: string; label: Words } | null;
  final: { at: string; label: Words } | null;
  revision: Row & { reason: Words | null };
  settings: OldSettings;
}

const publicLetter = ({ basis, firstTally, final, revision, ...letter }: OldLetter) => ({
  ...letter,
  id: basis.letterId,
  delivery: basis.delivery,
  rounds: firstTally ? [{ ...firstTally, label: said(firstTally.label) }] : [],
  final: final && { ...final, label: said(final.label) },
  revision: { ...revision, reason: revision.reason && said(revision.reason) },
  settings: settings(letter.settings),
});

interface OldSignatory extends Row {
  names: OldNames;
  signedAt: string;
}

const signatory = ({ names, signedAt, ...rest }: OldSignatory) => ({
  ...rest,
  names: said({ ...names }),
  agreedAt: signedAt,
});

type OldTally = 'first_tally' | 'final' | 'other';

/** A tally as it was called when there was one round, as it is today. */
const tallied = (tally: OldTally) =>
  tally === 'first_tally' ? { tally: 'round', round: 1 } : { tally, round: null };

interface OldDelivery extends Row {
  tally: OldTally;
  label: Words;
  addressee: Words;
  since: {
    named: { names: OldNames & { coordinating: boolean }; withdrawnAt: string | null }[];
    withheld: number;
  };
}

/** The authoritative language is the first of its languages. */
const delivery = ({
  authoritativeLanguage: _,
  tally,
  label,
  addressee,
  since,
  ...rest
}: OldDelivery & Row) => ({
  ...rest,
  ...tallied(tally),
  label: said(label),
  addressee: said(addressee),
  since: {
    named: since.named.map(({ names: { ja, en }, withdrawnAt }) => ({
      names: said({ ja, en }),
      withdrawnAt,
    })),
    withheld: since.withheld,
  },
});

interface OldUpdate extends Row {
  texts: { language: string; title: string; body: string }[];
}

const update = ({ texts, ...rest }: OldUpdate) => ({
  ...rest,
  texts: Object.fromEntries(texts.map(({ language, ...text }) => [language, text])),
});

interface OldRevision extends Row {
  content: Row & { reason: Words | null };
}

/** Format 1 is read as the present one, in which reasons have only the languages with a text. */
const revision = ({ content, ...rest }: OldRevision) => ({
  ...rest,
  content: {
    ...content,
    format: 'undersigned/revision/3',
    reason: content.reason && said(content.reason),
  },
});

type Side = Record<string, string | null | undefined>;

interface SeenEvent {
  action: string;
  by: string | null;
  byRepresentative: boolean;
  at: string;
  before: Side;
  after: Side;
}

export const ACTIONS: Record<string, string> = {
  affirm: 'reaffirm',
  ask_again: 'request_reaffirmation',
  post: 'post_update',
  edit_posting: 'edit_update',
  remove_posting: 'remove_update',
  restore_posting: 'restore_update',
};

/** Changes of events are now listed by field, without unchanged ones; pins are not listed. */
const event = ({ action, by, byRepresentative, at, before, after }: SeenEvent) => ({
  action: ACTIONS[action] ?? action,
  actor: byRepresentative ? 'representative' : by === null ? 'operator' : 'coordinator',
  by,
  at,
  changes: [
    ...['state', 'reason', 'note', 'reading', 'coordinating', 'revision'].map((field) => ({
      field,
      before: before[field] ?? null,
      after: after[field] ?? null,
    })),
    ...['ja', 'en'].map((language) => ({
      field: 'name',
      language,
      before: before[`name${language === 'ja' ? 'Ja' : 'En'}`] ?? null,
      after: after[`name${language === 'ja' ? 'Ja' : 'En'}`] ?? null,
    })),
  ].filter((change) => change.before !== change.after),
});

interface OldEntry extends Row {
  names: OldNames & { hidden: boolean };
  similar: (Row & { names: OldNames & { hidden: boolean } })[];
  text: { signed: number; standsBehind: number; mustStandBehind: number };
  history: SeenEvent[];
  retracted: boolean;
  state: string;
  place: { position: number; of: number } | null;
}

const seenNames = ({ hidden, ja, en }: OldEntry['names']) => ({ names: said({ ja, en }), hidden });

/**
 * Positions used to be among all approved and named entries, and are now within each entry's own
 * list. Nothing in the dump was added after a delivery, so the revision that an entry stands behind
 * determines its list.
 */
function placeInOwnList(
  { text, place }: Pick<OldEntry, 'text'> & { place: { position: number } },
  others: OldEntry[],
) {
  const isEarlier = ({ standsBehind, mustStandBehind }: OldEntry['text']) =>
    standsBehind < mustStandBehind;
  const listed = others.filter(
    (other) => other.state === 'approved' && isEarlier(other.text) === isEarlier(text),
  );
  const before = listed.filter((other) => other.place && other.place.position < place.position);
  const named = listed.filter((other) => other.place !== null);
  return { position: before.length + 1, of: named.length + 1 };
}

/**
 * Evidence and suggested organizations are new: the dump has no evidence and no unreviewed entries.
 */
const entry = (
  { names, similar, text, history, retracted, place, ...rest }: OldEntry,
  others: OldEntry[],
) => ({
  ...rest,
  place: place && placeInOwnList({ text, place }, others),
  ...seenNames(names),
  similar: similar.map(({ names, ...other }) => ({ ...other, ...seenNames(names) })),
  text: { signed: text.signed, standsBehind: text.standsBehind, binding: text.mustStandBehind },
  history: history.map(event),
  withdrawnBy: rest.state !== 'withdrawn' ? null : retracted ? 'representative' : 'coordinator',
  evidence: null,
  organizations: [],
});

interface OldRoom {
  counts: Row;
  entries: Record<string, OldEntry>;
}

const room = ({ counts, entries }: OldRoom) => ({
  counts,
  entries: Object.fromEntries(
    Object.entries(entries).map(([id, found]) => [
      id,
      entry(
        found,
        Object.values(entries).filter((other) => other !== found),
      ),
    ]),
  ),
});

interface OldManaged extends Row {
  substance: number | null;
  listSettings: OldSettings;
  firstTallyAt: string | null;
  firstTallyLabel: Words;
  closesLabel: Words;
}

const managedLetter = ({ substance, firstTallyAt, firstTallyLabel, ...letter }: OldManaged) => ({
  ...letter,
  bindingRevision: substance,
  listSettings: settings(letter.listSettings),
  rounds: firstTallyAt ? [{ at: firstTallyAt, label: said(firstTallyLabel) }] : [],
  internalDeadlineAt: null,
  closesLabel: said(letter.closesLabel),
});

interface OldAsked {
  counts: Row;
  waiting: (Row & { names: Words })[];
  affirmed: (Row & { names: Words })[];
}

const reaffirmations = ({ counts, waiting, affirmed }: OldAsked) => {
  const asked = (rows: OldAsked['waiting']) =>
    rows.map((row) => ({ ...row, names: said(row.names) }));
  return { counts, waiting: asked(waiting), affirmed: asked(affirmed) };
};

interface OldSeen {
  letter: OldLetter;
  counts: Row;
  coordinating: OldSignatory[];
  lists: Record<'listed' | 'added' | 'earlier', OldSignatory[]>;
  deliveries: OldDelivery[];
  updates: OldUpdate[];
  revisions: OldRevision[];
  owner: OldRoom & {
    letter: OldManaged;
    files: Row[];
    updates: OldUpdate[];
    affirmations: OldAsked | null;
  };
  reviewer: OldRoom;
  observer: OldRoom;
}

const today = (seen: OldSeen) => ({
  public: {
    letter: publicLetter(seen.letter),
    counts: seen.counts,
    coordinating: seen.coordinating.map(signatory),
    lists: {
      listed: seen.lists.listed.map(signatory),
      added: seen.lists.added.map(signatory),
      earlier: seen.lists.earlier.map(signatory),
    },
    deliveries: seen.deliveries.map(delivery),
    updates: seen.updates.map(update),
    revisions: seen.revisions.map(revision),
  },
  owner: {
    letter: managedLetter(seen.owner.letter),
    files: seen.owner.files,
    updates: seen.owner.updates.map(update),
    reaffirmations: seen.owner.affirmations && reaffirmations(seen.owner.affirmations),
  },
  rooms: {
    owner: room(seen.owner),
    reviewer: room(seen.reviewer),
    observer: room(seen.observer),
  },
});

export const SLUGS = ['icc-japan-2025', 'rivers-2026'] as const;

/** The recorded results, in today's format. */
export function seenBefore() {
  const stored = JSON.parse(readFileSync('tests/fixtures/before-remodel.json', 'utf8')) as Record<
    (typeof SLUGS)[number],
    OldSeen
  > & { moved: string; letters: Row[] };
  return {
    'icc-japan-2025': today(stored['icc-japan-2025']),
    'rivers-2026': today(stored['rivers-2026']),
    moved: stored.moved,
    letters: stored.letters,
  };
}

interface OldPrintedList {
  heading: Words;
  names: (OldNames & { coordinating: boolean })[];
  others: Words | null;
}

const printedList = ({ heading, names, others }: OldPrintedList) => ({
  heading,
  categories: [],
  names: names.map(({ ja, en, coordinating }) => ({ names: said({ ja, en }), coordinating })),
  others,
});

/** A delivery of format 1, as it is read today. */
export function printedBefore(canonical: string) {
  const { tally, label, addressee, lists, ...rest } = JSON.parse(canonical) as {
    tally: OldTally;
    label: Words;
    addressee: Words;
    lists: Record<'coordinating' | 'earlier', OldPrintedList | null> & { all: OldPrintedList };
  };
  return {
    ...rest,
    format: 'undersigned/delivery/4',
    ...tallied(tally),
    label: said(label),
    addressee: said(addressee),
    lists: {
      coordinating: lists.coordinating && printedList(lists.coordinating),
      all: printedList(lists.all),
      earlier: lists.earlier && printedList(lists.earlier),
    },
  };
}

/** A row of the old `endorsement` table. */
export interface OldEndorsement {
  id: string;
  state: string;
  proof: string;
  name_ja: string | null;
  name_en: string | null;
  reading: string | null;
  representative_name: string | null;
  representative_role: string | null;
  email: string;
  email_key: string;
  language: string;
  verified_at: string | null;
  decline_note: string | null;
}

/** A row of the old `audit_event` table. */
export interface OldEvent {
  id: number;
  letter_id: string | null;
  endorsement_id: string | null;
  actor_id: string | null;
  action: string;
  before: Row;
  after: Row;
  note: string | null;
  at: string;
}

/** The changes of an event in today's format: names and texts by language. */
export function sidesBefore({ action, before, after }: OldEvent) {
  const reshaped = (side: Row): Row => {
    if (Object.keys(side).length === 0) return side;
    const { nameJa, nameEn, titleJa, titleEn, bodyJa, bodyEn, posting, ...rest } = side as Words;
    if (action === 'correct') return { ...rest, names: said({ ja: nameJa!, en: nameEn! }) };
    if (posting === undefined) return side;
    const texts = {
      ...(titleJa && { ja: { title: titleJa, body: bodyJa } }),
      ...(titleEn && { en: { title: titleEn, body: bodyEn } }),
    };
    return { ...rest, texts, update: posting };
  };
  return { before: reshaped(before), after: reshaped(after) };
}
