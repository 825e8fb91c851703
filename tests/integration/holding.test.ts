/** Where sign-ups come from, as coordinators see it, and entries that they hold. */
import { describe, expect, it } from 'vitest';
import { endorse } from '@/lib/endorsement/commands';
import { signedLetter } from '@/lib/letter/queries';
import { decideBatch, undoBatch } from '@/lib/endorsement/review/batch/commands';
import { batch } from '@/lib/endorsement/review/batch/queries';
import { decide } from '@/lib/endorsement/review/commands';
import { holdBatch, release } from '@/lib/endorsement/review/holding/commands';
import { holdable } from '@/lib/endorsement/review/holding/queries';
import { holdSchema } from '@/lib/endorsement/review/holding/schema';
import { queue } from '@/lib/endorsement/review/queries';
import { selectionSchema } from '@/lib/endorsement/review/batch/schema';
import { queueSchema } from '@/lib/endorsement/review/schema';
import { trendsOf } from '@/lib/endorsement/review/trends/queries';
import { originKey } from '@/lib/endorsement/review/trends/rules';
import { confirm } from '@/lib/endorsement/verification/commands';
import { clientFrom, type Client } from '@/lib/platform/client-address';
import { db } from '@/lib/platform/db/client';
import { ORIGIN_DAYS, TRENDS } from '@/lib/platform/limits';
import { signatories } from '@/lib/signatories/queries';
import {
  aLetter,
  anAddress,
  anEndorsement,
  anObserver,
  aReviewer,
  aSignUp,
} from '@/tests/support/factories';
import { retain } from '@/lib/retention/commands';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import { aClient } from '@/tests/support/sign-up';

let number = 0;
/** Signs up, from a network and with an address. */
async function signUp(letter: { slug: string }, client: Client, email = `who@${aDomain()}`) {
  const signed = aSignUp({ nameEn: `Group ${(number += 1)}`, representativeEmail: email });
  expect(await endorse(await signedLetter(letter.slug), signed, client)).toEqual({ ok: true });
  return email;
}
/** A mail domain that no other test uses. */
const aDomain = () => `${anAddress('d').split('@')[0]}.example`;

const times = async (count: number, work: (n: number) => Promise<unknown>) => {
  for (let n = 0; n < count; n += 1) await work(n);
};

const view = (over: object) => queueSchema.parse({ state: 'all', ...over });
const selection = (over: object) => selectionSchema.parse({ id: [], ...over });
const rowOf = (id: string) => db().endorsement.findUniqueOrThrow({ where: { id } });
const seenOf = async (id: string) => ({ id, version: (await rowOf(id)).version });
const hold = (entries: { id: string; version: number }[], reason = 'A flood.') => ({
  entries,
  reason,
});

