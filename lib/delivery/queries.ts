import { LRUCache } from 'lru-cache';
import type { Owner } from '@/lib/coordinator/access';
import { nameShownTo } from '@/lib/endorsement/rules';
import { listSettings } from '@/lib/letter/list-settings';
import type { ManagedLetter } from '@/lib/letter/queries';
import { languagesOf, type LetterTexts } from '@/lib/letter/text/content';
import { nameFields, namesOf } from '@/lib/organization/names';
import { hex } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { Pieces } from '@/lib/platform/http';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';
import { revisionContent } from '@/lib/revision/content';
import { IN_ORDER } from '@/lib/signatories/order';
import { publicCounts, type Counts } from '@/lib/signatories/queries';
import type { MadeFile, PresentLetter } from './files';
import { deliveredLists, type Listed } from './lists';
import { MAKING_PROBLEMS, type MakingProblem } from './making/rules';
import { USUAL_LETTERS, withoutType, type WithoutType } from './without-type';
import {
  deliveryContent,
  type DeliveredCounts,
  type DeliveryContent,
  type Tally,
} from './snapshot';

/** An organization in a delivery's list that has left the letter since. */
export interface Departure {
  /** Names as printed in the delivery. */
  names: ByLanguage;
  /** When its endorsement was withdrawn; null if it left the list in another way. */
  withdrawnAt: Date | null;
}

/** Changes since a delivery; `withheld`: number of unnamed organizations that have left. */
export interface Departures {
  named: Departure[];
  withheld: number;
}

/** The public data of a delivery in a letter's list of deliveries. */
export interface DeliverySummary {
  number: number;
  tally: Tally;
  /** Number of the round; null for other tallies. */
  round: number | null;
  label: ByLanguage;
  deliveredAt: Date;
  addressee: ByLanguage;
  /** Languages of its text, the authoritative one first. */
  languages: Language[];
  /** Whether there are Word files of it; deliveries of before had none. */
  hasWordFiles: boolean;
  counts: DeliveredCounts;
  revision: { number: number; hash: string };
  /** SHA-256 of its canonical JSON, hexadecimal. */
  hash: string;
  since: Departures;
}

/** The departures since each of the letter's deliveries, by the delivery's number. */
async function departuresSince(letterId: string): Promise<Map<number, Departures>> {
  const rows = await db().$queryRaw<
    { number: number; printedNames: ByLanguage | null; withdrawnAt: Date | null }[]
  >`
    SELECT entry.number, printed_names AS "printedNames", CASE WHEN state = 'withdrawn' THEN decided_at END AS "withdrawnAt"
    FROM delivery_entry AS entry LEFT JOIN endorsement ON endorsement.id = entry.endorsement_id
    WHERE entry.letter_id = ${letterId}::uuid AND state IS DISTINCT FROM 'approved'
    ORDER BY entry.number, "withdrawnAt", category_place, pin, sort_key, entry.endorsement_id`;
  const since = new Map<number, Departures>();
  for (const { number, printedNames, withdrawnAt } of rows) {
    const of = since.get(number) ?? { named: [], withheld: 0 };
    since.set(number, of);
    if (printedNames) of.named.push({ names: present(printedNames), withdrawnAt });
    else of.withheld += 1;
  }
  return since;
}

/** What stands in the JSON of a delivery, but for its texts and lists. */
interface Frozen {
  tally: Tally;
  round: number | null;
  label: Record<Language, string | null>;
  addressee: Record<Language, string | null>;
  counts: DeliveredCounts;
  revision: { number: number; hash: string };
  authoritativeLanguage: Language;
  languages: Language[];
}

interface SummaryRow extends Frozen {
  number: number;
  deliveredAt: Date;
  hash: Uint8Array;
  hasWordFiles: boolean;
}

/** How many deliveries a process remembers; the least recently used is forgotten. */
const REMEMBERED = 500;

/** By letter and number. A delivery never changes, and reading one of 100,000 names takes a second. */
const remembered = new LRUCache<string, Frozen>({ max: REMEMBERED });

