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

/** Reserves a slug for a letter; false if another letter has or had it. */
async function reserveSlug(tx: Db, slug: string, letterId: string): Promise<boolean> {
  // Unlike DO NOTHING, DO UPDATE also returns an existing row.
  const [row] = await tx.$queryRaw<{ letter_id: string }[]>`
    INSERT INTO letter_slug (slug, letter_id) VALUES (${slug}, ${letterId}::uuid)
    ON CONFLICT (slug) DO UPDATE SET slug = excluded.slug RETURNING letter_id`;
  return row?.letter_id === letterId;
}

/** An unused slug similar to `slug`. */
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

/** Sets whether unconfirmed sign-ups are reminded. */
export async function setReminders(owner: Owner, reminds: boolean): Promise<void> {
  const { letterId } = owner;
  await db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const { count } = await tx.letter.updateMany({
      where: { id: letterId, reminds: !reminds },
      data: { reminds },
    });
    if (count === 0) return;
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_reminders',
      before: { reminds: !reminds },
      after: { reminds },
    });
  });
}

export type Created =
  { ok: true; slug: string } | { ok: false; reason: 'slug-taken'; free: string };

/**
 * Creates a letter at `slug` with a text for each title; its creator becomes the owner. A slug that
 * another letter has or had is refused, with an unused one as a suggestion.
 */
export async function createLetter(
  maker: LetterMaker,
  { titles, authoritativeLanguage, date, timeZone }: NewLetter,
  slug: string,
): Promise<Created> {
  return db().$transaction(async (tx): Promise<Created> => {
    const { coordinatorId } = maker;
    // Locked, so that a concurrent removal of the coordinator finds the new letter and gives it to
    // another owner.
    const active = await tx.$queryRaw<unknown[]>`
      SELECT FROM coordinator WHERE id = ${coordinatorId}::uuid AND deactivated_at IS NULL FOR SHARE`;
    if (active.length === 0) throw new Error('the coordinator was removed');
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

/** Changes the slug of a letter that has not opened; the former slug then redirects to it. */
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
 * Sets the date of a letter, used from its next revision on, the address to write to about it,
 * which is public at once, and its authoritative text: only an existing one, and only until
 * something is published, because that text is what signatories endorse.
 */
export async function changeBasics(
  owner: Owner,
  { date, authoritativeLanguage, contactEmail }: Basics,
): Promise<BasicsChanged> {
  const { letterId } = owner;
  return db().$transaction(async (tx): Promise<BasicsChanged> => {
    await lockLetter(tx, letterId);
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: {
        authoritativeLanguage: true,
        date: true,
        contactEmail: true,
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
      contactEmail: letter.contactEmail,
    };
    const isMoved = before.contactEmail !== contactEmail;
    if (before.date === date && before.authoritativeLanguage === authoritativeLanguage && !isMoved)
      return { ok: true };
    await tx.letter.update({
      where: { id: letterId },
      data: { date: new Date(date), authoritativeLanguage, contactEmail },
    });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_basics',
      before,
      after: { date, authoritativeLanguage, contactEmail },
    });
    if (isMoved) await markPublicChange(tx, letterId);
    return { ok: true };
  });
}
