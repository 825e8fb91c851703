import { describe, expect, test } from 'vitest';
import { decide } from '@/lib/endorsement/review/commands';
import { decideBatch as decideOn, undoBatch } from '@/lib/endorsement/review/batch/commands';
import { retain } from '@/lib/retention/commands';
import { batch, selected } from '@/lib/endorsement/review/batch/queries';
import {
  BATCH_MAX,
  batchApprovalSchema,
  batchDeclineSchema,
  batchEntries,
  selectionSchema,
} from '@/lib/endorsement/review/batch/schema';
import { db } from '@/lib/platform/db/client';
import { aLetter, anEndorsement, aReviewer, manyEndorsements } from '@/tests/support/factories';

let number = 0;
/** An entry whose names and website no other has. */
const anEntry = (letterId: string, over: Parameters<typeof anEndorsement>[1] = {}) => {
  number += 1;
  const name = `Batchgroup${number}x`;
  return anEndorsement(letterId, {
    nameJa: null,
    reading: null,
    nameEn: name,
    website: `https://batchgroup${number}.org/`,
    ...over,
  });
};

/** A batch with a reason that the letter has. */
const decideBatch = async (...of: Parameters<typeof decideOn>) => (await decideOn(...of))!;

const asShown = ({ id, version }: { id: string; version: number }) => ({ id, version });

const stateOf = async (id: string) =>
  (await db().endorsement.findUniqueOrThrow({ where: { id } })).state;

const versionOf = async (id: string) =>
  (await db().letter.findUniqueOrThrow({ where: { id } })).publicVersion;

