import { randomUUID } from 'node:crypto';
import { actorOf, type LetterMaker, type Owner } from '@/lib/coordinator/access';
import { ORDER_VERSION } from '@/lib/organization/order';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { lockLetter, markPublicChange } from './lock';
import { letterStatus, SLUG_MAX } from './rules';
import type { Basics, NewLetter } from './schema';
import { writeText } from './text/commands';
import { EMPTY_TEXT, writtenDate } from './text/rules';

/** Reserves an address for a letter; false when another letter has or had it. */
async function reserveSlug(tx: Db, slug: string, letterId: string): Promise<boolean> {
  // DO UPDATE, unlike DO NOTHING, returns the row that is there already.
  const [row] = await tx.$queryRaw<{ letter_id: string }[]>`
    INSERT INTO letter_slug (slug, letter_id) VALUES (${slug}, ${letterId}::uuid)
    ON CONFLICT (slug) DO UPDATE SET slug = excluded.slug RETURNING letter_id`;
  return row?.letter_id === letterId;
}

/** An address like `slug` that no letter has or had. */
async function freeSlug(tx: Db, slug: string): Promise<string> {
  const alike = await tx.letterSlug.findMany({
    where: { slug: { startsWith: slug.slice(0, SLUG_MAX - 5) } },
    select: { slug: true },
  });
  const taken = new Set(alike.map((row) => row.slug));
  for (let n = 2; ; n += 1) {
    const free = `${slug.slice(0, SLUG_MAX - String(n).length - 1)}-${n}`;
    if (!taken.has(free)) return free;
  }
}

export type Created =
  { ok: true; slug: string } | { ok: false; reason: 'slug-taken'; free: string };

/**
 * Creates a letter at the address `slug`, with a text for each title; its maker becomes its owner. An address that a
 * letter has or had is refused, with a free one in its stead.
 */
export async function createLetter(
  maker: LetterMaker,
  { titles, authoritativeLanguage, date, timeZone }: NewLetter,
  slug: string,
): Promise<Created> {
  return db().$transaction(async (tx): Promise<Created> => {
    const { coordinatorId } = maker;
    const letterId = randomUUID();
    if (!(await reserveSlug(tx, slug, letterId)))
      return { ok: false, reason: 'slug-taken', free: await freeSlug(tx, slug) };
    await tx.letter.create({
      data: {
        id: letterId,
        slug,
        authoritativeLanguage,
        date: new Date(date),
        timeZone,
        orderVersion: ORDER_VERSION,
        roles: { create: { coordinatorId, role: 'owner' } },
      },
    });
    for (const [language, title] of Object.entries(titles)) {
      const content = { ...EMPTY_TEXT, title, dateLine: writtenDate(date, language) };
      await writeText(tx, letterId, language, content, coordinatorId);
    }
    const actor = actorOf(maker);
    await audit(tx, {
      letterId,
      actor,
      action: 'create_letter',
      after: { slug, authoritativeLanguage, date, timeZone },
    });
    await audit(tx, {
      letterId,
      actor,
      action: 'grant_role',
      before: { coordinator: coordinatorId, role: null },
      after: { coordinator: coordinatorId, role: 'owner' },
    });
    return { ok: true, slug };
  });
}

export type SlugChanged =
  | { ok: true; slug: string }
  | { ok: false; reason: 'opened' }
  | { ok: false; reason: 'slug-taken'; free: string };

/** Gives a letter that has not opened another address; the one it had redirects to it from now on. */
export async function changeSlug(owner: Owner, slug: string): Promise<SlugChanged> {
  const { letterId } = owner;
  return db().$transaction(async (tx): Promise<SlugChanged> => {
    await lockLetter(tx, letterId);
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { slug: true, opensAt: true, closesAt: true, archivedAt: true },
    });
    if (letter.slug === slug) return { ok: true, slug };
    if (letterStatus(letter, new Date()) !== 'draft') return { ok: false, reason: 'opened' };
    if (!(await reserveSlug(tx, slug, letterId)))
      return { ok: false, reason: 'slug-taken', free: await freeSlug(tx, slug) };
    await tx.letter.update({ where: { id: letterId }, data: { slug } });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'change_slug',
      before: { slug: letter.slug },
      after: { slug },
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
  const { letterId } = owner;
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
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_basics',
      before,
      after: { date, authoritativeLanguage },
    });
    return { ok: true };
  });
}
