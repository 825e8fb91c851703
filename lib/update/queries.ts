import { db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import type { Language } from '@/lib/letter/text/content';

export type UpdateKind = 'reply' | 'update';

/** What is posted in one language. */
export interface UpdateText {
  language: Language;
  title: string;
  /** Markdown. */
  body: string;
}

/** A posting as the public sees it. */
export interface PublicUpdate {
  id: string;
  kind: UpdateKind;
  /** The date it bears, `2025-04-23`. */
  date: string;
  /** In one language or two, Japanese first. */
  texts: UpdateText[];
}

const updateFields = {
  id: true,
  kind: true,
  date: true,
  titleJa: true,
  bodyJa: true,
  titleEn: true,
  bodyEn: true,
} as const;

interface UpdateRow {
  id: string;
  kind: UpdateKind;
  date: Date;
  titleJa: string | null;
  bodyJa: string | null;
  titleEn: string | null;
  bodyEn: string | null;
}

function toPublic({ id, kind, date, titleJa, bodyJa, titleEn, bodyEn }: UpdateRow): PublicUpdate {
  const texts: UpdateText[] = [];
  if (titleJa && bodyJa) texts.push({ language: 'ja', title: titleJa, body: bodyJa });
  if (titleEn && bodyEn) texts.push({ language: 'en', title: titleEn, body: bodyEn });
  return { id, kind, date: date.toISOString().slice(0, 10), texts };
}

/** What is posted on a letter's page, the newest date first. Whoever calls it has seen that the letter is public. */
export async function publicUpdates(letterId: string): Promise<PublicUpdate[]> {
  const rows = await db().update.findMany({
    where: { letterId, removedAt: null },
    orderBy: [{ date: 'desc' }, { createdAt: 'desc' }, { id: 'asc' }],
    select: updateFields,
  });
  return rows.map(toPublic);
}

/** A posting as those see it who run the letter. */
export interface ManagedUpdate extends PublicUpdate {
  version: number;
  removedAt: Date | null;
}

/** All postings of a letter, those that were removed last. */
export async function managedUpdates(owner: Owner): Promise<ManagedUpdate[]> {
  const rows = await db().update.findMany({
    where: { letterId: owner.letterId },
    orderBy: [
      { removedAt: { sort: 'desc', nulls: 'first' } },
      { date: 'desc' },
      { createdAt: 'desc' },
      { id: 'asc' },
    ],
    select: { ...updateFields, version: true, removedAt: true },
  });
  return rows.map((row) => ({ ...toPublic(row), version: row.version, removedAt: row.removedAt }));
}
