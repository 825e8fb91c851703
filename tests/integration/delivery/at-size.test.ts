import { describe, expect, it, vi } from 'vitest';
import { GET as csvRoute } from '@/app/api/letters/[slug]/deliveries/[number]/signatories.csv/route';
import { GET as jsonRoute } from '@/app/api/letters/[slug]/deliveries/[number]/delivery.json/route';
import { deliver } from '@/lib/delivery/commands';
import { makeDeliveries } from '@/lib/delivery/making/commands';
import { typesetter } from '@/lib/delivery/pdf/typesetter';
import { deliveryInMaking, publicDelivery } from '@/lib/delivery/queries';
import { decide } from '@/lib/endorsement/review/commands';
import { canonicalJson } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { DELIVERIES } from '@/lib/platform/limits';
import { publicCounts } from '@/lib/signatories/queries';
import { aLetter, anEndorsement, anOwner, manySignatories } from '@/tests/support/factories';
import { aSignedLetter, asSeen, frozen, hashOf } from '@/tests/support/delivery';

const LEASE_OVER = () => new Date(Date.now() + (DELIVERIES.leaseSeconds + 1) * 1_000);

/** Holds the typesetter back until it is let go. */
function heldTypesetter() {
  const { set } = typesetter();
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const spy = vi.spyOn(typesetter(), 'set').mockImplementation(async (...job) => {
    await held;
    return set(...job);
  });
  return {
    begun: () => expect.poll(() => spy.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(0),
    letGo: () => {
      spy.mockRestore();
      letGo();
    },
  };
}

vi.setConfig({ testTimeout: 120_000 });

describe('a delivery whose files take long', () => {
  it('holds up no decision, says how far it is, and holds the list of when it was frozen', async () => {
    const { letter, owner, alpha } = await aSignedLetter();
    const waiting = await anEndorsement(letter.id, { nameJa: null, reading: null, nameEn: 'Late' });
    const typesetting = heldTypesetter();
    const delivery = deliver(owner, await asSeen(letter.slug));
    await typesetting.begun();
    expect(await deliveryInMaking(owner)).toEqual({ made: 0, total: 4 });
    expect(await publicDelivery(letter.id, 1)).toBeNull();
    // With the letter's lock held, these would wait for the typesetter, which waits for them.
    expect(await decide(owner, { step: 'approve', id: waiting.id, version: 1 })).toMatchObject({
      ok: true,
    });
    expect(await decide(owner, { step: 'withdraw', id: alpha.id, version: 1 })).toMatchObject({
      ok: true,
    });
    expect(await deliver(owner, await asSeen(letter.slug))).toEqual({
      ok: false,
      reason: 'running',
    });
    typesetting.letGo();
    expect(await delivery).toMatchObject({ ok: true, number: 1 });
    expect(await deliveryInMaking(owner)).toBeNull();
    const { content, delivery: recorded } = (await publicDelivery(letter.id, 1))!;
    expect(content.lists.all.names.map(({ names }) => names.en)).toEqual(['Alpha', 'Beta']);
    expect(recorded.since.named).toMatchObject([{ names: { en: 'Alpha' } }]);
    expect(await publicCounts(letter.id)).toMatchObject({
      listed: { total: 2 },
      added: { total: 1 },
    });
    const { canonical, hash } = await frozen(letter.id, 1);
    expect([hashOf(canonical), canonicalJson(content)]).toEqual([hash, canonical]);
  });

  it('goes on in the background when its coordinator has waited long enough, and says there why it failed', async () => {
    const { letter, owner } = await aSignedLetter();
    const typesetting = heldTypesetter();
    expect(await deliver(owner, await asSeen(letter.slug), 1)).toEqual({ ok: true, number: null });
    typesetting.letGo();
    await expect.poll(() => deliveryInMaking(owner), { timeout: 10_000 }).toBeNull();
    expect(await publicDelivery(letter.id, 1)).not.toBeNull();

    const { set } = typesetter();
    const limited = vi.spyOn(typesetter(), 'set').mockImplementation(async (job, usual) => {
      await new Promise((resolve) => setImmediate(resolve));
      return set(job, { ...usual, timeMs: 1 });
    });
    expect(await deliver(owner, await asSeen(letter.slug), 0)).toMatchObject({ ok: true });
    await expect
      .poll(() => deliveryInMaking(owner), { timeout: 10_000 })
      .toEqual({ problem: 'too-large' });
    limited.mockRestore();
    expect(await publicDelivery(letter.id, 2)).toBeNull();
    // No name stays behind, and the next attempt begins anew.
    expect(await db().deliveryRequest.findFirst({ where: { letterId: letter.id } })).toMatchObject({
      canonical: null,
      entries: null,
    });
    expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true, number: 2 });
  });

  it('is made by another server process if the one that began has ended, by one of them, and not forever', async () => {
    const { letter, owner } = await aSignedLetter();
    const typesetting = heldTypesetter();
    const first = deliver(owner, await asSeen(letter.slug));
    await typesetting.begun();
    expect(await makeDeliveries()).toBe(0); // it is at work
    const done = Promise.all([makeDeliveries(LEASE_OVER()), makeDeliveries(LEASE_OVER())]);
    typesetting.letGo();
    expect((await done).toSorted()).toEqual([0, 1]);
    // The first one has lost it, and records nothing.
    expect(await first).toEqual({ ok: true, number: null });
    expect(await db().delivery.count({ where: { letterId: letter.id } })).toBe(1);
    expect(await deliveryInMaking(owner)).toBeNull();

    const limited = vi.spyOn(typesetter(), 'set').mockImplementation(() => new Promise(() => {}));
    void deliver(owner, await asSeen(letter.slug));
    await expect.poll(() => limited.mock.calls.length).toBe(1);
    await db().deliveryRequest.update({
      where: { letterId: letter.id },
      data: { attempts: DELIVERIES.attempts },
    });
    expect(await makeDeliveries(LEASE_OVER())).toBe(1);
    expect(await deliveryInMaking(owner)).toEqual({ problem: 'no-pdf' });
    limited.mockRestore();
  });
});

