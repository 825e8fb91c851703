import { db } from '@/lib/platform/db/client';
import { hex } from '@/lib/platform/canonical-json';
import type { Owner } from '@/lib/coordinator/access';
import type { ManagedLetter } from '@/lib/letter/queries';
import type { Language, LetterTexts } from '@/lib/letter/text/content';
import { IN_ORDER } from '@/lib/signatories/order';
import { listSettings } from '@/lib/letter/list-settings';
import { revisionContent } from '@/lib/revision/content';
import { publicCounts, type Counts } from '@/lib/signatories/queries';
import { deliveredLists } from './lists';
import {
  deliveryContent,
  type DeliveredCounts,
  type DeliveredName,
  type DeliveryContent,
  type Tally,
} from './snapshot';
import type { PresentLetter } from './files';

/** An organization that was on a delivery's list and has left the letter since. */
export interface Departure {
  /** As printed in the delivery. */
  names: DeliveredName;
  /** When its endorsement was withdrawn; null where it was taken off the list in another way. */
  withdrawnAt: Date | null;
}

/** What has changed since a delivery; `withheld`: how many of those not named have left. */
export interface Departures {
  named: Departure[];
  withheld: number;
}

/** A delivery as the public may see it. */
export interface PublicDelivery {
  number: number;
  tally: Tally;
  label: Record<Language, string | null>;
  deliveredAt: Date;
  addressee: Record<Language, string | null>;
  authoritativeLanguage: Language;
  /** Languages it has the letter in, the authoritative one first. */
  languages: Language[];
  revision: { number: number; hash: string };
  counts: DeliveredCounts;
  /** SHA-256 of its canonical form, hexadecimal. */
  hash: string;
  since: Departures;
}

/** A text's languages, the authoritative one first. */
export function languagesOf(texts: LetterTexts, authoritative: Language): Language[] {
  return (['ja', 'en'] as const)
    .filter((language) => texts[language])
    .sort((a, b) => Number(b === authoritative) - Number(a === authoritative));
}

/** Who has left since each of the letter's deliveries, by the delivery's number. */
async function departuresSince(letterId: string): Promise<Map<number, Departures>> {
  const rows = await db().$queryRaw<
    {
      number: number;
      visibility: 'named' | 'withheld' | null;
      coordinating: boolean;
      name_ja: string | null;
      name_en: string | null;
      withdrawn_at: Date | null;
    }[]
  >`
    SELECT entry.number, endorsement.visibility, coalesce(endorsement.coordinating, false) AS coordinating,
      -- A name corrected since stands as it was printed: the first correction after the delivery says how.
      CASE WHEN corrected.before IS NULL THEN endorsement.name_ja ELSE corrected.before->>'nameJa' END AS name_ja,
      CASE WHEN corrected.before IS NULL THEN endorsement.name_en ELSE corrected.before->>'nameEn' END AS name_en,
      CASE WHEN endorsement.state = 'withdrawn' THEN endorsement.decided_at END AS withdrawn_at
    FROM delivery_entry AS entry
    JOIN delivery ON delivery.letter_id = entry.letter_id AND delivery.number = entry.number
    LEFT JOIN endorsement ON endorsement.id = entry.endorsement_id
    LEFT JOIN LATERAL (
      SELECT before FROM audit_event
      WHERE endorsement_id = entry.endorsement_id AND action = 'correct' AND at > delivery.delivered_at ORDER BY id LIMIT 1
    ) AS corrected ON true
    WHERE entry.letter_id = ${letterId}::uuid AND endorsement.state IS DISTINCT FROM 'approved'
    ORDER BY entry.number, withdrawn_at, endorsement.pin, endorsement.sort_key, entry.endorsement_id`;
  const since = new Map<number, Departures>();
  for (const row of rows) {
    const of = since.get(row.number) ?? { named: [], withheld: 0 };
    since.set(row.number, of);
    if (row.visibility === 'named') {
      of.named.push({
        names: { ja: row.name_ja, en: row.name_en, coordinating: row.coordinating },
        withdrawnAt: row.withdrawn_at,
      });
    } else of.withheld += 1;
  }
  return since;
}

const deliveryFields = { number: true, canonical: true, hash: true, deliveredAt: true } as const;

function toPublic(
  row: { number: number; canonical: string; hash: Uint8Array; deliveredAt: Date },
  since: Departures | undefined,
): { delivery: PublicDelivery; content: DeliveryContent } {
  const content = deliveryContent(row.canonical);
  const { tally, label, addressee, revision, counts, letter, texts } = content;
  return {
    content,
    delivery: {
      number: row.number,
      tally,
      label,
      deliveredAt: row.deliveredAt,
      addressee,
      authoritativeLanguage: letter.authoritativeLanguage,
      languages: languagesOf(texts, letter.authoritativeLanguage),
      revision,
      counts,
      hash: hex(row.hash),
      since: since ?? { named: [], withheld: 0 },
    },
  };
}

