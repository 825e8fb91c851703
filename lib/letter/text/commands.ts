import { actorOf, type Owner } from '@/lib/coordinator/access';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { Language } from '@/lib/platform/languages';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { lockLetter } from '../lock';
import { columnsOf, contentOf, sameContent, type LetterContent } from './content';

/** Writes the next version of a text and keeps it as a save, in a transaction that has locked the letter. */
export async function writeText(
  tx: Db,
  letterId: string,
  language: Language,
  content: LetterContent,
  coordinatorId: string,
): Promise<number> {
  const last = await tx.textSave.findFirst({
    where: { letterId, language },
    orderBy: { version: 'desc' },
    select: { version: true },
  });
  const version = (last?.version ?? 0) + 1;
  await tx.letterLanguage.upsert({
    where: { letterId_language: { letterId, language } },
    create: { letterId, language },
    update: {},
  });
  await tx.letterText.upsert({
    where: { letterId_language: { letterId, language } },
    create: { letterId, language, version, ...columnsOf(content) },
    update: { version, ...columnsOf(content) },
  });
  await tx.textSave.create({
    data: { letterId, language, version, content: { ...content }, savedById: coordinatorId },
  });
  return version;
}

/** A conflict: what happened to a text since the version that somebody edited. */
export interface Conflict {
  /** The present version; 0: the text was removed. */
  version: number;
  /** The present text; null: it was removed. */
  theirs: LetterContent | null;
  /** The text that was edited; null: there was none. */
  base: LetterContent | null;
  /** Who saved since, each once, in the order of their last saves; empty when that is not known. */
  by: string[];
  /** When it was saved last. */
  at: Date;
}

export type Saved =
  | { ok: true; version: number }
  | { ok: false; reason: 'web-address'; fields: ('title' | 'subject')[] }
  | ({ ok: false; reason: 'changed' } & Conflict);

async function conflict(
  tx: Db,
  letterId: string,
  language: Language,
  version: number,
  current: { version: number; content: LetterContent } | null,
): Promise<Conflict> {
  const base = await tx.textSave.findUnique({
    where: { letterId_language_version: { letterId, language, version } },
    select: { content: true },
  });
  const since = await tx.textSave.findMany({
    where: { letterId, language, version: { gt: version } },
    orderBy: { version: 'asc' },
    select: { savedAt: true, savedBy: { select: { email: true } } },
  });
  const emails = since.map((save) => save.savedBy?.email).filter((email) => email !== undefined);
  return {
    version: current?.version ?? 0,
    theirs: current && current.content,
    base: (base?.content ?? null) as LetterContent | null,
    by: [...new Set(emails.reverse())].reverse(),
    at: since.at(-1)?.savedAt ?? new Date(),
  };
}

/**
 * Saves a letter's text in a language, edited from `version` (0: there was none). When somebody saved since, nothing is
 * written and the answer is the conflict; saved again on the version it names, the text is written. Every save is kept. A
 * title or subject that now holds a web or mail address is refused; one that did before may stay.
 */
export async function saveText(
  owner: Owner,
  { language, version, content }: { language: Language; version: number; content: LetterContent },
): Promise<Saved> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx): Promise<Saved> => {
    await lockLetter(tx, letterId);
    const row = await tx.letterText.findUnique({
      where: { letterId_language: { letterId, language } },
    });
    const current = row && { version: row.version, content: contentOf(row) };
    if (current && sameContent(current.content, content))
      return { ok: true, version: current.version };
    const addressed = (['title', 'subject'] as const).filter(
      (field) =>
        content[field] !== current?.content[field] && holdsWebAddress(content[field] ?? ''),
    );
    if (addressed.length > 0) return { ok: false, reason: 'web-address', fields: addressed };
    if ((current?.version ?? 0) !== version) {
      const found = await conflict(tx, letterId, language, version, current);
      return { ok: false, reason: 'changed', ...found };
    }
    return {
      ok: true,
      version: await writeText(tx, letterId, language, content, coordinatorId),
    };
  });
}

export type Removed =
  { ok: true } | { ok: false; reason: 'changed' | 'authoritative' | 'published' };

/**
 * Removes the text in a language, unless it is the authoritative one or is published. Its saves stay, and a last one
 * without content records by whom and when it was removed.
 */
export async function removeText(
  owner: Owner,
  { language, version }: { language: Language; version: number },
): Promise<Removed> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx): Promise<Removed> => {
    await lockLetter(tx, letterId);
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: {
        authoritativeLanguage: true,
        current: { select: { titles: { where: { language }, select: { language: true } } } },
      },
    });
    if (letter.authoritativeLanguage === language) return { ok: false, reason: 'authoritative' };
    if (letter.current?.titles.length) return { ok: false, reason: 'published' };
    const { count } = await tx.letterText.deleteMany({ where: { letterId, language, version } });
    if (count === 0) return { ok: false, reason: 'changed' };
    await tx.letterLanguage.delete({ where: { letterId_language: { letterId, language } } });
    await tx.textSave.create({
      data: {
        letterId,
        language,
        version: version + 1,
        content: Prisma.JsonNull,
        savedById: coordinatorId,
      },
    });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'remove_text',
      before: { language, version },
      after: { language, version: null },
    });
    return { ok: true };
  });
}
