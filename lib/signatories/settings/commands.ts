import { db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { IN_ORDER } from '@/lib/signatories/order';
import { renewDerived } from '@/lib/endorsement/commands';
import { lockLetter, markPublicChange } from '@/lib/letter/commands';
import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { arranged, pinNumbers, pinsOf, sameOrder, type Pins, type Place } from './rules';

const HEADINGS = [
  ['coordinating', 'ja'],
  ['coordinating', 'en'],
  ['all', 'ja'],
  ['all', 'en'],
] as const;

/** A heading of a list in a language. */
export type Heading = (typeof HEADINGS)[number];

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Saves how a letter's list is made. When its order changes, all stored sort keys are made anew. Guarded by the settings
 * that the owner had before them; audited in the same transaction. A heading that now holds a web or mail address is
 * refused; one that did before may stay.
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
    const after = listSettings(settings);
    const addressed = HEADINGS.filter(
      ([list, language]) =>
        after.headings[list][language] !== before.headings[list][language] &&
        holdsWebAddress(after.headings[list][language] ?? ''),
    );
    if (addressed.length > 0) return { ok: false, reason: 'web-address', headings: addressed };
    if (same(before, after)) return { ok: true, changed: false };
    await tx.letter.update({ where: { id: letterId }, data: { listSettings: after } });
    if (!sameOrder(before, after)) await renewDerived(tx, letterId, after);
    await tx.auditEvent.create({
      data: { letterId, actorId: owner.coordinatorId, action: 'set_list', before, after },
    });
    await markPublicChange(tx, letterId);
    return { ok: true, changed: true };
  });
}

/**
 * Pins a named, approved entry before or behind all others, moves it among the pinned, or lets it go. Guarded by the
 * pins that the owner had before them; audited in the same transaction.
 */
export async function pinEntry(
  owner: Owner,
  { id, place, seen }: { id: string; place: Place; seen: Pins },
): Promise<{ ok: true; changed: boolean } | { ok: false; reason: 'not-found' | 'changed' }> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const listed = { letterId, state: 'approved', visibility: 'named' } as const;
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
    const [was, is] = [before, after].map(pinNumbers) as [Map<string, number>, Map<string, number>];
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
    await tx.auditEvent.create({
      data: {
        letterId,
        endorsementId: id,
        actorId: owner.coordinatorId,
        action: 'pin',
        before: plain(before, was),
        after: plain(after, is),
      },
    });
    await markPublicChange(tx, letterId);
    return { ok: true, changed: true };
  });
}