/** What is frozen of deliveries of a letter, by number. */
async function frozenOf(letterId: string, numbers: number[]): Promise<Map<number, Frozen>> {
  const known = new Map<number, Frozen>();
  for (const number of numbers) {
    const frozen = remembered.get(`${letterId} ${number}`);
    if (frozen) known.set(number, frozen);
  }
  const unknown = numbers.filter((number) => !known.has(number));
  if (unknown.length === 0) return known;
  const rows = await db().$queryRaw<(Frozen & { number: number })[]>`
    SELECT number, tally, round, content -> 'label' AS label, content -> 'addressee' AS addressee,
      content -> 'counts' AS counts, content -> 'revision' AS revision, content #>> '{letter,authoritativeLanguage}' AS "authoritativeLanguage",
      (SELECT array_agg(language) FROM jsonb_object_keys(content -> 'texts') AS language) AS languages
    FROM delivery CROSS JOIN LATERAL (SELECT canonical::jsonb AS content OFFSET 0) AS parsed
    WHERE letter_id = ${letterId}::uuid AND number = ANY(${unknown}::int[])`;
  for (const { number, ...frozen } of rows) {
    remembered.set(`${letterId} ${number}`, frozen);
    known.set(number, frozen);
  }
  return known;
}

function toSummary(row: SummaryRow, since: Departures | undefined): DeliverySummary {
  const { label, addressee, languages, authoritativeLanguage, hash, ...delivery } = row;
  const texts = Object.fromEntries(languages.map((language) => [language, true]));
  return {
    ...delivery,
    label: present(label),
    addressee: present(addressee),
    languages: languagesOf(texts, authoritativeLanguage),
    hash: hex(hash),
    since: since ?? { named: [], withheld: 0 },
  };
}

/**
 * The deliveries of a letter, newest first. Their texts and lists stay in PostgreSQL, which
 * extracts the rest from the JSON. The caller has checked that the letter is public, or has access
 * to it.
 */
export async function publicDeliveries(letterId: string): Promise<DeliverySummary[]> {
  const [rows, since] = await Promise.all([
    db().$queryRaw<Omit<SummaryRow, keyof Frozen>[]>`
      SELECT number, delivered_at AS "deliveredAt", hash,
        EXISTS (SELECT FROM delivery_file AS file WHERE file.letter_id = delivery.letter_id AND file.number = delivery.number AND name = 'letter.docx') AS "hasWordFiles"
      FROM delivery WHERE letter_id = ${letterId}::uuid ORDER BY number DESC`,
    departuresSince(letterId),
  ]);
  const frozen = await frozenOf(
    letterId,
    rows.map(({ number }) => number),
  );
  return rows.map((row) =>
    toSummary({ ...row, ...frozen.get(row.number)! }, since.get(row.number)),
  );
}

/** Whether a letter has a delivery with this number. */
export async function isDelivery(letterId: string, number: number): Promise<boolean> {
  return (await db().delivery.count({ where: { letterId, number } })) > 0;
}

/** How many names of a list a page shows. */
const NAMES_SHOWN = 1_000;

type ListName = keyof DeliveryContent['lists'];

/**
 * One delivery with its content, or null if there is none with this number. Of each list, the first
 * {@link NAMES_SHOWN} names, and how many more there are; PostgreSQL takes them out of the JSON.
 */
