import { describe, expect, it } from 'vitest';
import { auditSides } from '@/lib/platform/audit';
import { canonicalJson } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { deliver } from '@/lib/delivery/commands';
import { deliveryFilesOf } from '@/lib/delivery/files';
import {
  deliveryCanonical,
  deliveryFile,
  deliveryFiles,
  publicDeliveries,
  publicDelivery,
} from '@/lib/delivery/queries';
import { deliveryContent, type DeliveredList } from '@/lib/delivery/snapshot';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { publicCounts, signatories } from '@/lib/signatories/queries';
import { decide } from '@/lib/endorsement/review/commands';
import { writeRevision } from '@/lib/revision/commands';
import { text } from '@/prisma/demonstration/text';
import printed from '@/prisma/demonstration/signatories.json' with { type: 'json' };
import type { ByLanguage } from '@/lib/platform/languages';
import { aLetter, anEndorsement, anOwner, someParts } from '@/tests/support/factories';
import { approved, aSignedLetter, asSeen, frozen, hashOf, wholeOf } from '@/tests/support/delivery';

const englishNames = (list: DeliveredList | null) => list!.names.map(({ names }) => names.en);

describe('an owner', () => {
  it('delivers a letter: its text, list, counts, time and addressee are stored, hashed, audited and public', async () => {
    const { letter, owner, alpha, beta, unnamed } = await aSignedLetter();
    const done = await deliver(
      owner,
      await asSeen(letter.slug, {
        tally: 'round',
        round: 1,
        label: { en: 'First hundred days' },
      }),
    );
    expect(done).toEqual({ ok: true, number: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const { canonical, hash } = (await deliveryCanonical(letter.id, 1))!;
    expect(hashOf(canonical)).toBe(Buffer.from(hash).toString('hex'));
    expect(done).toMatchObject({ hash: hashOf(canonical) });
    const content = deliveryContent(canonical);
    expect(canonicalJson(content)).toBe(canonical);
    expect(content).toEqual({
      format: 'undersigned/delivery/4',
      letter: {
        id: letter.id,
        slug: letter.slug,
        authoritativeLanguage: 'en',
        date: '2025-04-23',
        timeZone: 'Asia/Tokyo',
      },
      number: 1,
      tally: 'round',
      round: 1,
      label: { en: 'First hundred days' },
      revision: { number: 1, hash: (await publicLetter(letter.slug))!.revision.hash },
      deliveredAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
      addressee: { en: 'The Minister' },
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
          categories: [],
          names: [{ names: { en: 'Alpha' }, coordinating: true }],
          others: null,
        },
        all: {
          heading: {
            ja: '賛同団体 3団体（五十音順）',
            en: '3 organizations, Japanese alphabetical order',
          },
          categories: [],
          names: [
            { names: { en: 'Alpha' }, coordinating: true },
            { names: { en: 'Beta' }, coordinating: false },
          ],
          others: { ja: 'ほか1団体', en: '1 other organization' },
        },
        earlier: null,
      },
    });
    expect(canonical).not.toMatch(/Secret|example\.org|@|平和 花子/);

    const entries = await db().deliveryEntry.findMany({ where: { letterId: letter.id } });
    expect(
      new Map(entries.map(({ endorsementId, printedNames }) => [endorsementId, printedNames])),
    ).toEqual(
      new Map([
        [alpha.id, { en: 'Alpha' }],
        [beta.id, { en: 'Beta' }],
        [unnamed.id, null],
      ]),
    );
    const audited = await db().auditEvent.findMany({
      where: { letterId: letter.id, action: 'deliver' },
      include: { values: true },
    });
    expect(audited).toMatchObject([{ actorId: owner.coordinatorId, values: [] }]);
    expect(auditSides(audited[0]!.canonical, [])).toEqual({
      before: { delivery: null },
      after: {
        delivery: 1,
        tally: 'round',
        round: 1,
        revision: 1,
        total: 3,
        hash: hashOf(canonical),
      },
    });
    expect((await publicLetter(letter.slug))!.version).toBe(letter.publicVersion + 1);
    expect(await publicDeliveries(letter.id)).toMatchObject([
      {
        number: 1,
        tally: 'round',
        round: 1,
        languages: ['en'],
        hasWordFiles: true,
        hash: hashOf(canonical),
        since: { named: [], withheld: 0 },
      },
    ]);
  });

  it('delivers the letter in each of its languages and the list in both, as stored files with hashes', async () => {
    const letter = await aLetter({ texts: { en: someParts(), ja: someParts({ title: '書簡' }) } });
    const owner = await anOwner(letter);
    await approved(letter.id, 'Alpha');
    await deliver(owner, await asSeen(letter.slug));
    const { files } = await frozen(letter.id, 1);
    expect(files.map(([name, language]) => `${name} ${language}`)).toEqual([
      'letter.docx en',
      'letter.docx ja',
      'letter.pdf en',
      'letter.pdf ja',
      'signatories.csv en',
      'signatories.csv ja',
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
    // Made again from the snapshot alone, the files are byte-identical.
    const again = await deliveryFilesOf((await deliveryCanonical(letter.id, 1))!.canonical);
    expect(
      again.map(({ name, language, bytes }) => `${name} ${language} ${hashOf(bytes)}`).sort(),
    ).toEqual(files.map(([name, language, hash]) => `${name} ${language} ${hash}`).sort());
  });

  it('delivers with the letter’s custom headings if it has any, else with the default ones', async () => {
    const headings = {
      coordinating: { en: 'Called by {count}' },
      all: { ja: '全{count}団体' },
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

  it('delivers the joint letter with the printed list: 2 coordinating, 23 named in order, 2 others, 25 in all', async () => {
    const { language, ...parts } = text;
    const letter = await aLetter({ texts: { [language]: parts } });
    const owner = await anOwner(letter);
    // Inserted in reverse, so that only the sort keys determine the order.
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
    expect(englishNames(content.lists.coordinating)).toEqual([
      'Human Rights Watch',
      'Human Rights Now',
    ]);
    expect(content.lists.all.heading.en).toBe('25 organizations, Japanese alphabetical order');
    expect(englishNames(content.lists.all)).toEqual(
      printed.organizations.map(({ nameEn }) => nameEn),
    );
    expect(content.lists.all.others!.en).toBe('2 other organizations');
  });

  it('delivers a round under its own label, unless another is given for the delivery', async () => {
    const { letter, owner } = await aSignedLetter();
    await db().round.create({
      data: {
        letterId: letter.id,
        number: 1,
        deadlineAt: new Date('2025-05-01T00:00:00+09:00'),
        label: { ja: '第1次集約' },
      },
    });
    for (const label of [{}, { ja: '緊急提出' }] as ByLanguage[])
      await deliver(owner, await asSeen(letter.slug, { tally: 'round', round: 1, label }));
    await deliver(owner, await asSeen(letter.slug, { tally: 'round', round: 2 }));
    expect((await publicDeliveries(letter.id)).map(({ round, label }) => [round, label])).toEqual([
      [2, {}],
      [1, { ja: '緊急提出' }],
      [1, { ja: '第1次集約' }],
    ]);
  });

  it('delivers a round and then a final list that includes later signatories; neither changes the other', async () => {
    const { letter, owner } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug, { tally: 'round', round: 1 }));
    const first = await frozen(letter.id, 1);
    const late = await approved(letter.id, 'Gamma', { submittedAt: new Date() });
    expect(await publicCounts(letter.id)).toMatchObject({
      total: 4,
      listed: { total: 3 },
      added: { total: 1 },
    });
    expect((await signatories(letter.id, 'added')).map(({ names }) => names.en)).toEqual(['Gamma']);

    expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true, number: 2 });
    const final = (await publicDelivery(letter.id, 2))!.content;
    expect(englishNames(final.lists.all)).toEqual(['Alpha', 'Beta', 'Gamma']);
    expect(final.counts.total).toBe(4);
    expect((await publicDelivery(letter.id, 1))!.content.counts.total).toBe(3);
    expect(await frozen(letter.id, 1)).toEqual(first);
    expect((await db().endorsement.findUniqueOrThrow({ where: { id: late.id } })).delivery).toBe(2);
    expect(await publicCounts(letter.id)).toMatchObject({
      listed: { total: 4 },
      added: { total: 0 },
    });
    expect((await publicDeliveries(letter.id)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('delivers after a change of substance: signatories that have not reaffirmed are listed separately, and their later withdrawal is shown', async () => {
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
    await db().endorsement.update({ where: { id: beta.id }, data: { coordinating: true } });
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
    expect(englishNames(content.lists.all)).toEqual(['Alpha']);
    expect(content.lists.coordinating).toMatchObject({
      heading: { en: '2 Coordinating organizations' },
      names: [{ names: { en: 'Alpha' } }, { names: { en: 'Beta' } }],
      others: { en: 'Yet to reaffirm the revised text: Beta' },
    });
    expect(content.lists.earlier).toMatchObject({
      heading: { en: '2 organizations signed an earlier text' },
      names: [{ names: { en: 'Beta' } }],
      others: { en: '1 other organization' },
    });
    const file = (await deliveryFile(letter.id, 1, 'signatories.csv', 'en'))!;
    const csv = (await wholeOf(file.content)).toString('utf8');
    expect(csv.split('\r\n').slice(1)).toEqual([
      '1,,Alpha,yes,',
      '1,,Beta,yes,signed an earlier text',
      ',,,,1 other organization (signed an earlier text)',
      '',
    ]);
    await decide(owner, { step: 'withdraw', id: beta.id, version: 1 });
    expect((await publicDeliveries(letter.id))[0]!.since.named).toMatchObject([
      { names: { en: 'Beta' } },
    ]);
    await decide(owner, { step: 'take_back', id: beta.id, version: 2 });
    // Reaffirming after the delivery counts as added later.
    await db().endorsement.update({ where: { id: unnamed.id }, data: { revision: 2 } });
    expect(await publicCounts(letter.id)).toMatchObject({
      listed: { total: 1 },
      added: { total: 1 },
      earlier: { total: 1 },
    });
  });
});