describe('where sign-ups come from', () => {
  it('reviewers see what came from one network, and the entries; observers see nothing of it', async () => {
    const letter = await aLetter();
    const flood = aClient();
    await times(TRENDS.least, () => signUp(letter, flood));
    await times(3, () => signUp(letter, aClient()));
    const [reviewer, observer] = [await aReviewer(letter), await anObserver(letter)];
    const [trend, ...others] = await trendsOf(reviewer);
    expect(others).toEqual([]);
    expect(trend).toMatchObject({ kind: 'network', count: TRENDS.least, provider: null });
    expect(trend!.first <= trend!.last).toBe(true);
    const origin = originKey(trend!);
    expect((await queue(reviewer, view({ origin }))).total).toBe(TRENDS.least);
    expect(await trendsOf(observer)).toEqual([]);
    expect((await queue(observer, view({ origin }))).total).toBe(TRENDS.least + 3);
  });

  it('reviewers see what has one mail domain, if that is more than usual', async () => {
    const letter = await aLetter();
    const domain = aDomain();
    await times(TRENDS.least, (n) => signUp(letter, aClient(), `n${n}@mail.${domain}`));
    await times(TRENDS.least, (n) =>
      signUp(letter, aClient(), `${anAddress('x').split('@')[0]}${n}@gmail.com`),
    );
    const trends = await trendsOf(await aReviewer(letter));
    expect(trends).toMatchObject([{ kind: 'domain', count: TRENDS.least, provider: null }]);
    // The other half of all is too many even of a large provider, if nobody else is there.
    const alone = await aLetter();
    await times(TRENDS.least, (n) =>
      signUp(alone, aClient(), `${anAddress('y').split('@')[0]}${n}@gmail.com`),
    );
    expect(await trendsOf(await aReviewer(alone))).toMatchObject([{ provider: 'gmail.com' }]);
  });

  it('is kept as hashes that differ from letter to letter, with no word of an address or network', async () => {
    const [letter, other] = [await aLetter(), await aLetter()];
    const client = clientFrom('203.0.113.77')!;
    const email = `who@${aDomain()}`;
    await signUp(letter, client, email);
    await signUp(other, client, email);
    const rows = await db().signUpOrigin.findMany({
      where: { letterId: { in: [letter.id, other.id] } },
    });
    const hashes = rows.flatMap(({ network, domain }) =>
      [network, domain].map((bytes) => Buffer.from(bytes).toString('hex')),
    );
    expect(new Set(hashes).size).toBe(4);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });

  it('goes with its sign-up, and after thirty days', async () => {
    const letter = await aLetter();
    await signUp(letter, aClient());
    const [row] = await db().signUpOrigin.findMany({ where: { letterId: letter.id } });
    const after = (days: number) => new Date(row!.at.getTime() + days * 24 * 3_600_000);
    const count = () => db().signUpOrigin.count({ where: { letterId: letter.id } });
    // A confirmed one stays longer than its origin.
    await db().endorsement.update({
      where: { id: row!.endorsementId },
      data: { state: 'verified', verifiedAt: new Date() },
    });
    await retain(new Date(after(ORIGIN_DAYS).getTime() - 1));
    expect(await count()).toBe(1);
    await retain(after(ORIGIN_DAYS));
    expect(await count()).toBe(0);
    await rowOf(row!.endorsementId);
  });

  it('says nothing of another letter', async () => {
    const [letter, other] = [await aLetter(), await aLetter()];
    const flood = aClient();
    await times(TRENDS.least, () => signUp(letter, flood));
    const [trend] = await trendsOf(await aReviewer(letter));
    const reviewer = await aReviewer(other);
    expect(await trendsOf(reviewer)).toEqual([]);
    expect((await queue(reviewer, view({ origin: originKey(trend!) }))).total).toBe(0);
  });
});

describe('a held entry', () => {
  it('is not approved until it is released, by itself or with others, and is in the history', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const { id } = await anEndorsement(letter.id, { state: 'verified' });
    const held = await holdBatch(reviewer, hold([await seenOf(id)]));
    expect(await batch(reviewer, held)).toMatchObject({
      step: 'hold',
      entries: [{ id, outcome: 'decided', undoable: true }],
    });
    expect(await decide(reviewer, { ...(await seenOf(id)), step: 'approve' })).toEqual({
      ok: false,
      reason: 'held',
    });
    const approval = await decideBatch(reviewer, { step: 'approve', entries: [await seenOf(id)] });
    expect(await batch(reviewer, approval!)).toMatchObject({ entries: [{ outcome: 'held' }] });
    expect(await signatories(letter.id, 'listed')).toEqual([]);
    expect(await release(reviewer, await seenOf(id))).toEqual({ ok: true });
    expect(await release(reviewer, await seenOf(id))).toMatchObject({ reason: 'not-possible' });
    expect(await decide(reviewer, { ...(await seenOf(id)), step: 'approve' })).toEqual({
      ok: true,
    });
    const events = await db().auditEvent.findMany({
      where: { endorsementId: id },
      orderBy: { id: 'asc' },
      select: { action: true, values: { select: { path: true, value: true } } },
    });
    expect(events.map(({ action }) => action)).toEqual(['hold', 'release', 'approve']);
    expect(events[0]!.values).toEqual([{ path: 'after.note', value: 'A flood.' }]);
  });

  it('is approved by nothing, not even by a write of its own', async () => {
    const letter = await aLetter();
    const { id } = await anEndorsement(letter.id, { state: 'verified' });
    await holdBatch(await aReviewer(letter), hold([await seenOf(id)]));
    const other = await anEndorsement((await aLetter()).id, { state: 'approved' });
    const { organizationId } = await rowOf(other.id);
    const approving = () =>
      db().endorsement.update({
        where: { id },
        data: { state: 'approved', organizationId, decidedAt: new Date() },
      });
    await expect(approving()).rejects.toThrow(/endorsement_held/);
    await db().endorsement.update({ where: { id }, data: { heldAt: null, heldReason: null } });
    await approving();
  });

  it('stays held when it is confirmed by mail, and when a decline is taken back', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const email = await signUp(letter, aClient());
    const { id } = await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
    await holdBatch(reviewer, hold([await seenOf(id)]));
    const [mail] = await mailsTo(email);
    expect(await confirm(tokenOf(mail!), 1)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ state: 'verified', heldReason: 'A flood.' });
    const declined = { step: 'decline', reason: 'other', note: null } as const;
    expect(await decide(reviewer, { ...(await seenOf(id)), ...declined })).toEqual({ ok: true });
    expect(await decide(reviewer, { ...(await seenOf(id)), step: 'take_back' })).toEqual({
      ok: true,
    });
    expect(await decide(reviewer, { ...(await seenOf(id)), step: 'approve' })).toMatchObject({
      reason: 'held',
    });
  });
});

