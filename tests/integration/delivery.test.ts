import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { canonicalJson } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { deliver } from '@/lib/delivery/commands';
import { draftPdf } from '@/lib/delivery/draft';
import { deliveryFilesOf } from '@/lib/delivery/files';
import { typesetter } from '@/lib/delivery/pdf/typesetter';
import { DRAFT_PDF_NAMES } from '@/lib/platform/limits';
import {
  deliveryCanonical,
  deliveryFile,
  deliveryFiles,
  publicDeliveries,
  publicDelivery,
} from '@/lib/delivery/queries';
import type { ToDeliver } from '@/lib/delivery/schema';
import { deliveryContent } from '@/lib/delivery/snapshot';
import { publicCounts, publicLetter, signatories } from '@/lib/signatories/queries';
import { correct, decide } from '@/lib/endorsement/review/commands';
import { writeRevision } from '@/lib/revision/commands';
import { text } from '@/prisma/demonstration/text';
import printed from '@/prisma/demonstration/signatories.json' with { type: 'json' };
import {
  aLetter,
  anEndorsement,
  anOwner,
  manyEndorsements,
  someParts,
} from '@/tests/support/factories';
import { approved, aSignedLetter, asSeen } from '@/tests/support/delivery';

const hashOf = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

async function frozen(letterId: string, number: number) {
  const [row, files] = await Promise.all([
    db().delivery.findUniqueOrThrow({ where: { letterId_number: { letterId, number } } }),
    db().deliveryFile.findMany({
      where: { letterId, number },
      orderBy: [{ name: 'asc' }, { language: 'asc' }],
    }),
  ]);
  return {
    canonical: row.canonical,
    hash: Buffer.from(row.hash).toString('hex'),
    files: files.map((file) => [
      file.name,
      file.language,
      hashOf(file.bytes),
      Buffer.from(file.sha256).toString('hex'),
    ]),
  };
}

