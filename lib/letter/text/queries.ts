import type { LetterAccess, Owner } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { inOrder, type Language } from '@/lib/platform/languages';
import { contentOf, type LetterContent } from './content';

/** Saves on one page of the list of a text's saves. */
const SAVES_PAGE_SIZE = 20;

/** A letter's text as coordinators edit it. */
export interface WorkingText {
  language: Language;
  version: number;
  content: LetterContent;
}

/** A letter's texts as coordinators edit them, in the order of languages. */
export async function workingTexts({ letterId }: LetterAccess): Promise<WorkingText[]> {
  const rows = await db().letterText.findMany({ where: { letterId } });
  const order = inOrder(rows.map(({ language }) => language));
  return rows
    .map((row) => ({
      language: row.language,
      version: row.version,
      content: contentOf(row),
    }))
    .sort((a, b) => order.indexOf(a.language) - order.indexOf(b.language));
}

/** The languages that a letter's current revision has a text in. */
export async function publishedLanguages({ letterId }: LetterAccess): Promise<Language[]> {
  const { current } = await db().letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { current: { select: { titles: { select: { language: true } } } } },
  });
  return inOrder(current?.titles.map(({ language }) => language) ?? []);
}

/** One save of a text, without its content. */
export interface Save {
  version: number;
  /** Null: not saved in this tool. */
  by: string | null;
  at: Date;
  /** The text was removed. */
  removed: boolean;
}

const saveFields = { version: true, savedAt: true, savedBy: { select: { email: true } } } as const;

/** One page of the saves of a text, newest first. */
export async function saves(
  owner: Owner,
  language: Language,
  page: number,
): Promise<{ rows: Save[]; pages: number }> {
  const where = { letterId: owner.letterId, language };
  const [rows, removals, total] = await Promise.all([
    db().textSave.findMany({
      where,
      orderBy: { version: 'desc' },
      skip: (page - 1) * SAVES_PAGE_SIZE,
      take: SAVES_PAGE_SIZE,
      select: saveFields,
    }),
    db().textSave.findMany({
      where: { ...where, content: { equals: Prisma.JsonNull } },
      select: { version: true },
    }),
    db().textSave.count({ where }),
  ]);
  const removed = new Set(removals.map(({ version }) => version));
  return {
    rows: rows.map((row) => ({
      version: row.version,
      by: row.savedBy?.email ?? null,
      at: row.savedAt,
      removed: removed.has(row.version),
    })),
    pages: Math.max(1, Math.ceil(total / SAVES_PAGE_SIZE)),
  };
}

/** One save of a text with its content, or null when there is none of this number or it was the text's removal. */
export async function savedText(
  owner: Owner,
  language: Language,
  version: number,
): Promise<(Save & { content: LetterContent }) | null> {
  const row = await db().textSave.findUnique({
    where: { letterId_language_version: { letterId: owner.letterId, language, version } },
    select: { ...saveFields, content: true },
  });
  if (!row?.content) return null;
  return {
    version,
    by: row.savedBy?.email ?? null,
    at: row.savedAt,
    removed: false,
    content: row.content as unknown as LetterContent,
  };
}