export async function publicDelivery(
  letterId: string,
  number: number,
): Promise<{
  delivery: DeliverySummary;
  content: DeliveryContent;
  more: Partial<Record<ListName, number>>;
} | null> {
  const [deliveries, [row]] = await Promise.all([
    publicDeliveries(letterId),
    db().$queryRaw<{ shown: string; lengths: Partial<Record<ListName, number>> }[]>`
      SELECT (content || jsonb_build_object('lists', lists.shown))::text AS shown, lists.lengths
      FROM delivery CROSS JOIN LATERAL (SELECT canonical::jsonb AS content OFFSET 0) AS parsed
        CROSS JOIN LATERAL (
          SELECT jsonb_object_agg(name, CASE jsonb_typeof(list) WHEN 'object'
              THEN list || jsonb_build_object('names', jsonb_path_query_array(list -> 'names', '$[0 to $last]', ${JSON.stringify({ last: NAMES_SHOWN - 1 })}::jsonb))
              ELSE list END) AS shown,
            jsonb_object_agg(name, jsonb_array_length(list -> 'names')) FILTER (WHERE jsonb_typeof(list) = 'object') AS lengths
          FROM jsonb_each(content -> 'lists') AS list_of (name, list)) AS lists
      WHERE letter_id = ${letterId}::uuid AND number = ${number}`,
  ]);
  const delivery = deliveries.find((one) => one.number === number);
  if (!delivery || !row) return null;
  const more = Object.fromEntries(
    Object.entries(row.lengths).map(([list, length]) => [list, Math.max(0, length - NAMES_SHOWN)]),
  );
  return { delivery, content: deliveryContent(row.shown), more };
}

/** The canonical JSON of a delivery and its hash, or null if there is none with this number. */
export async function deliveryCanonical(
  letterId: string,
  number: number,
): Promise<{ canonical: string; hash: Uint8Array } | null> {
  return db().delivery.findUnique({
    where: { letterId_number: { letterId, number } },
    select: { canonical: true, hash: true },
  });
}

/** Bytes of a file that are in memory at once for a reader. */
const PIECE = 256 * 1024;

/**
 * Bytes of the database, read piece by piece. Each is a statement of its own, so that a slow reader
 * holds no connection; what is delivered does not change meanwhile.
 * @param piece the statement for the bytes from a place on, counted from 1
 */
const inPieces = (size: number, piece: (from: number) => Prisma.Sql): Pieces => ({
  size,
  async *pieces() {
    for (let from = 1; from <= size; from += PIECE) {
      const [row] = await db().$queryRaw<{ bytes: Uint8Array }[]>(piece(from));
      yield row!.bytes;
    }
  },
});

/** The canonical JSON of a delivery to be served, and its hash; null if there is none. */
export async function deliveryJson(
  letterId: string,
  number: number,
): Promise<{ canonical: Pieces; hash: Uint8Array } | null> {
  const [row] = await db().$queryRaw<{ size: number; hash: Uint8Array }[]>`
    SELECT octet_length(canonical) AS size, hash FROM delivery WHERE letter_id = ${letterId}::uuid AND number = ${number}`;
  if (!row) return null;
  const canonical = inPieces(
    row.size,
    (from) => Prisma.sql`
      SELECT substring(convert_to(canonical, 'UTF8') FROM ${from}::int FOR ${PIECE}::int) AS bytes
      FROM delivery WHERE letter_id = ${letterId}::uuid AND number = ${number}`,
  );
  return { canonical, hash: row.hash };
}

export type DeliveryFileName = MadeFile['name'];

export interface KeptFile {
  content: Pieces;
  sha256: Uint8Array;
  language: Language;
  /** The letter's title and slug at the time of delivery. */
  title: string;
  slug: string;
}

/**
 * A stored file of a delivery, or null if there is none in this language. The default language is
 * the one that was authoritative at the time of delivery, so that the response is immutable.
 */
export async function deliveryFile(
  letterId: string,
  number: number,
  name: DeliveryFileName,
  requested: Language | null,
): Promise<KeptFile | null> {
  const [file] = await db().$queryRaw<(Omit<KeptFile, 'content'> & { size: number })[]>`
    SELECT octet_length(bytes) AS size, sha256, language, content #>> '{letter,slug}' AS slug,
      COALESCE(content #>> ARRAY['texts', language, 'title'], content #>> ARRAY['texts', content #>> '{letter,authoritativeLanguage}', 'title'], '') AS title
    FROM delivery_file AS file JOIN delivery USING (letter_id, number)
      CROSS JOIN LATERAL (SELECT canonical::jsonb AS content OFFSET 0) AS parsed
    WHERE letter_id = ${letterId}::uuid AND number = ${number} AND name = ${name}
      AND language = COALESCE(${requested}, content #>> '{letter,authoritativeLanguage}')`;
  if (!file) return null;
  const { size, ...kept } = file;
  const content = inPieces(
    size,
    (from) => Prisma.sql`
      SELECT substring(bytes FROM ${from}::int FOR ${PIECE}::int) AS bytes FROM delivery_file
      WHERE letter_id = ${letterId}::uuid AND number = ${number} AND name = ${name} AND language = ${kept.language}`,
  );
  return { ...kept, content };
}