describe('a coordinator delivers', () => {
  it('and text, list, counts, time and addressee are frozen, hashed, audited and public', async () => {
    const { letter, owner, alpha, beta, unnamed } = await aSignedLetter();
    const done = await deliver(
      owner,
      await asSeen(letter.slug, {
        tally: 'first_tally',
        label: { ja: null, en: 'First hundred days' },
      }),
    );
    expect(done).toEqual({ ok: true, number: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const { canonical, hash } = (await deliveryCanonical(letter.id, 1))!;
    expect(hashOf(canonical)).toBe(Buffer.from(hash).toString('hex'));
    expect(done).toMatchObject({ hash: hashOf(canonical) });
    const content = deliveryContent(canonical);
    expect(canonicalJson(content)).toBe(canonical);
    expect(content).toEqual({
      format: 'undersigned/delivery/1',
      letter: {
        id: letter.id,
        slug: letter.slug,
        authoritativeLanguage: 'en',
        date: '2025-04-23',
        timeZone: 'Asia/Tokyo',
      },
      number: 1,
      tally: 'first_tally',
      label: { ja: null, en: 'First hundred days' },
      revision: { number: 1, hash: (await publicLetter(letter.slug))!.revision.hash },
      deliveredAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
      addressee: { ja: null, en: 'The Minister' },
      texts: { en: someParts() },
      counts: {
        named: 2,
        withheld: 1,
        total: 3,
        coordinating: 1,
        earlier: { named: 0, withheld: 0, total: 0 },
      },
      leading: 'reader',
      lists: {
        coordinating: {
          heading: { ja: '呼びかけ団体 1団体', en: '1 Coordinating organization' },
          names: [{ ja: null, en: 'Alpha', coordinating: true }],
          others: null,
        },
        all: {
          heading: {
            ja: '賛同団体 3団体（五十音順）',
            en: '3 organizations, Japanese alphabetical order',
          },
          names: [
            { ja: null, en: 'Alpha', coordinating: true },
            { ja: null, en: 'Beta', coordinating: false },
          ],
          others: { ja: 'ほか1団体', en: '1 other organization' },
        },
        earlier: null,
      },
    });
    expect(canonical).not.toMatch(/Secret|example\.org|@|平和 花子/);

    const entries = await db().deliveryEntry.findMany({ where: { letterId: letter.id } });
    expect(entries.map(({ endorsementId }) => endorsementId).sort()).toEqual(
      [alpha.id, beta.id, unnamed.id].sort(),
    );
    expect(
      await db().auditEvent.findMany({ where: { letterId: letter.id, action: 'deliver' } }),
    ).toMatchObject([
      {
        actorId: owner.coordinatorId,
        before: { delivery: null },
        after: { delivery: 1, tally: 'first_tally', total: 3, hash: hashOf(canonical) },
      },
    ]);
    expect((await publicLetter(letter.slug))!.version).toBe(letter.publicVersion + 1);
    expect(await publicDeliveries(letter.id)).toMatchObject([
      {
        number: 1,
        tally: 'first_tally',
        languages: ['en'],
        hash: hashOf(canonical),
        since: { named: [], withheld: 0 },
      },
    ]);
  });

  it('and the letter in each of its languages and the list in both are kept, with their hashes', async () => {
    const letter = await aLetter({ texts: { en: someParts(), ja: someParts({ title: '書簡' }) } });
    const owner = await anOwner(letter);
    await approved(letter.id, 'Alpha');
    await deliver(owner, await asSeen(letter.slug));
    const { files } = await frozen(letter.id, 1);
    expect(files.map(([name, language]) => `${name} ${language}`)).toEqual([
      'letter.pdf ja',
      'letter.pdf en',
      'signatories.csv ja',
      'signatories.csv en',
    ]);
    for (const [, , computed, stored] of files) expect(computed).toBe(stored);
    expect((await deliveryFiles(owner)).map(({ sha256 }) => sha256).sort()).toEqual(
      files.map(([, , hash]) => hash).sort(),
    );
    expect(await deliveryFile(letter.id, 1, 'letter.pdf', null)).toMatchObject({
      language: 'en',
      title: 'A letter',
    });
    expect(await deliveryFile(letter.id, 1, 'letter.pdf', 'ja')).toMatchObject({
      language: 'ja',
      title: '書簡',
    });
    expect(await deliveryFile(letter.id, 2, 'letter.pdf', null)).toBeNull();
    // Made once more from the snapshot alone, they are the same to the byte.
    const again = await deliveryFilesOf((await deliveryCanonical(letter.id, 1))!.canonical);
    expect(
      again.map(({ name, language, bytes }) => `${name} ${language} ${hashOf(bytes)}`).sort(),
    ).toEqual(files.map(([name, language, hash]) => `${name} ${language} ${hash}`).sort());
  });

  it('in words of the letter’s own, where it has some', async () => {
    const headings = {
      coordinating: { ja: null, en: 'Called by {count}' },
      all: { ja: '全{count}団体', en: null },
    };
    const letter = await aLetter({ listSettings: { headings, leading: 'ja', by: 'english' } });
    const owner = await anOwner(letter);
    await approved(letter.id, 'Alpha', { coordinating: true });
    await deliver(owner, await asSeen(letter.slug));
    const { lists, leading } = (await publicDelivery(letter.id, 1))!.content;
    expect(leading).toBe('ja');
    expect(lists.coordinating!.heading).toEqual({ ja: '呼びかけ団体 1団体', en: 'Called by 1' });
    expect(lists.all.heading).toEqual({ ja: '全1団体', en: '1 organization, alphabetical order' });
  });

  it('the joint letter, and the list is the printed one: 2 coordinating, 23 named in order, 2 others, 25 in all', async () => {
    const { language, ...parts } = text;
    const letter = await aLetter({ texts: { [language]: parts } });
    const owner = await anOwner(letter);
    // Put in backwards, so that nothing but the order can bring them into theirs.
    for (const { nameJa, reading, nameEn, coordinating } of [...printed.organizations].reverse()) {
      await anEndorsement(letter.id, {
        nameJa,
        reading,
        nameEn,
        coordinating,
        state: 'approved',
        proof: 'attested',
      });
    }
    for (let n = 0; n < printed.withheldCount; n += 1)
      await approved(letter.id, `Unnamed ${n}`, { visibility: 'withheld', proof: 'attested' });
    await deliver(owner, await asSeen(letter.slug));
    const { content } = (await publicDelivery(letter.id, 1))!;
    expect(content.counts).toMatchObject({ named: 23, withheld: 2, total: 25, coordinating: 2 });
    expect(content.lists.coordinating!.heading.en).toBe('2 Coordinating organizations');
    expect(content.lists.coordinating!.names.map(({ en }) => en)).toEqual([
      'Human Rights Watch',
      'Human Rights Now',
    ]);
    expect(content.lists.all.heading.en).toBe('25 organizations, Japanese alphabetical order');
    expect(content.lists.all.names.map(({ en }) => en)).toEqual(
      printed.organizations.map(({ nameEn }) => nameEn),
    );
    expect(content.lists.all.others!.en).toBe('2 other organizations');
  });

  it('a first tally and then a final one: the later holds who came since, and neither changes the other', async () => {
    const { letter, owner } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug, { tally: 'first_tally' }));
    const first = await frozen(letter.id, 1);
    const late = await approved(letter.id, 'Gamma', { submittedAt: new Date() });
    const { basis } = (await publicLetter(letter.slug))!;
    expect(await publicCounts(basis)).toMatchObject({
      total: 4,
      listed: { total: 3 },
      added: { total: 1 },
    });
    expect((await signatories(basis, 'added')).map(({ names }) => names.en)).toEqual(['Gamma']);

    expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true, number: 2 });
    const final = (await publicDelivery(letter.id, 2))!.content;
    expect(final.lists.all.names.map(({ en }) => en)).toEqual(['Alpha', 'Beta', 'Gamma']);
    expect(final.counts.total).toBe(4);
    expect((await publicDelivery(letter.id, 1))!.content.counts.total).toBe(3);
    expect(await frozen(letter.id, 1)).toEqual(first);
    expect((await db().endorsement.findUniqueOrThrow({ where: { id: late.id } })).delivery).toBe(2);
    expect(await publicCounts((await publicLetter(letter.slug))!.basis)).toMatchObject({
      listed: { total: 4 },
      added: { total: 0 },
    });
    expect((await publicDeliveries(letter.id)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('after a change of bindingRevision: who has not affirmed stands apart, and a later withdrawal is said beside it all the same', async () => {
    const { letter, owner, alpha, beta, unnamed } = await aSignedLetter();
    await writeRevision(db(), letter.id, {
      kind: 'substance',
      reason: null,
      texts: { en: someParts({ body: 'Another.' }) },
      authoritativeLanguage: 'en',
      date: '2025-04-23',
      publishedAt: new Date(),
      publishedById: null,
    });
    await db().endorsement.update({ where: { id: alpha.id }, data: { revision: 2 } });
    await deliver(owner, await asSeen(letter.slug));
    const { content } = (await publicDelivery(letter.id, 1))!;
    expect(content.revision.number).toBe(2);
    expect(content.texts.en!.body).toBe('Another.');
    expect(content.counts).toEqual({
      named: 1,
      withheld: 0,
      total: 1,
      coordinating: 1,
      earlier: { named: 1, withheld: 1, total: 2 },
    });
    expect(content.lists.all.names.map(({ en }) => en)).toEqual(['Alpha']);
    expect(content.lists.earlier).toMatchObject({
      heading: { en: '2 organizations signed an earlier text' },
      names: [{ en: 'Beta' }],
      others: { en: '1 other organization' },
    });
    const csv = Buffer.from(
      (await deliveryFile(letter.id, 1, 'signatories.csv', 'en'))!.bytes,
    ).toString('utf8');
    expect(csv.split('\r\n').slice(1)).toEqual([
      '1,,Alpha,yes,',
      '1,,Beta,,signed an earlier text',
      ',,,,1 other organization (signed an earlier text)',
      '',
    ]);
    await decide(owner, { step: 'withdraw', id: beta.id, version: 1 });
    expect((await publicDeliveries(letter.id))[0]!.since.named).toMatchObject([
      { names: { en: 'Beta' } },
    ]);
    await decide(owner, { step: 'take_back', id: beta.id, version: 2 });
    // Who affirms now came after the delivery.
    await db().endorsement.update({ where: { id: unnamed.id }, data: { revision: 2 } });
    expect(await publicCounts((await publicLetter(letter.slug))!.basis)).toMatchObject({
      listed: { total: 1 },
      added: { total: 1 },
      earlier: { total: 1 },
    });
  });
});

describe('after a delivery', () => {
  it('entries are renamed, withdrawn, taken off, deleted and added, settings and texts change: the delivery does not', async () => {
    const { letter, owner, alpha, beta, unnamed } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug));
    const before = await frozen(letter.id, 1);
    await correct(owner, {
      id: alpha.id,
      version: 1,
      coordinating: false,
      nameJa: null,
      reading: null,
      nameEn: 'Alpha Renamed',
    });
    await decide(owner, { step: 'withdraw', id: beta.id, version: 1 });
    await db().endorsement.delete({ where: { id: unnamed.id } });
    await approved(letter.id, 'Aardvark');
    await db().letter.update({
      where: { id: letter.id },
      data: { listSettings: { by: 'date', leading: 'ja' }, timeZone: 'Europe/Berlin' },
    });
    await writeRevision(db(), letter.id, {
      kind: 'correction',
      reason: null,
      texts: { en: someParts({ title: 'Another title' }) },
      authoritativeLanguage: 'en',
      date: '2025-04-24',
      publishedAt: new Date(),
      publishedById: null,
    });
    expect(await frozen(letter.id, 1)).toEqual(before);
  });

  it('who withdraws is said beside it by the name printed, with the day; who was not named is counted only', async () => {
    const { letter, owner, alpha, beta, unnamed } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug));
    await correct(owner, {
      id: beta.id,
      version: 1,
      coordinating: false,
      nameJa: null,
      reading: null,
      nameEn: 'Beta Renamed',
    });
    await correct(owner, {
      id: beta.id,
      version: 2,
      coordinating: false,
      nameJa: null,
      reading: null,
      nameEn: 'Beta Renamed Again',
    });
    await decide(owner, { step: 'withdraw', id: beta.id, version: 3 });
    await decide(owner, { step: 'withdraw', id: unnamed.id, version: 1 });
    await decide(owner, { step: 'take_back', id: alpha.id, version: 1 });
    const [delivery] = await publicDeliveries(letter.id);
    const { decidedAt } = await db().endorsement.findUniqueOrThrow({ where: { id: beta.id } });
    expect(delivery!.since).toEqual({
      named: [
        { names: { ja: null, en: 'Beta', coordinating: false }, withdrawnAt: decidedAt },
        { names: { ja: null, en: 'Alpha', coordinating: true }, withdrawnAt: null },
      ],
      withheld: 1,
    });
    expect(JSON.stringify(delivery)).not.toContain('Secret');
    // Taken back, it stands where it stood.
    await decide(owner, { step: 'take_back', id: beta.id, version: 4 });
    expect((await publicDeliveries(letter.id))[0]!.since.named).toHaveLength(1);
    expect(await publicCounts((await publicLetter(letter.slug))!.basis)).toMatchObject({
      listed: { total: 1 },
      added: { total: 0 },
    });
  });

  it('nobody can change or remove it or its files, not by SQL either', async () => {
    const { letter, owner } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug));
    for (const table of ['delivery', 'delivery_entry', 'delivery_file']) {
      for (const sql of [
        `UPDATE ${table} SET number = number WHERE letter_id = '${letter.id}'`,
        `DELETE FROM ${table} WHERE letter_id = '${letter.id}'`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await expect(db().$executeRawUnsafe(sql), sql).rejects.toThrow(/does not change/);
      }
    }
  });
});

