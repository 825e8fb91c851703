import type { Language } from '@/lib/platform/languages';
import type { AttestedOrganization } from '../attested/columns';

/** How organizations signed that did not use the form. */
export const IMPORT_KINDS = ['paper', 'fax', 'meeting', 'email', 'other'] as const;

/** An organization of a list, as it was read; complete and normalised. */
export interface ImportedOrganization extends AttestedOrganization {
  representativeName: string | null;
  representativeRole: string | null;
  representativeEmail: string | null;
  /** Of mails to it. */
  language: Language;
  /** Where the coordinator knows of it from, if the list says so. */
  evidence: string | null;
}

/** A row of a list of organizations that have signed. */
export interface ImportRow {
  /** As the spreadsheet counts. */
  number: number;
  /** What was typed, to be shown. */
  typed: { name: string; country: string; email: string };
  /** Codes of what is wrong, by column; of errors of the sign-up form. */
  faults: Record<string, string[]>;
  /** Null: it has faults. */
  organization: ImportedOrganization | null;
}

/**
 * What will happen with a row.
 *
 * - `new`: it is added.
 * - `known`: it is added and waits for a reviewer, since its organization may be known already, and
 *   somebody has to choose it.
 * - `signed`, `unconfirmed`: left out, since an endorsement of the letter has its name, or a sign-up
 *   that is not confirmed yet.
 * - `repeated`: left out, since a row above has its name.
 */
export const ROW_STATES = ['new', 'known', 'signed', 'unconfirmed', 'repeated', 'faulty'] as const;

export type ImportRowState = (typeof ROW_STATES)[number];

/** Why an import was not carried out. */
export const IMPORT_PROBLEMS = ['unpublished', 'faults', 'nobody', 'failed'] as const;

export type ImportProblem = (typeof IMPORT_PROBLEMS)[number];

/** What a row is compared by, as `comparedBy` has it. */
export interface Compared {
  names: readonly string[];
  domain: string | null;
}

/** What is known of the names and websites of a list. */
export interface KnownOfRows {
  /** Names of endorsements of the letter that wait for a decision or are approved. */
  signed: ReadonlySet<string>;
  /** … of sign-ups that are not confirmed yet. */
  unconfirmed: ReadonlySet<string>;
  /** Names of endorsements that were declined or withdrawn, and of organizations that signed another letter; and websites of all of them. */
  known: ReadonlySet<string>;
}

/**
 * What will happen with each row, in its order. Of rows with the same name the first one without
 * faults counts.
 * @param compared null for a row with faults
 */
export function statesOf(
  compared: readonly (Compared | null)[],
  { signed, unconfirmed, known }: KnownOfRows,
): ImportRowState[] {
  const seen = new Set<string>();
  const domains = new Map<string, number>();
  for (const row of compared)
    if (row?.domain) domains.set(row.domain, (domains.get(row.domain) ?? 0) + 1);
  return compared.map((row): ImportRowState => {
    if (!row) return 'faulty';
    const { names, domain } = row;
    const has = (words: ReadonlySet<string>) => names.some((name) => words.has(name));
    if (has(seen)) return 'repeated';
    for (const name of names) seen.add(name);
    if (has(signed)) return 'signed';
    if (has(unconfirmed)) return 'unconfirmed';
    const isKnown = has(known) || (domain && (known.has(domain) || domains.get(domain)! > 1));
    return isKnown ? 'known' : 'new';
  });
}

/** The number of rows in each state. */
export function countsOf(
  rows: readonly { state: ImportRowState }[],
): Record<ImportRowState, number> {
  const counts = Object.fromEntries(ROW_STATES.map((state) => [state, 0]));
  for (const { state } of rows) counts[state]! += 1;
  return counts as Record<ImportRowState, number>;
}

/** Where an import stands. */
export type ImportState = 'draft' | 'running' | 'done' | 'takenBack';

/** Where an import stands, by its times. */
export function importState({
  requestedAt,
  doneAt,
  takenBackAt,
}: {
  requestedAt: Date | null;
  doneAt: Date | null;
  takenBackAt: Date | null;
}): ImportState {
  if (takenBackAt) return 'takenBack';
  if (doneAt) return 'done';
  return requestedAt ? 'running' : 'draft';
}
