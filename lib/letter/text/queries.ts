import { contentOf, type Language, type LetterContent } from './content';
import { letterStatus } from '@/lib/letter/rules';
import type { LetterAccess, Owner } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { hashToken, isToken } from '@/lib/platform/tokens';

/** Saves on one page of the list of a text's saves. */
const SAVES_PAGE_SIZE = 20;

/** A letter's text as it is being written. */
export interface WorkingText {
  language: Language;
  version: number;
  parts: LetterContent;
}

/** A letter's texts as they are being written, Japanese first. */
export async function workingTexts(authority: LetterAccess): Promise<WorkingText[]> {
  const rows = await db().letterText.findMany({
    where: { letterId: authority.letterId },
    orderBy: { language: 'asc' },
  });
  return rows.map((row) => ({
    language: row.language,
    version: row.version,
    parts: contentOf(row),
  }));
}

/** The languages that a letter's current revision has a text in. */
export async function publishedLanguages(authority: LetterAccess): Promise<Language[]> {
  const letter = await db().letter.findUniqueOrThrow({
    where: { id: authority.letterId },
    select: { current: { select: { titleJa: true, titleEn: true } } },
  });
  return [
    ...(letter.current?.titleJa ? (['ja'] as const) : []),
    ...(letter.current?.titleEn ? (['en'] as const) : []),
  ];
}

/** One save of a text, without what was saved. */
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
      where: { ...where, parts: { equals: Prisma.JsonNull } },
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

/** One save of a text with what was saved, or null when there is none of this number or it was the text's removal. */
export async function savedText(
  owner: Owner,
  language: Language,
  version: number,
): Promise<(Save & { parts: LetterContent }) | null> {
  const row = await db().textSave.findUnique({
    where: { letterId_language_version: { letterId: owner.letterId, language, version } },
    select: { ...saveFields, parts: true },
  });
  if (!row?.parts) return null;
  return {
    version,
    by: row.savedBy?.email ?? null,
    at: row.savedAt,
    removed: false,
    parts: row.parts as unknown as LetterContent,
  };
}

/** A draft link as coordinators see it; its secret is known to nobody but those who were given it. */
export interface DraftLinkRow {
  id: string;
  label: string;
  by: string;
  createdAt: Date;
  expiresAt: Date;
  state: 'works' | 'expired' | 'revoked';
}

/** The draft links of a letter, newest first. */
export async function draftLinks(owner: Owner): Promise<DraftLinkRow[]> {
  const rows = await db().draftLink.findMany({
    where: { letterId: owner.letterId },
    orderBy: { createdAt: 'desc' },
    select: {
      id: true,
      label: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      createdBy: { select: { email: true } },
    },
  });
  return rows.map(({ createdBy, revokedAt, ...row }) => ({
    ...row,
    by: createdBy.email,
    state: revokedAt ? 'revoked' : row.expiresAt <= new Date() ? 'expired' : 'works',
  }));
}

/** What a draft link shows. */
export interface SharedDraft {
  slug: string;
  authoritativeLanguage: Language;
  timeZone: string;
  /** The letter has opened, and its public page says more. */
  opened: boolean;
  expiresAt: Date;
  texts: (LetterContent & { language: Language })[];
}

/** The draft that a link's token opens, or null when the link does not work: unknown, expired, or revoked. */
export async function sharedDraft(token: string): Promise<SharedDraft | null> {
  if (!isToken(token)) return null;
  const link = await db().draftLink.findFirst({
    where: { tokenHash: hashToken(token), revokedAt: null, expiresAt: { gt: new Date() } },
    select: {
      expiresAt: true,
      letter: {
        select: {
          slug: true,
          authoritativeLanguage: true,
          timeZone: true,
          opensAt: true,
          closesAt: true,
          archivedAt: true,
          texts: true,
        },
      },
    },
  });
  if (!link) return null;
  const { slug, authoritativeLanguage, timeZone, texts, ...times } = link.letter;
  return {
    slug,
    authoritativeLanguage,
    timeZone,
    opened: letterStatus(times, new Date()) !== 'draft',
    expiresAt: link.expiresAt,
    texts: texts.map((text) => ({ language: text.language, ...contentOf(text) })),
  };
}
