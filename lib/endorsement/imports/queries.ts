import type { Reviewer } from '@/lib/coordinator/access';
import { categoryOf } from '@/lib/letter/categories';
import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import { nameFields } from '@/lib/organization/names';
import { db, type Db } from '@/lib/platform/db/client';
import type { ImportKind, Visibility } from '@/lib/platform/db/generated/enums';
import { IMPORTS } from '@/lib/platform/limits';
import { openText } from '@/lib/platform/sealing';
import { openedFile } from '../attested/evidence';
import { DENIED } from '../attested/queries';
import { nameHashes } from '../keys';
import { comparedBy, wordsElsewhere } from '../review/batch/queries';
import { seenNames, type SeenNames } from '../review/seen-names';
import type { State } from '../rules';
import { SEARCH_WORDS } from '../queries';
import {
  IMPORT_PROBLEMS,
  importState,
  statesOf,
  type ImportProblem,
  type ImportRow,
  type ImportRowState,
  type ImportState,
} from './rules';

/** Rows of a page of a list that is looked at, and entries of one of those left. */
export const IMPORT_PAGE = 100;

/** A row of a list, and what will happen with it. */
export type PreviewedRow = ImportRow & { state: ImportRowState };

/**
 * Which of the words (`comparedBy`) endorsements of the letter have, in clear or as keyed hashes,
 * with their states; in one statement that passes over the letter's endorsements once.
 */
async function wordsHere(tx: Db, letterId: string, words: readonly string[]) {
  return tx.$queryRaw<{ word: string; state: State }[]>`
    SELECT DISTINCT word, state::text AS state FROM endorsement
      CROSS JOIN LATERAL unnest(${SEARCH_WORDS}) AS word
      JOIN unnest(${words}::text[]) AS asked (word) USING (word)
    WHERE letter_id = ${letterId}::uuid`;
}

/** What will happen with each row of a list on a letter, as its settings are now. */
export async function previewOf(
  tx: Db,
  letterId: string,
  settings: ListSettings,
  rows: readonly ImportRow[],
): Promise<PreviewedRow[]> {
  const hasCategory = (category: string | null) =>
    settings.categories.length === 0 || categoryOf(settings, category) !== null;
  const current = rows.map((row): ImportRow => {
    if (!row.organization || hasCategory(row.organization.category)) return row;
    return { ...row, organization: null, faults: { category: ['invalidChoice'] } };
  });
  const compared = current.map(
    ({ organization }) =>
      organization &&
      comparedBy({
        names: Object.values(organization.names),
        website: organization.website,
      }),
  );
  const wordOf = new Map<string, string>();
  for (const [at, row] of compared.entries()) {
    for (const name of row?.names ?? []) wordOf.set(name, name);
    if (row?.domain) wordOf.set(row.domain, row.domain);
    // Of withheld entries, `search_text` has the hashes of names.
    for (const name of Object.values(current[at]!.organization?.names ?? {})) {
      const [hash] = nameHashes([name]);
      const [folded] = comparedBy({ names: [name], website: null }).names;
      if (hash && folded) wordOf.set(hash, folded);
    }
  }
  const here = await wordsHere(tx, letterId, [...wordOf.keys()]);
  const elsewhere = await wordsElsewhere(letterId, [...wordOf.keys()], tx);
  const inStates = (...states: State[]) =>
    new Set(
      here.filter(({ state }) => states.includes(state)).map(({ word }) => wordOf.get(word)!),
    );
  const states = statesOf(compared, {
    signed: inStates('verified', 'approved'),
    unconfirmed: inStates('submitted'),
    known: new Set([...inStates('verified', 'approved', 'declined', 'withdrawn'), ...elsewhere]),
  });
  return current.map((row, at) => ({ ...row, state: states[at]! }));
}

/** The rows of a list as they are stored. */
export const openRows = (sealed: string): ImportRow[] =>
  JSON.parse(openText(sealed)) as ImportRow[];

/** An entry of an import that stays when the import is taken back. */
export interface LeftEntry extends SeenNames {
  id: string;
  state: State;
  visibility: Visibility;
}

/** An import, as the letter's reviewers see it. */
export interface ShownImport {
  id: string;
  state: ImportState;
  by: string;
  createdAt: Date;
  doneAt: Date | null;
  kind: ImportKind | null;
  note: string | null;
  /** The name of the attached file. */
  file: string | null;
  approves: boolean;
  /** Rows that are ready, and of how many, while it is carried out. */
  prepared: number;
  total: number;
  problem: ImportProblem | null;
  added: number;
  leftOut: number;
}

const shownFields = {
  id: true,
  createdAt: true,
  kind: true,
  note: true,
  approves: true,
  requestedAt: true,
  prepared: true,
  total: true,
  problem: true,
  doneAt: true,
  added: true,
  leftOut: true,
  takenBackAt: true,
  coordinator: { select: { email: true } },
  file: { select: { name: true } },
} as const;