/** The stored files of a letter's deliveries, without their content; `sha256` in hexadecimal. */
export async function deliveryFiles(
  owner: Owner,
): Promise<{ number: number; name: string; language: Language; sha256: string; size: number }[]> {
  const rows = await db().$queryRaw<
    { number: number; name: string; language: Language; sha256: Uint8Array; size: number }[]
  >`
    SELECT number, name, language, sha256, octet_length(bytes) AS size FROM delivery_file
    WHERE letter_id = ${owner.letterId}::uuid ORDER BY number DESC, name, language`;
  return rows.map(({ sha256, ...file }) => ({ ...file, sha256: hex(sha256) }));
}

/** A delivery whose files are being made, `made` of `total`, or could not be made. */
export type DeliveryInMaking = { made: number; total: number } | { problem: MakingProblem };

/** The letter's delivery in the making, or why the last one was not made; null if there is none. */
export async function deliveryInMaking({ letterId }: Owner): Promise<DeliveryInMaking | null> {
  const found = await db().deliveryRequest.findUnique({
    where: { letterId },
    select: { made: true, total: true, problem: true },
  });
  if (!found) return null;
  const { problem, made, total } = found;
  if (problem === null) return { made, total };
  return { problem: MAKING_PROBLEMS.find((one) => one === problem) ?? 'no-pdf' };
}

/** What a delivery would contain if it were made now. */
export interface DeliveryPreview {
  counts: Counts;
  /** Number of confirmed endorsements that await review. */
  waiting: number;
  revision: { number: number; hash: string };
  /** The addressee according to the text. */
  addressee: ByLanguage;
  languages: Language[];
  texts: LetterTexts;
  /** The first named organizations of its list, in printed order. */
  names: ByLanguage[];
  /** What its PDF would print as 〓. */
  withoutType: WithoutType;
}

async function keptCount(where: Prisma.SignatoryCountWhereInput): Promise<number> {
  const { _sum } = await db().signatoryCount.aggregate({ where, _sum: { count: true } });
  return _sum.count ?? 0;
}

/** How many names a preview shows. */
const PREVIEW_NAMES = 200;

/** What a delivery of the letter would contain now; null if nothing is published. */
export async function deliveryPreview(
  { letterId }: Owner,
  { authoritativeLanguage, revision, listSettings }: ManagedLetter,
): Promise<DeliveryPreview | null> {
  if (revision === null) return null;
  const behind = { letterId, list: { not: 'earlier' as const }, ...nameShownTo('public') };
  const [counts, coordinating, waiting, current, unusual, listed] = await Promise.all([
    publicCounts(letterId),
    // Includes late signatories: the delivery lists them with the others.
    keptCount({ ...behind, coordinating: true }),
    db().endorsement.count({ where: { letterId, state: 'verified' } }),
    db().revision.findUniqueOrThrow({
      where: { letterId_number: { letterId, number: revision } },
      select: { number: true, hash: true, canonical: true },
    }),
    unusualNames(letterId),
    db().signatory.findMany({
      where: behind,
      orderBy: [...IN_ORDER],
      take: PREVIEW_NAMES,
      select: { names: { select: nameFields } },
    }),
  ]);
  const { texts } = revisionContent(current.canonical);
  return {
    withoutType: withoutType(unusual, texts, listSettings.headings),
    texts,
    names: listed.map(({ names }) => namesOf(names).names),
    counts: { ...counts, coordinating },
    waiting,
    revision: { number: current.number, hash: hex(current.hash) },
    addressee: present(
      Object.fromEntries(
        Object.entries(texts).map(([language, { addressee }]) => [language, addressee]),
      ),
    ),
    languages: languagesOf(texts, authoritativeLanguage),
  };
}

