import { db } from '../platform/db/client.ts';
import type { Owner } from '../platform/auth/authority.ts';
import type { Language } from '../letter/parts.ts';

export type PostingKind = 'reply' | 'update';

/** What is posted in one language. */
export interface PostingText {
  language: Language;
  title: string;
  /** Markdown. */
  body: string;
}

/** A posting as the public sees it. */
export interface PublicPosting {
  id: string;
  kind: PostingKind;
  /** The date it bears, `2025-04-23`. */
  date: string;
  /** In one language or two, Japanese first. */
  texts: PostingText[];
}

const postingFields = { id: true, kind: true, date: true, titleJa: true, bodyJa: true, titleEn: true, bodyEn: true } as const;

interface PostingRow {
  id: string;
  kind: PostingKind;
  date: Date;
  titleJa: string | null;
  bodyJa: string | null;
  titleEn: string | null;
  bodyEn: string | null;
}

function toPublic({ id, kind, date, titleJa, bodyJa, titleEn, bodyEn }: PostingRow): PublicPosting {
  const texts: PostingText[] = [];
  if (titleJa && bodyJa) texts.push({ language: 'ja', title: titleJa, body: bodyJa });
  if (titleEn && bodyEn) texts.push({ language: 'en', title: titleEn, body: bodyEn });
  return { id, kind, date: date.toISOString().slice(0, 10), texts };
}

/** What is posted on a letter's page, the newest date first. Whoever calls it has seen that the letter is public. */
export async function publicPostings(letterId: string): Promise<PublicPosting[]> {
  const rows = await db().posting.findMany({
    where: { letterId, removedAt: null },
    orderBy: [{ date: 'desc' }, { createdAt: 'desc' }, { id: 'asc' }],
    select: postingFields,
  });
  return rows.map(toPublic);
}

/** A posting as those see it who run the letter. */
export interface ManagedPosting extends PublicPosting {
  version: number;
  removedAt: Date | null;
}

/** All postings of a letter, those that were removed last. */
export async function managedPostings(owner: Owner): Promise<ManagedPosting[]> {
  const rows = await db().posting.findMany({
    where: { letterId: owner.letterId },
    orderBy: [{ removedAt: { sort: 'desc', nulls: 'first' } }, { date: 'desc' }, { createdAt: 'desc' }, { id: 'asc' }],
    select: { ...postingFields, version: true, removedAt: true },
  });
  return rows.map((row) => ({ ...toPublic(row), version: row.version, removedAt: row.removedAt }));
}