/** Imports of a letter that are listed. */
const LISTED = 50;

/** The letter's imports, newest first. */
export async function importsOf({ letterId }: Reviewer): Promise<ShownImport[]> {
  const rows = await db().import.findMany({
    where: { letterId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: LISTED,
    select: shownFields,
  });
  return rows.map(({ requestedAt, takenBackAt, problem, coordinator, file, ...row }) => ({
    ...row,
    state: importState({ ...row, requestedAt, takenBackAt }),
    by: coordinator.email,
    file: file && openText(file.name),
    problem: IMPORT_PROBLEMS.find((known) => known === problem) ?? null,
  }));
}

/** An import of the letter; null if there is none (any more). */
export async function importOf(access: Reviewer, id: string): Promise<ShownImport | null> {
  const row = await db().import.findFirst({
    where: { id, letterId: access.letterId },
    select: shownFields,
  });
  if (!row) return null;
  const { requestedAt, takenBackAt, problem, coordinator, file, ...rest } = row;
  return {
    ...rest,
    state: importState({ ...rest, requestedAt, takenBackAt }),
    by: coordinator.email,
    file: file && openText(file.name),
    problem: IMPORT_PROBLEMS.find((known) => known === problem) ?? null,
  };
}

/** The rows of an import that waits to be looked at, and what will happen with each; null if it has none (any more). */
export async function previewedImport(
  { letterId }: Reviewer,
  id: string,
): Promise<PreviewedRow[] | null> {
  const found = await db().import.findFirst({
    where: { id, letterId },
    select: { rows: true, letter: { select: { listSettings: true } } },
  });
  if (!found?.rows) return null;
  return previewOf(db(), letterId, listSettings(found.letter.listSettings), openRows(found.rows));
}

/**
 * The Prisma condition of entries of an import that nobody has changed since, so that they can be
 * taken back: as they were added, without a note of a coordinator, and in no delivery.
 */
export const untouched = (importId: string) => ({
  importId,
  version: 1,
  delivery: null,
  erasureRequestedAt: null,
  notes: { none: {} },
  reaffirmations: { none: { answer: { not: null } } },
});

/** Whether an import can be taken back at a time, and what stays if it is. */
export interface TakingBack {
  /** Entries that are removed; 0 where it is too late. */
  removable: number;
  /** How many stay, and the first of them. */
  left: number;
  entries: LeftEntry[];
}

/** What taking back an import would do now; of one that was taken back, what stayed. */
export async function takingBack(
  access: Reviewer,
  { id, state, doneAt }: Pick<ShownImport, 'id' | 'state' | 'doneAt'>,
  now: Date,
): Promise<TakingBack> {
  const { letterId } = access;
  const removable = await db().endorsement.count({ where: { letterId, ...untouched(id) } });
  const left = { letterId, importId: id, NOT: untouched(id) };
  const entries = await db().endorsement.findMany({
    where: left,
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
    take: IMPORT_PAGE,
    select: { id: true, state: true, visibility: true, names: { select: nameFields } },
  });
  const isTime = state === 'done' && doneAt !== null && doneAt >= importedSince(now);
  return {
    removable: isTime ? removable : 0,
    left: await db().endorsement.count({ where: left }),
    entries: entries.map((entry) => ({ ...entry, ...seenNames(access, entry) })),
  };
}

/** The time since which imports can still be taken back. */
export const importedSince = (now: Date): Date =>
  new Date(now.getTime() - IMPORTS.days * 24 * 3_600_000);

/** The attached evidence of an import of the letter; null if there is none. */
export async function importFile(
  { letterId }: Reviewer,
  importId: string,
): Promise<{ name: string; type: string; bytes: Uint8Array<ArrayBuffer> } | null> {
  const file = await db().importFile.findFirst({
    where: { importId, import: { letterId } },
    select: { name: true, type: true, bytes: true },
  });
  return file && openedFile(file);
}

/** The letter's entries whose address answers that the organization has not signed, which nobody has looked into. */
export async function deniedEntries(
  access: Reviewer,
): Promise<{ entries: LeftEntry[]; total: number }> {
  const where = {
    letterId: access.letterId,
    state: { in: ['verified' as const, 'approved' as const] },
    question: DENIED,
  };
  const rows = await db().endorsement.findMany({
    where,
    orderBy: [{ question: { answeredAt: 'asc' } }, { id: 'asc' }],
    take: IMPORT_PAGE,
    select: { id: true, state: true, visibility: true, names: { select: nameFields } },
  });
  return {
    entries: rows.map((entry) => ({ ...entry, ...seenNames(access, entry) })),
    total: await db().endorsement.count({ where }),
  };
}

/** The settings by which rows of a list are read. */
export async function settingsOf({ letterId }: Reviewer): Promise<ListSettings> {
  const letter = await db().letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { listSettings: true },
  });
  return listSettings(letter.listSettings);
}