/**
 * The names that a PDF would print and that have a character outside of those that it certainly can
 * print, in printed order: of a long list, a few.
 */
async function unusualNames(letterId: string): Promise<ByLanguage[]> {
  const rows = await db().$queryRaw<{ names: ByLanguage }[]>`
    SELECT (SELECT jsonb_object_agg(language, name) FROM endorsement_name WHERE endorsement_id = signatory.id) AS names
    FROM signatory WHERE letter_id = ${letterId}::uuid AND visibility = 'named' AND EXISTS (
      SELECT FROM endorsement_name WHERE endorsement_id = signatory.id AND name !~ ${`^[${USUAL_LETTERS}]*$`})
    ORDER BY category_place, pin, sort_key, id`;
  return rows.map(({ names }) => present(names));
}

/** Number of names that a draft of the letter would print. */
export function printedNames(letterId: string): Promise<number> {
  return keptCount({ letterId, ...nameShownTo('public') });
}

/** Names in printed order, read in pieces, so that other requests are answered in between. */
const NAMES_READ = 2_000;

/** A signatory with the names it is printed with; none if it is withheld. */
type Printed = Listed & { id: string };

/**
 * The signatories in a delivery or draft, in printed order.
 * @param tx a transaction, which a cursor needs
 */
export async function signatoriesToPrint(
  tx: Prisma.TransactionClient,
  letterId: string,
): Promise<Printed[]> {
  const found: Printed[] = [];
  await tx.$executeRaw`
    DECLARE printed NO SCROLL CURSOR FOR
    SELECT id, list, visibility, coordinating, category, ${PRINTED_NAMES} AS names
    FROM signatory WHERE letter_id = ${letterId}::uuid ORDER BY category_place, pin, sort_key, id`;
  for (;;) {
    const rows = await tx.$queryRaw<(Omit<Printed, 'names'> & { names: ByLanguage | null })[]>`
      FETCH ${Prisma.raw(String(NAMES_READ))} FROM printed`;
    for (const row of rows) found.push({ ...row, names: present(row.names ?? {}) });
    if (rows.length < NAMES_READ) break;
  }
  await tx.$executeRaw`CLOSE printed`;
  return found;
}

/** The names of a `signatory` as printed; null if it is not named. */
const PRINTED_NAMES = Prisma.sql`CASE WHEN visibility = 'named' THEN
  (SELECT jsonb_object_agg(language, name) FROM endorsement_name WHERE endorsement_id = signatory.id) END`;

/**
 * What becomes the entries of a delivery of the letter, as an SQL expression: each signatory with its
 * names as printed, and whether it counts as delivered.
 */
export const entriesOf = (letterId: string) => Prisma.sql`(
  SELECT COALESCE(jsonb_agg(jsonb_build_object('id', id, 'names', ${PRINTED_NAMES}, 'listed', list <> 'earlier')), '[]')
  FROM signatory WHERE letter_id = ${letterId}::uuid)`;

/** The letter with its current list, for a draft; null if nothing is published. */
export async function presentLetter(letterId: string): Promise<PresentLetter | null> {
  const { letter, signatories } = await db().$transaction(
    async (tx) => ({
      letter: await tx.letter.findUnique({
        where: { id: letterId },
        select: {
          timeZone: true,
          listSettings: true,
          publicUpdatedAt: true,
          publicVersion: true,
          current: { select: { canonical: true, number: true, hash: true } },
        },
      }),
      signatories: await signatoriesToPrint(tx, letterId),
    }),
    // The version is that of the list.
    { isolationLevel: 'RepeatableRead' },
  );
  if (!letter?.current) return null;
  const settings = listSettings(letter.listSettings);
  const { lists } = deliveredLists(signatories, settings);
  return {
    texts: revisionContent(letter.current.canonical).texts,
    lists,
    leading: settings.leading,
    timeZone: letter.timeZone,
    revision: { number: letter.current.number, hash: hex(letter.current.hash) },
    asOf: letter.publicUpdatedAt,
    version: letter.publicVersion,
  };
}