describe('holding several', () => {
  it('a reviewer holds all from one network at once, unconfirmed ones too, and undoes it at once', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const flood = aClient();
    const emails: string[] = [];
    await times(6, async () => emails.push(await signUp(letter, flood)));
    await signUp(letter, aClient());
    const [mail] = await mailsTo(emails[0]!);
    await confirm(tokenOf(mail!), 1);
    const [trend] = await trendsOf(reviewer);
    const found = await holdable(reviewer, selection({ all: '1', origin: originKey(trend!) }));
    expect(found).toMatchObject({ total: 6 });
    expect(found.entries.map(({ state }) => state).sort()).toEqual([
      ...Array(5).fill('submitted'),
      'verified',
    ]);
    const id = await holdBatch(reviewer, hold(found.entries));
    expect((await queue(reviewer, view({ held: '1' }))).total).toBe(6);
    expect(await holdable(reviewer, selection({ all: '1', origin: originKey(trend!) }))).toEqual({
      entries: [],
      total: 0,
    });
    // Somebody releases one by itself meanwhile: it stays as they left it.
    await release(reviewer, await seenOf(found.entries[0]!.id));
    expect(await undoBatch(reviewer, id)).toBe(true);
    expect((await queue(reviewer, view({ held: '1' }))).total).toBe(0);
    const { entries } = (await batch(reviewer, id))!;
    expect(entries.map(({ outcome }) => outcome).sort()).toEqual([
      'decided',
      ...Array(5).fill('undone'),
    ]);
  });

  it('leaves what is decided on, held already, changed since, or another letter’s', async () => {
    const [letter, other] = [await aLetter(), await aLetter()];
    const reviewer = await aReviewer(letter);
    const approved = await anEndorsement(letter.id, { state: 'approved' });
    const waiting = await anEndorsement(letter.id, { state: 'verified' });
    const elsewhere = await anEndorsement(other.id, { state: 'verified' });
    const seen = await seenOf(waiting.id);
    await holdBatch(reviewer, hold([seen], 'First.'));
    const id = await holdBatch(
      reviewer,
      hold([await seenOf(approved.id), seen, await seenOf(elsewhere.id)], 'Second.'),
    );
    const { entries } = (await batch(reviewer, id))!;
    expect(Object.fromEntries(entries.map((one) => [one.id, one.outcome]))).toEqual({
      [approved.id]: 'not_possible',
      [waiting.id]: 'changed',
    });
    const again = await holdBatch(reviewer, hold([await seenOf(waiting.id)], 'Third.'));
    expect(await batch(reviewer, again)).toMatchObject({ entries: [{ outcome: 'not_possible' }] });
    expect(await rowOf(waiting.id)).toMatchObject({ heldReason: 'First.' });
    expect(await rowOf(elsewhere.id)).toMatchObject({ heldAt: null });
  });

  it('needs a reason', () => {
    const entries = '7b1f0f1c-0000-4000-8000-000000000000:1';
    expect(holdSchema.safeParse({ entries, reason: ' ' }).success).toBe(false);
    expect(holdSchema.safeParse({ entries, reason: 'x'.repeat(1_001) }).success).toBe(false);
    expect(holdSchema.safeParse({ entries, reason: 'A flood.' }).success).toBe(true);
  });
});
