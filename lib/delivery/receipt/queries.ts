import { ownEntry, type OwnEntry } from '@/lib/endorsement/entry/queries';
import { hex } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { revisionContent, type RevisionContent } from '@/lib/revision/content';
import type { Tally } from '../snapshot';

/** A revision that an organization has signed or reaffirmed; `hash` in hexadecimal. */
export interface ReceiptText {
  number: number;
  hash: string;
  publishedAt: Date;
  content: RevisionContent;
}

/** A delivery that an organization was part of. */
export interface ReceiptDelivery {
  number: number;
  tally: Tally;
  round: number | null;
  /** Of its canonical JSON, hexadecimal. */
  hash: string;
  deliveredAt: Date;
  /** Whether it names the organization or only counts it. */
  isNamed: boolean;
}

/** What a receipt is made from. */
export interface Receipt {
  entry: OwnEntry;
  /** The text that was signed, and the one that the organization stands behind if it is another. */
  texts: ReceiptText[];
  /** Newest first. */
  deliveries: ReceiptDelivery[];
}

/** How many deliveries a receipt names, the newest ones. */
const DELIVERIES = 100;

/**
 * The receipt of the entry that the private link with `token` opens; null if it opens none. There is
 * no link before the sign-up is confirmed.
 */
export async function receiptOf(token: string, now: Date = new Date()): Promise<Receipt | null> {
  const entry = await ownEntry(token, now);
  if (entry.state === 'unknown') return null;
  const letter = { slug: entry.letterSlug };
  const [revisions, rows] = await Promise.all([
    db().revision.findMany({
      where: { letter, number: { in: [entry.signedRevision, entry.revision] } },
      orderBy: { number: 'asc' },
      select: { number: true, hash: true, publishedAt: true, canonical: true },
    }),
    db().delivery.findMany({
      where: { letter, entries: { some: { endorsementId: entry.id } } },
      orderBy: { number: 'desc' },
      take: DELIVERIES,
      // Not the JSON, which holds all names.
      select: {
        number: true,
        tally: true,
        round: true,
        hash: true,
        deliveredAt: true,
        entries: { where: { endorsementId: entry.id }, select: { printedNames: true } },
      },
    }),
  ]);
  return {
    entry,
    texts: revisions.map(({ canonical, hash, ...revision }) => ({
      ...revision,
      hash: hex(hash),
      content: revisionContent(canonical),
    })),
    deliveries: rows.map(({ hash, entries, ...delivery }) => ({
      ...delivery,
      hash: hex(hash),
      isNamed: entries.some(({ printedNames }) => printedNames !== null),
    })),
  };
}
