import type { Owner } from '@/lib/coordinator/access';
import { nameShownTo } from '@/lib/endorsement/rules';
import { listSettings } from '@/lib/letter/list-settings';
import type { ManagedLetter } from '@/lib/letter/queries';
import { languagesOf } from '@/lib/letter/text/content';
import { nameFields, namesOf } from '@/lib/organization/names';
import { hex } from '@/lib/platform/canonical-json';
import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';
import { revisionContent } from '@/lib/revision/content';
import { IN_ORDER } from '@/lib/signatories/order';
import { publicCounts, type Counts } from '@/lib/signatories/queries';
import type { PresentLetter } from './files';
import { deliveredLists } from './lists';
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
  label: ByLanguage;
  deliveredAt: Date;
  addressee: ByLanguage;
  /** Languages of its text, the authoritative one first. */
  languages: Language[];
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
    ORDER BY entry.number, "withdrawnAt", pin, sort_key, entry.endorsement_id`;
  const since = new Map<number, Departures>();
  for (const { number, printedNames, withdrawnAt } of rows) {
    const of = since.get(number) ?? { named: [], withheld: 0 };
    since.set(number, of);
    if (printedNames) of.named.push({ names: present(printedNames), withdrawnAt });
    else of.withheld += 1;
  }
  return since;
}

interface SummaryRow {
  number: number;
  tally: Tally;
  deliveredAt: Date;
  hash: Uint8Array;
  label: Record<Language, string | null>;
  addressee: Record<Language, string | null>;
  counts: DeliveredCounts;
  revision: { number: number; hash: string };
  authoritativeLanguage: Language;
  languages: Language[];
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
    db().$queryRaw<SummaryRow[]>`
      SELECT number, tally, delivered_at AS "deliveredAt", hash, content -> 'label' AS label, content -> 'addressee' AS addressee,
        content -> 'counts' AS counts, content -> 'revision' AS revision, content #>> '{letter,authoritativeLanguage}' AS "authoritativeLanguage",
        (SELECT array_agg(language) FROM jsonb_object_keys(content -> 'texts') AS language) AS languages
      FROM delivery CROSS JOIN LATERAL (SELECT canonical::jsonb AS content OFFSET 0) AS parsed
      WHERE letter_id = ${letterId}::uuid ORDER BY number DESC`,
    departuresSince(letterId),
  ]);
  return rows.map((row) => toSummary(row, since.get(row.number)));
}

/** One delivery with its full content, or null if there is none with this number. */
export async function publicDelivery(
  letterId: string,
  number: number,
): Promise<{ delivery: DeliverySummary; content: DeliveryContent } | null> {
  const [row, since] = await Promise.all([
    db().delivery.findUnique({
      where: { letterId_number: { letterId, number } },
      select: { number: true, canonical: true, hash: true, deliveredAt: true },
    }),
    departuresSince(letterId),
  ]);
  if (!row) return null;
  const content = deliveryContent(row.canonical);
  const { letter, texts, tally, label, addressee, counts, revision } = content;
  const summary = toSummary(
    {
      number,
      tally,
      deliveredAt: row.deliveredAt,
      hash: row.hash,
      label,
      addressee,
      counts,
      revision,
      authoritativeLanguage: letter.authoritativeLanguage,
      languages: Object.keys(texts),
    },
    since.get(number),
  );
  return { delivery: summary, content };
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

export type DeliveryFileName = 'letter.pdf' | 'signatories.csv';

export interface KeptFile {
  bytes: Uint8Array;
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
  const row = await db().delivery.findUnique({
    where: { letterId_number: { letterId, number } },
    select: {
      canonical: true,
      files: {
        where: { name, ...(requested && { language: requested }) },
        select: { bytes: true, sha256: true, language: true },
      },
    },
  });
  if (!row) return null;
  const { letter, texts } = deliveryContent(row.canonical);
  const file = row.files.find(
    ({ language }) => language === (requested ?? letter.authoritativeLanguage),
  );
  if (!file) return null;
  return {
    ...file,
    title: (texts[file.language] ?? texts[letter.authoritativeLanguage])?.title ?? '',
    slug: letter.slug,
  };
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

/** What a delivery would contain if it were made now. */
export interface DeliveryPreview {
  counts: Counts;
  /** Number of confirmed endorsements that await review. */
  waiting: number;
  revision: { number: number; hash: string };
  /** The addressee according to the text. */
  addressee: ByLanguage;
  languages: Language[];
  /** What its PDF would print as 〓. */
  withoutType: WithoutType;
}

/** What a delivery of the letter would contain now; null if nothing is published. */
export async function deliveryPreview(
  { letterId }: Owner,
  { authoritativeLanguage, revision }: ManagedLetter,
): Promise<DeliveryPreview | null> {
  if (revision === null) return null;
  const [counts, coordinating, waiting, current, names] = await Promise.all([
    publicCounts(letterId),
    // Includes late signatories: the delivery lists them with the others.
    db().signatory.count({
      where: { letterId, list: { not: 'earlier' }, ...nameShownTo('public'), coordinating: true },
    }),
    db().endorsement.count({ where: { letterId, state: 'verified' } }),
    db().revision.findUniqueOrThrow({
      where: { letterId_number: { letterId, number: revision } },
      select: { number: true, hash: true, canonical: true },
    }),
    unusualNames(letterId),
  ]);
  const { texts } = revisionContent(current.canonical);
  return {
    withoutType: withoutType(names, texts),
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
    ORDER BY pin, sort_key, id`;
  return rows.map(({ names }) => present(names));
}

/** Number of names that a draft of the letter would print. */
export function printedNames(letterId: string): Promise<number> {
  return db().signatory.count({ where: { letterId, ...nameShownTo('public') } });
}

/** The signatories in a delivery or draft, in printed order. */
export async function signatoriesToPrint(tx: Db, letterId: string) {
  const rows = await tx.signatory.findMany({
    where: { letterId },
    orderBy: [...IN_ORDER],
    select: {
      id: true,
      list: true,
      visibility: true,
      coordinating: true,
      names: { select: nameFields },
    } satisfies Prisma.SignatorySelect,
  });
  return rows.map(({ names, ...row }) => ({ ...row, names: namesOf(names).names }));
}

/** The letter with its current list, for a draft; null if nothing is published. */
export async function presentLetter(letterId: string): Promise<PresentLetter | null> {
  const [letter, signatories] = await Promise.all([
    db().letter.findUnique({
      where: { id: letterId },
      select: {
        timeZone: true,
        listSettings: true,
        publicUpdatedAt: true,
        current: { select: { canonical: true, number: true, hash: true } },
      },
    }),
    signatoriesToPrint(db(), letterId),
  ]);
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
  };
}