describe('a reviewer decides on several entries at once', () => {
  test('they are approved with one public change, an audit event and a mail each; and taken back', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const entries = [await anEntry(letter.id), await anEntry(letter.id), await anEntry(letter.id)];
    const before = await versionOf(letter.id);
    const id = await decideBatch(reviewer, { step: 'approve', entries: entries.map(asShown) });
    for (const entry of entries) {
      expect(await stateOf(entry.id)).toBe('approved');
      const where = { endorsementId: entry.id };
      expect(await db().auditEvent.findMany({ where, select: { action: true } })).toEqual([
        { action: 'approve' },
      ]);
      expect(await db().mail.count({ where: { ...where, kind: 'approved' } })).toBe(1);
    }
    expect(await versionOf(letter.id)).toBe(before + 1);
    const shown = (await batch(reviewer, id))!;
    expect(shown.entries.map(({ undoable }) => undoable)).toEqual([true, true, true]);

    expect(await undoBatch(reviewer, id)).toBe(true);
    for (const entry of entries) {
      expect(await stateOf(entry.id)).toBe('verified');
      expect(await db().mail.count({ where: { endorsementId: entry.id } })).toBe(0);
    }
    expect(await versionOf(letter.id)).toBe(before + 2);
    expect((await batch(reviewer, id))!.entries.map(({ outcome }) => outcome)).toEqual([
      'undone',
      'undone',
      'undone',
    ]);
    // Once more changes nothing.
    await undoBatch(reviewer, id);
    expect(await versionOf(letter.id)).toBe(before + 2);
  });

  test('they are declined with a reason and a note; the public sees no change', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const entries = [await anEntry(letter.id), await anEntry(letter.id)];
    const before = await versionOf(letter.id);
    await decideBatch(reviewer, {
      step: 'decline',
      reason: 'out_of_scope',
      note: 'Only for groups in Asia.',
      entries: entries.map(asShown),
    });
    expect(
      await db().endorsement.findMany({
        where: { letterId: letter.id },
        select: { state: true, declineReason: true, declineNote: true },
      }),
    ).toEqual(
      Array(2).fill({
        state: 'declined',
        declineReason: 'out_of_scope',
        declineNote: 'Only for groups in Asia.',
      }),
    );
    expect(await versionOf(letter.id)).toBe(before);
  });

  test('what was changed meanwhile, waits no more, or is of another letter is left, and the rest decided', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const [good, changed, declined] = [
      await anEntry(letter.id),
      await anEntry(letter.id),
      await anEntry(letter.id, { state: 'declined' }),
    ];
    const foreign = await anEntry((await aLetter()).id);
    await db().endorsement.update({ where: { id: changed.id }, data: { version: 2 } });
    const id = await decideBatch(reviewer, {
      step: 'approve',
      entries: [good, changed, declined, foreign].map(asShown),
    });
    const outcomes = new Map(
      (await batch(reviewer, id))!.entries.map((entry) => [entry.id, entry.outcome]),
    );
    expect(outcomes).toEqual(
      new Map([
        [good.id, 'decided'],
        [changed.id, 'changed'],
        [declined.id, 'not_possible'],
      ]),
    );
    expect(await stateOf(good.id)).toBe('approved');
    expect(await stateOf(changed.id)).toBe('verified');
    expect(await stateOf(foreign.id)).toBe('verified');
  });

  test('two of one organization, and one that signed another letter, are not approved with others', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const first = await anEntry(letter.id, { nameEn: 'Twinsociety' });
    const second = await anEntry(letter.id, { nameEn: 'Twinsociety' });
    const known = await anEntry(letter.id, { nameEn: 'Knownsociety' });
    const knownToo = await anEntry(letter.id, {
      nameEn: 'Knownsociety Two',
      visibility: 'withheld',
    });
    const elsewhere = await aLetter();
    await anEntry(elsewhere.id, { nameEn: 'Knownsociety', state: 'approved' });
    await anEntry(elsewhere.id, { nameEn: 'Knownsociety Two', state: 'approved' });
    const other = await anEntry(letter.id);
    const { entries, total } = await selected(reviewer, { id: [], all: true, q: '' });
    expect(total).toBe(5);
    expect(new Map(entries.map((entry) => [entry.id, entry.alike]))).toEqual(
      new Map([
        [first.id, true],
        [second.id, true],
        [known.id, true],
        [knownToo.id, true],
        [other.id, false],
      ]),
    );
    const id = await decideBatch(reviewer, { step: 'approve', entries: entries.map(asShown) });
    const left = (await batch(reviewer, id))!.entries.filter(({ outcome }) => outcome === 'alike');
    expect(left).toHaveLength(4);
    expect(await stateOf(other.id)).toBe('approved');
    // They can all be declined, as duplicates for example.
    await decideBatch(reviewer, {
      step: 'decline',
      reason: 'duplicate',
      note: null,
      entries: [first, second].map(asShown),
    });
    expect(await stateOf(first.id)).toBe('declined');
  });

  test('undo leaves what somebody has changed since', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const [kept, moved] = [await anEntry(letter.id), await anEntry(letter.id)];
    const id = await decideBatch(reviewer, {
      step: 'approve',
      entries: [kept, moved].map(asShown),
    });
    await decide(await aReviewer(letter), { id: moved.id, version: 2, step: 'withdraw' });
    const undoable = (await batch(reviewer, id))!.entries.filter((entry) => entry.undoable);
    expect(undoable.map((entry) => entry.id)).toEqual([kept.id]);
    await undoBatch(reviewer, id);
    expect(await stateOf(kept.id)).toBe('verified');
    expect(await stateOf(moved.id)).toBe('withdrawn');
  });

  test('a batch of another letter is neither read nor undone', async () => {
    const letter = await aLetter();
    const entry = await anEntry(letter.id);
    const id = await decideBatch(await aReviewer(letter), {
      step: 'approve',
      entries: [asShown(entry)],
    });
    const stranger = await aReviewer(await aLetter());
    expect(await batch(stranger, id)).toBeNull();
    expect(await undoBatch(stranger, id)).toBe(false);
    expect(await stateOf(entry.id)).toBe('approved');
  });

  test('a search selects those that wait and are found; only those that wait can be selected', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const found = await anEntry(letter.id, { nameEn: 'Needleton' });
    const approved = await anEntry(letter.id, { nameEn: 'Needleton Two', state: 'approved' });
    const other = await anEntry(letter.id);
    const ids = async (selection: Parameters<typeof selected>[1]) =>
      (await selected(reviewer, selection)).entries.map(({ id }) => id);
    expect(await ids({ id: [], all: true, q: 'needleton' })).toEqual([found.id]);
    expect(await ids({ id: [other.id, approved.id], all: false, q: '' })).toEqual([other.id]);
    expect(await ids({ id: [], all: false, q: '' })).toEqual([]);
  });

  test('more than are decided on at once: the oldest, and how many there are', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    await manyEndorsements(db(), letter, BATCH_MAX + 5, (n) => ({
      name: `Manygroup${n}y`,
      state: 'verified',
      verifiedAt: new Date(Date.UTC(2025, 0, 1) + n * 1_000),
    }));
    const { entries, total } = await selected(reviewer, { id: [], all: true, q: '' });
    expect(total).toBe(BATCH_MAX + 5);
    expect(entries).toHaveLength(BATCH_MAX);
    const field = batchEntries(entries);
    const { entries: read } = batchApprovalSchema.parse({ entries: field });
    expect(read).toEqual(entries.map(asShown));
    const id = await decideBatch(reviewer, { step: 'approve', entries: read });
    expect((await selected(reviewer, { id: [], all: true, q: '' })).total).toBe(5);
    await undoBatch(reviewer, id);
    expect((await selected(reviewer, { id: [], all: true, q: '' })).total).toBe(BATCH_MAX + 5);
  }, 120_000);

  test('old batches are deleted; what was decided stays', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const entry = await anEntry(letter.id);
    const id = await decideBatch(reviewer, { step: 'approve', entries: [asShown(entry)] });
    await retain(new Date(Date.now() + 6 * 86_400_000));
    expect(await batch(reviewer, id)).not.toBeNull();
    await retain(new Date(Date.now() + 8 * 86_400_000));
    expect(await batch(reviewer, id)).toBeNull();
    expect(await stateOf(entry.id)).toBe('approved');
  });
});

test.each(['', 'x', 'x:1', `${crypto.randomUUID()}:0`, `${crypto.randomUUID()}:1,`])(
  'a form with the entries %o is refused',
  (entries) => {
    expect(batchApprovalSchema.safeParse({ entries }).success).toBe(false);
  },
);

test('a form names each entry once, at most as many as are decided on at once, and a reason to decline', () => {
  const one = { id: crypto.randomUUID(), version: 1 };
  const many = Array.from({ length: BATCH_MAX + 1 }, () => ({ ...one, id: crypto.randomUUID() }));
  expect(batchApprovalSchema.safeParse({ entries: batchEntries([one, one]) }).success).toBe(false);
  expect(batchApprovalSchema.safeParse({ entries: batchEntries(many) }).success).toBe(false);
  expect(batchDeclineSchema.safeParse({ entries: batchEntries([one]) }).success).toBe(false);
  expect(selectionSchema.parse({ id: [one.id, 'x'], all: '2', q: ['a'] })).toEqual({
    id: [one.id],
    all: false,
    q: '',
  });
  expect(selectionSchema.parse({})).toEqual({ id: [], all: false, q: '' });
});
