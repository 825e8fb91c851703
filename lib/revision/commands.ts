import type { Db } from '../platform/db/client.ts';
import { hex, sha256 } from '../platform/canonical-json.ts';
import { canonicalRevision, type Reason, type RevisionContent, type RevisionKind } from './content.ts';
import type { Language, LetterTexts } from '../letter/parts.ts';

export interface NewRevision {
  kind: RevisionKind;
  reason: Reason | null;
  texts: LetterTexts;
  authoritativeLanguage: Language;
  /** The date the letter bears, `2025-04-23`. */
  date: string;
  publishedAt: Date;
  /** The coordinator who publishes; null for the operator. */
  publishedById: string | null;
}

/**
 * Writes the next revision of a letter and makes it the current one. Part of the transaction that publishes; whoever
 * calls it has locked the letter, or is the only one who knows it yet. Returns its number.
 */
export async function writeRevision(tx: Db, letterId: string, revision: NewRevision): Promise<number> {
  const previous = await tx.revision.findFirst({ where: { letterId }, orderBy: { number: 'desc' }, select: { number: true, hash: true } });
  const { kind, reason, texts, authoritativeLanguage, date, publishedAt, publishedById } = revision;
  const number = (previous?.number ?? 0) + 1;
  const content: RevisionContent = {
    format: 'undersigned/revision/1',
    letter: letterId,
    number,
    previous: previous && hex(previous.hash),
    kind,
    reason,
    publishedAt: publishedAt.toISOString(),
    authoritativeLanguage,
    date,
    texts,
  };
  const canonical = canonicalRevision(content);
  await tx.revision.create({ data: { letterId, number, kind, canonical, hash: sha256(canonical), publishedAt, publishedById } });
  await tx.letter.update({
    where: { id: letterId },
    data: { revision: number, ...((kind === 'first' || kind === 'substance') && { substance: number }) },
  });
  return number;
}