describe('a delivered list of thousands', () => {
  it('is sent piece by piece, as its reader takes it, and by no connection that waits for them', async () => {
    const letter = await aLetter();
    await manySignatories(db(), letter, 12_000);
    await deliver(await anOwner(letter), await asSeen(letter.slug));
    const asked = { params: Promise.resolve({ slug: letter.slug, number: '1' }) };
    const { canonical, hash, files } = await frozen(letter.id, 1);

    const json = await jsonRoute(new Request('http://localhost/delivery.json'), asked);
    expect(json.headers.get('content-length')).toBe(String(Buffer.byteLength(canonical)));
    const statements = vi.spyOn(db(), '$queryRaw');
    const bytes = Buffer.from(await json.arrayBuffer());
    expect(hashOf(bytes)).toBe(hash);
    expect(statements.mock.calls.length).toBeGreaterThan(2);

    const csv = await csvRoute(new Request('http://localhost/signatories.csv?language=en'), asked);
    expect(hashOf(new Uint8Array(await csv.arrayBuffer()))).toBe(
      files.find(([name, language]) => name === 'signatories.csv' && language === 'en')![2],
    );

    // Many more readers than connections, who take a piece and then nothing more.
    const readers = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const { body } = await jsonRoute(new Request('http://localhost/delivery.json'), asked);
        const reader = body!.getReader();
        await reader.read();
        return reader;
      }),
    );
    statements.mockClear();
    expect(await publicCounts(letter.id)).toMatchObject({ total: 12_000 });
    for (const reader of readers) await reader.cancel();
    // What nobody wants is not read.
    expect(statements).not.toHaveBeenCalled();
    statements.mockRestore();
  });

  it('is on its page to the thousandth name, with how many more there are', async () => {
    const letter = await aLetter();
    await manySignatories(db(), letter, 2_000);
    await deliver(await anOwner(letter), await asSeen(letter.slug));
    const { content, more } = (await publicDelivery(letter.id, 1))!;
    expect(content.lists.all.names).toHaveLength(1_000);
    expect(content.lists.all.names[0]).toMatchObject({ names: { en: 'Organization 1' } });
    expect(more).toEqual({ coordinating: 0, all: 900 });
    expect(content.counts).toMatchObject({ named: 1_900, withheld: 100 });
  });
});