/** The deliveries of a letter, the newest first. Whoever calls it has seen that the letter is public, or may see it. */
export async function publicDeliveries(letterId: string): Promise<PublicDelivery[]> {
  const [rows, since] = await Promise.all([
    db().delivery.findMany({
      where: { letterId },
      orderBy: { number: 'desc' },
      select: deliveryFields,
    }),
    departuresSince(letterId),
  ]);
  return rows.map((row) => toPublic(row, since.get(row.number)).delivery);
}

/** One delivery with all that was printed, or null when the letter has none of this number. */
export async function publicDelivery(
  letterId: string,
  number: number,
): Promise<{ delivery: PublicDelivery; content: DeliveryContent } | null> {
  const [row, since] = await Promise.all([
    db().delivery.findUnique({
      where: { letterId_number: { letterId, number } },
      select: deliveryFields,
    }),
    departuresSince(letterId),
  ]);
  return row && toPublic(row, since.get(number));
}

/** The canonical form of a delivery and its hash, or null when the letter has none of this number. */
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
  /** The letter's title and address at the time. */
  title: string;
  slug: string;
}

/**
 * A kept file of a delivery, or null where there is none in this language. Without a language: in the one that was
 * authoritative when it was delivered, so that the answer is the same for ever.
 */
export async function deliveryFile(
  letterId: string,
  number: number,
  name: DeliveryFileName,
  asked: Language | null,
): Promise<KeptFile | null> {
  const row = await db().delivery.findUnique({
    where: { letterId_number: { letterId, number } },
    select: {
      canonical: true,
      files: {
        where: { name, ...(asked && { language: asked }) },
        select: { bytes: true, sha256: true, language: true },
      },
    },
  });
  if (!row) return null;
  const { letter, texts } = deliveryContent(row.canonical);
  const file = row.files.find(
    ({ language }) => language === (asked ?? letter.authoritativeLanguage),
  );
  if (!file) return null;
  return {
    ...file,
    title: (texts[file.language] ?? texts[letter.authoritativeLanguage])?.title ?? '',
    slug: letter.slug,
  };
}

/** The kept files of a letter's deliveries, without their bytes; `sha256` in hexadecimal. */
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

/** What a delivery would hold now, for the coordinator who is about to deliver. */
export interface DeliveryPreview {
  counts: Counts;
  /** Confirmed ones that nobody has decided on. */
  waiting: number;
  revision: { number: number; hash: string };
  /** The addressee as the text names it. */
  addressee: Record<Language, string | null>;
  languages: Language[];
}

/** What a delivery of the letter would hold now; null while nothing of it is published. */
export async function deliveryPreview(
  owner: Owner,
  { id, bindingRevision, delivery, closesAt, authoritativeLanguage, revision }: ManagedLetter,
): Promise<DeliveryPreview | null> {
  if (revision === null || bindingRevision === null || id !== owner.letterId) return null;
  const [counts, coordinating, waiting, current] = await Promise.all([
    publicCounts({ letterId: id, bindingRevision, delivery, closesAt }),
    // Of those added later, too: the delivery lists them with the others.
    db().endorsement.count({
      where: {
        letterId: id,
        state: 'approved',
        visibility: 'named',
        coordinating: true,
        revision: { gte: bindingRevision },
      },
    }),
    db().endorsement.count({ where: { letterId: id, state: 'verified' } }),
    db().revision.findUniqueOrThrow({
      where: { letterId_number: { letterId: id, number: revision } },
      select: { number: true, hash: true, canonical: true },
    }),
  ]);
  const { texts } = revisionContent(current.canonical);
  return {
    counts: { ...counts, coordinating },
    waiting,
    revision: { number: current.number, hash: hex(current.hash) },
    addressee: { ja: texts.ja?.addressee ?? null, en: texts.en?.addressee ?? null },
    languages: languagesOf(texts, authoritativeLanguage),
  };
}

/** How many names a draft of the letter would print. */
export function printedNames(letterId: string): Promise<number> {
  return db().endorsement.count({ where: { letterId, state: 'approved', visibility: 'named' } });
}

/** The letter with its list as it stands now, to be typeset as a draft; null while nothing of it is published. */
export async function presentLetter(letterId: string): Promise<PresentLetter | null> {
  const letter = await db().letter.findUnique({
    where: { id: letterId },
    select: {
      timeZone: true,
      bindingRevision: true,
      listSettings: true,
      publicUpdatedAt: true,
      current: { select: { canonical: true, number: true, hash: true } },
      endorsements: {
        where: { state: 'approved' },
        orderBy: [...IN_ORDER],
        select: {
          nameJa: true,
          nameEn: true,
          coordinating: true,
          visibility: true,
          revision: true,
        },
      },
    },
  });
  if (!letter?.current || letter.bindingRevision === null) return null;
  const settings = listSettings(letter.listSettings);
  const { lists } = deliveredLists(letter.endorsements, letter.bindingRevision, settings);
  return {
    texts: revisionContent(letter.current.canonical).texts,
    lists,
    leading: settings.leading,
    timeZone: letter.timeZone,
    revision: { number: letter.current.number, hash: hex(letter.current.hash) },
    asOf: letter.publicUpdatedAt,
  };
}
