import { EMPTY_TEXT, writtenDate } from './rules';
import type { Basics, NewDraftLink, NewLetter } from './schema';
import { lockLetter, markPublicChange } from '@/lib/letter/commands';
import { contentOf, sameContent, type Language, type LetterContent } from './content';
import { letterStatus } from '@/lib/letter/rules';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { ORDER_VERSION } from '@/lib/organization/order';
import type { LetterMaker, Owner } from '@/lib/coordinator/access';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { hashToken, newToken } from '@/lib/platform/tokens';

const SLUG_MAX = 100;
const DAY_MS = 86_400_000;

/** Letters' present and former addresses stand in two tables, and none may stand in both: one address is given at a time. */
async function lockSlugs(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('undersigned: slugs'))`;
}

/** Null when a letter other than `letterId` neither has nor had the address; otherwise a free one that resembles it. */
async function freeInsteadOf(
  tx: Db,
  slug: string,
  letterId: string | null,
): Promise<string | null> {
  const alike = { startsWith: slug.slice(0, SLUG_MAX - 5) };
  const others = letterId ? { not: letterId } : undefined;
  const letters = await tx.letter.findMany({
    where: { slug: alike, id: others },
    select: { slug: true },
  });
  const retired = await tx.retiredSlug.findMany({
    where: { slug: alike, letterId: others },
    select: { slug: true },
  });
  const taken = new Set([...letters, ...retired].map((row) => row.slug));
  if (!taken.has(slug)) return null;
  for (let n = 2; ; n += 1) {
    const other = `${slug.slice(0, SLUG_MAX - String(n).length - 1)}-${n}`;
    if (!taken.has(other)) return other;
  }
}

/** Writes the next version of a text, and keeps it as a save of its own. */
async function writeText(
  tx: Db,
  letterId: string,
  language: Language,
  parts: LetterContent,
  coordinatorId: string,
): Promise<number> {
  const last = await tx.textSave.findFirst({
    where: { letterId, language },
    orderBy: { version: 'desc' },
    select: { version: true },
  });
  const version = (last?.version ?? 0) + 1;
  await tx.letterText.upsert({
    where: { letterId_language: { letterId, language } },
    create: { letterId, language, version, ...parts },
    update: { version, ...parts },
  });
  await tx.textSave.create({
    data: { letterId, language, version, parts: { ...parts }, savedById: coordinatorId },
  });
  return version;
}

export type Created =
  { ok: true; slug: string } | { ok: false; reason: 'slug-taken'; free: string };

/**
 * Makes a letter at the address `slug`, with a text for each title; its maker becomes its owner. An address that a letter
 * has or had is refused, with a free one in its stead.
 */
export async function createLetter(
  { coordinatorId }: LetterMaker,
  { titleJa, titleEn, authoritativeLanguage, date, timeZone }: NewLetter,
  slug: string,
): Promise<Created> {
  return db().$transaction(async (tx): Promise<Created> => {
    await lockSlugs(tx);
    const free = await freeInsteadOf(tx, slug, null);
    if (free) return { ok: false, reason: 'slug-taken', free };
    const { id: letterId } = await tx.letter.create({
      data: {
        slug,
        authoritativeLanguage,
        date: new Date(date),
        timeZone,
        orderVersion: ORDER_VERSION,
        roles: { create: { coordinatorId, role: 'owner' } },
      },
      select: { id: true },
    });
    for (const [language, title] of [
      ['ja', titleJa],
      ['en', titleEn],
    ] as const) {
      if (title)
        await writeText(
          tx,
          letterId,
          language,
          { ...EMPTY_TEXT, title, dateLine: writtenDate(date, language) },
          coordinatorId,
        );
    }
    await tx.auditEvent.createMany({
      data: [
        {
          letterId,
          actorId: coordinatorId,
          action: 'create_letter',
          before: {},
          after: { slug, authoritativeLanguage, date, timeZone },
        },
        {
          letterId,
          actorId: coordinatorId,
          action: 'grant_role',
          before: { coordinator: coordinatorId, role: null },
          after: { coordinator: coordinatorId, role: 'owner' },
        },
      ],
    });
    return { ok: true, slug };
  });
}

/** What happened to a text since the version that somebody wrote on. */
export interface Conflict {
  /** The version that stands now; 0: the text was removed. */
  version: number;
  /** What stands now; null: the text was removed. */
  theirs: LetterContent | null;
  /** What was written on; null: there was no text. */
  base: LetterContent | null;
  /** Who saved since, each once, in the order of their last saves; empty when that is not known. */
  by: string[];
  /** When it was saved last. */
  at: Date;
}

export type Saved =
  | { ok: true; version: number }
  | { ok: false; reason: 'web-address'; parts: ('title' | 'subject')[] }
  | ({ ok: false; reason: 'changed' } & Conflict);

async function meanwhile(
  tx: Db,
  letterId: string,
  language: Language,
  version: number,
  current: (LetterContent & { version: number }) | null,
): Promise<Conflict> {
  const base = await tx.textSave.findUnique({
    where: { letterId_language_version: { letterId, language, version } },
    select: { parts: true },
  });
  const since = await tx.textSave.findMany({
    where: { letterId, language, version: { gt: version } },
    orderBy: { version: 'asc' },
    select: { savedAt: true, savedBy: { select: { email: true } } },
  });
  const emails = since.map((save) => save.savedBy?.email).filter((email) => email !== undefined);
  return {
    version: current?.version ?? 0,
    theirs: current && contentOf(current),
    base: (base?.parts ?? null) as LetterContent | null,
    by: [...new Set(emails.reverse())].reverse(),
    at: since.at(-1)?.savedAt ?? new Date(),
  };
}

/**
 * Saves a letter's text in a language, written on `version` (0: there was none). When somebody saved since, nothing is
 * written and the answer says what changed; saved anew on the version it names, the text stands. Every save is kept. A
 * title or subject that now holds a web or mail address is refused; one that did before may stay.
 */
export async function saveText(
  owner: Owner,
  { language, version, parts }: { language: Language; version: number; parts: LetterContent },
): Promise<Saved> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx): Promise<Saved> => {
    await lockLetter(tx, letterId);
    const current = await tx.letterText.findUnique({
      where: { letterId_language: { letterId, language } },
    });
    if (current && sameContent(current, parts)) return { ok: true, version: current.version };
    const addressed = (['title', 'subject'] as const).filter(
      (part) => parts[part] !== current?.[part] && holdsWebAddress(parts[part] ?? ''),
    );
    if (addressed.length > 0) return { ok: false, reason: 'web-address', parts: addressed };
    if ((current?.version ?? 0) !== version)
      return {
        ok: false,
        reason: 'changed',
        ...(await meanwhile(tx, letterId, language, version, current)),
      };
    return { ok: true, version: await writeText(tx, letterId, language, parts, coordinatorId) };
  });
}

export type Removed =
  { ok: true } | { ok: false; reason: 'changed' | 'authoritative' | 'published' };

/**
 * Removes the text in a language, unless it is the authoritative one or is published. Its saves stay, and a last one
 * without parts says by whom and when it was removed.
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
        current: { select: { titleJa: true, titleEn: true } },
      },
    });
    if (letter.authoritativeLanguage === language) return { ok: false, reason: 'authoritative' };
    if (language === 'ja' ? letter.current?.titleJa : letter.current?.titleEn)
      return { ok: false, reason: 'published' };
    const { count } = await tx.letterText.deleteMany({ where: { letterId, language, version } });
    if (count === 0) return { ok: false, reason: 'changed' };
    await tx.textSave.create({
      data: {
        letterId,
        language,
        version: version + 1,
        parts: Prisma.JsonNull,
        savedById: coordinatorId,
      },
    });
    await tx.auditEvent.create({
      data: {
        letterId,
        actorId: coordinatorId,
        action: 'remove_text',
        before: { language, version },
        after: { language, version: null },
      },
    });
    return { ok: true };
  });
}

export type SlugChanged =
  | { ok: true; slug: string }
  | { ok: false; reason: 'opened' }
  | { ok: false; reason: 'slug-taken'; free: string };

/** Gives a letter that has not opened another address; the one it had leads to it from now on. */
export async function changeSlug(owner: Owner, slug: string): Promise<SlugChanged> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx): Promise<SlugChanged> => {
    await lockSlugs(tx);
    await lockLetter(tx, letterId);
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { slug: true, opensAt: true, closesAt: true, archivedAt: true },
    });
    if (letter.slug === slug) return { ok: true, slug };
    if (letterStatus(letter, new Date()) !== 'draft') return { ok: false, reason: 'opened' };
    const free = await freeInsteadOf(tx, slug, letterId);
    if (free) return { ok: false, reason: 'slug-taken', free };
    await tx.retiredSlug.deleteMany({ where: { slug, letterId } });
    await tx.letter.update({ where: { id: letterId }, data: { slug } });
    await tx.retiredSlug.create({ data: { slug: letter.slug, letterId } });
    await tx.auditEvent.create({
      data: {
        letterId,
        actorId: coordinatorId,
        action: 'change_slug',
        before: { slug: letter.slug },
        after: { slug },
      },
    });
    await markPublicChange(tx, letterId);
    return { ok: true, slug };
  });
}

export type BasicsChanged = { ok: true } | { ok: false; reason: 'published' | 'no-text' };

/**
 * Sets the date a letter bears, from its next revision on, and which text is the authoritative one: only one that is
 * written, and only until something is published, since what signatories stand behind rests on it.
 */
export async function changeBasics(
  owner: Owner,
  { date, authoritativeLanguage }: Basics,
): Promise<BasicsChanged> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx): Promise<BasicsChanged> => {
    await lockLetter(tx, letterId);
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: {
        authoritativeLanguage: true,
        date: true,
        revision: true,
        texts: { select: { language: true } },
      },
    });
    if (authoritativeLanguage !== letter.authoritativeLanguage) {
      if (letter.revision !== null) return { ok: false, reason: 'published' };
      if (!letter.texts.some((text) => text.language === authoritativeLanguage))
        return { ok: false, reason: 'no-text' };
    }
    const before = {
      date: letter.date.toISOString().slice(0, 10),
      authoritativeLanguage: letter.authoritativeLanguage,
    };
    if (before.date === date && before.authoritativeLanguage === authoritativeLanguage)
      return { ok: true };
    await tx.letter.update({
      where: { id: letterId },
      data: { date: new Date(date), authoritativeLanguage },
    });
    await tx.auditEvent.create({
      data: {
        letterId,
        actorId: coordinatorId,
        action: 'set_basics',
        before,
        after: { date, authoritativeLanguage },
      },
    });
    return { ok: true };
  });
}

/** Makes a link that shows the letter's texts as they are being written, to whoever has it. Only its hash is kept. */
export async function makeDraftLink(
  owner: Owner,
  { label, days }: NewDraftLink,
): Promise<{ ok: true; token: string; expiresAt: Date }> {
  const { letterId, coordinatorId } = owner;
  const token = newToken();
  const expiresAt = new Date(Date.now() + days * DAY_MS);
  await db().$transaction(async (tx) => {
    const link = await tx.draftLink.create({
      data: { letterId, tokenHash: hashToken(token), label, createdById: coordinatorId, expiresAt },
      select: { id: true },
    });
    await tx.auditEvent.create({
      data: {
        letterId,
        actorId: coordinatorId,
        action: 'make_draft_link',
        before: {},
        after: { link: link.id, label, expiresAt: expiresAt.toISOString() },
      },
    });
  });
  return { ok: true, token, expiresAt };
}

/** Ends a draft link of the letter at once. */
export async function revokeDraftLink(
  owner: Owner,
  id: string,
): Promise<{ ok: true } | { ok: false; reason: 'not-found' }> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx) => {
    const revokedAt = new Date();
    const { count } = await tx.draftLink.updateMany({
      where: { id, letterId, revokedAt: null },
      data: { revokedAt },
    });
    if (count === 0) return { ok: false, reason: 'not-found' };
    await tx.auditEvent.create({
      data: {
        letterId,
        actorId: coordinatorId,
        action: 'revoke_draft_link',
        before: { link: id, revokedAt: null },
        after: { link: id, revokedAt: revokedAt.toISOString() },
      },
    });
    return { ok: true };
  });
}
