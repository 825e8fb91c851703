import { actorOf, type Owner } from '@/lib/coordinator/access';
import { renewDerived } from '@/lib/endorsement/renewal/commands';
import { nameShownTo } from '@/lib/endorsement/rules';
import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { keepingUnoffered, type Language } from '@/lib/platform/languages';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { IN_ORDER } from '../order';
import { arranged, pinNumbers, pinsOf, sameOrder, type Pins, type Place } from './rules';
import { LISTS } from './schema';

/** The heading of a list in one language. */
export interface Heading {
  list: (typeof LISTS)[number];
  language: Language;
}

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

/** The headings that contain a web or mail address now and did not before. */
function addressedHeadings(before: ListSettings, after: ListSettings): Heading[] {
  return LISTS.flatMap((list) =>
    Object.entries(after.headings[list])
      .filter(
        ([language, words]) => words !== before.headings[list][language] && holdsWebAddress(words),
      )
      .map(([language]) => ({ list, language })),
  );
}

/**
 * Saves the settings of a letter's list. If its order changes, all stored sort keys are recomputed.
 * Guarded by the settings that the owner saw. A new web or mail address in a heading is refused; an
 * existing one may stay.
 */
export async function saveListSettings(
  owner: Owner,
  { settings, seen }: { settings: ListSettings; seen: ListSettings },
): Promise<
  | { ok: true; changed: boolean }
  | { ok: false; reason: 'changed' }
  | { ok: false; reason: 'web-address'; headings: Heading[] }
> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const { listSettings: stored } = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { listSettings: true },
    });
    const before = listSettings(stored);
    if (!same(before, listSettings(seen))) return { ok: false, reason: 'changed' };
    const typed = listSettings(settings);
    const after = {
      ...typed,
      categories: before.categories,
      headings: {
        coordinating: keepingUnoffered(before.headings.coordinating, typed.headings.coordinating),
        all: keepingUnoffered(before.headings.all, typed.headings.all),
      },
    };
    const headings = addressedHeadings(before, after);
    if (headings.length > 0) return { ok: false, reason: 'web-address', headings };
    if (same(before, after)) return { ok: true, changed: false };
    await tx.letter.update({ where: { id: letterId }, data: { listSettings: after } });
    if (!sameOrder(before, after)) await renewDerived(tx, letterId, after);
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_list',
      before: { ...before },
      after: { ...after },
    });
    await markPublicChange(tx, letterId);
    return { ok: true, changed: true };
  });
}

/**
 * Pins a named, approved entry before or after all others, moves it among the pinned ones, or
 * unpins it. Guarded by the pins that the owner saw.
 */
export async function pinEntry(
  owner: Owner,
  { id, place, seen }: { id: string; place: Place; seen: Pins },
): Promise<{ ok: true; changed: boolean } | { ok: false; reason: 'not-found' | 'changed' }> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const listed = { letterId, state: 'approved', ...nameShownTo('public') } as const;
    const entry = await tx.endorsement.findFirst({
      where: { ...listed, id },
      select: { pin: true },
    });
    if (!entry) return { ok: false, reason: 'not-found' };
    const pinned = await tx.endorsement.findMany({
      where: { ...listed, pin: { not: 0 } },
      orderBy: [...IN_ORDER],
      select: { id: true, pin: true },
    });
    const before = pinsOf(pinned);
    if (!same(before, { first: seen.first, last: seen.last }))
      return { ok: false, reason: 'changed' };
    const after = arranged(before, id, place);
    if (same(before, after)) return { ok: true, changed: false };
    const [was, is] = [pinNumbers(before), pinNumbers(after)];
    for (const other of new Set([...was.keys(), ...is.keys()])) {
      const pin = is.get(other) ?? 0;
      if (pin !== was.get(other))
        await tx.endorsement.update({ where: { id: other }, data: { pin } });
    }
    const plain = (pins: Pins, numbers: Map<string, number>) => ({
      pin: numbers.get(id) ?? 0,
      first: pins.first,
      last: pins.last,
    });
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: actorOf(owner),
      action: 'pin',
      before: plain(before, was),
      after: plain(after, is),
    });
    await markPublicChange(tx, letterId);
    return { ok: true, changed: true };
  });
}