describe('nothing is delivered', () => {
  const refused = async (owner: Owner, what: ToDeliver) => {
    const done = await deliver(owner, what);
    expect(await db().delivery.count({ where: { letterId: owner.letterId } })).toBe(0);
    expect(
      await db().auditEvent.count({ where: { letterId: owner.letterId, action: 'deliver' } }),
    ).toBe(0);
    return done;
  };
  const what = (seen: ToDeliver['seen']): ToDeliver => ({
    tally: 'final',
    label: { ja: null, en: null },
    addressee: { ja: null, en: 'M' },
    seen,
  });

  it('of a draft, or of a letter that opens tomorrow', async () => {
    for (const opensAt of [null, new Date(Date.now() + 86_400_000)]) {
      const letter = await aLetter({ opensAt });
      await (opensAt ? approved(letter.id, 'Alpha') : null);
      expect(await refused(await anOwner(letter), what({ version: letter.publicVersion }))).toEqual(
        { ok: false, reason: 'draft' },
      );
    }
  });

  it('without signatories', async () => {
    const letter = await aLetter();
    await anEndorsement(letter.id);
    expect(await refused(await anOwner(letter), what({ version: letter.publicVersion }))).toEqual({
      ok: false,
      reason: 'empty',
    });
  });

  it('where it is not what the coordinator saw, who is told how it is now', async () => {
    const { letter, owner, alpha } = await aSignedLetter();
    const seen = await asSeen(letter.slug);
    const waiting = await anEndorsement(letter.id);
    expect(await decide(owner, { step: 'approve', id: waiting.id, version: 1 })).toMatchObject({
      ok: true,
    });
    expect(await refused(owner, seen)).toEqual({
      ok: false,
      reason: 'changed',
      now: { revision: 1, total: 4, delivery: null },
    });
    // As many as were seen, and not the same.
    expect(await decide(owner, { step: 'withdraw', id: alpha.id, version: 1 })).toMatchObject({
      ok: true,
    });
    expect(await refused(owner, seen)).toEqual({
      ok: false,
      reason: 'changed',
      now: { revision: 1, total: 3, delivery: null },
    });
  });

  it('where its child process is killed while it typesets, or takes more than it may; the next try delivers', async () => {
    const { letter, owner } = await aSignedLetter();
    const seen = await asSeen(letter.slug);
    const { set, pid } = typesetter();
    // A child process of its own: one that is idle would not be missed.
    if (pid()) process.kill(pid()!, 'SIGKILL');
    await expect.poll(pid).toBeUndefined();
    const killed = refused(owner, seen);
    await expect.poll(pid, { interval: 1, timeout: 10_000 }).toBeDefined();
    process.kill(pid()!, 'SIGKILL');
    expect(await killed).toEqual({ ok: false, reason: 'no-pdf' });

    for (const [limits, reason] of [
      [{ timeMs: 1 }, 'too-large'],
      [{ memoryMiB: 1, timeMs: 30_000 }, 'too-large'],
    ] as const) {
      const limited = vi
        .spyOn(typesetter(), 'set')
        .mockImplementation((job, usual) => set(job, { ...usual, ...limits }));
      expect(await refused(owner, seen)).toEqual({ ok: false, reason });
      limited.mockRestore();
    }
    expect(await deliver(owner, seen)).toMatchObject({ ok: true, number: 1 });
  });
});

describe('a stranger asks for a draft', () => {
  it(`and gets one of up to ${DRAFT_PDF_NAMES} names; of more it is refused, before any is read`, async () => {
    const letter = await aLetter();
    await db().endorsement.createMany({ data: manyEndorsements(letter, DRAFT_PDF_NAMES) });
    await approved(letter.id, 'Withheld', { visibility: 'withheld' });
    await approved(letter.id, 'Waiting', { state: 'verified' });
    const drafted = async () =>
      draftPdf({ letterId: letter.id, version: (await publicLetter(letter.slug))!.version }, 'en');
    expect(await drafted()).toMatchObject({ title: 'A letter', bytes: expect.any(Uint8Array) });
    await approved(letter.id, 'One more');
    await db().letter.update({
      where: { id: letter.id },
      data: { publicVersion: { increment: 1 } },
    });
    const all = vi.spyOn(db().letter, 'findUnique');
    expect(await drafted()).toBe('too-many-signatories');
    expect(all).toHaveBeenCalledTimes(1); // of the public letter alone
    all.mockRestore();
  });
});
