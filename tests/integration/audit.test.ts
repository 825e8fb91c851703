import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addCoordinator } from '@/lib/coordinator/commands';
import { deliver } from '@/lib/delivery/commands';
import { attest, correct, decide } from '@/lib/endorsement/review/commands';
import { attestSchema } from '@/lib/endorsement/review/schema';
import { makeDraftLink } from '@/lib/letter/draft/commands';
import { mergeOrganizations } from '@/lib/organization/commands';
import { auditSides } from '@/lib/platform/audit';
import { canonicalJson } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { answerRequest } from '@/lib/revision/reaffirmation/commands';
import { pinEntry } from '@/lib/signatories/settings/commands';
import { postUpdate } from '@/lib/update/commands';
import { asSeen } from '@/tests/support/delivery';
import {
  aLetter,
  anAddress,
  anAdministrator,
  anEndorsement,
  anOwner,
  aReviewer,
} from '@/tests/support/factories';
import { askedToken, publishAs, write } from '@/tests/support/publishing';
import { entryFor } from '@/tests/support/managed';

const eventsOf = (letterId: string | null) =>
  db().auditEvent.findMany({
    where: { letterId },
    orderBy: { sequence: 'asc' },
    include: { values: true },
  });

/**
 * A letter with every kind of event that contains names of people or organizations, or notes on
 * them.
 */
async function aLetterWithAPast() {
  const letter = await aLetter();
  const [owner, reviewer] = [await anOwner(letter), await aReviewer(letter)];
  const [declined, corrected, gone] = [
    await anEndorsement(letter.id, { nameEn: 'Declined Group' }),
    await anEndorsement(letter.id, {
      nameEn: 'Wrogn Group',
      nameJa: '誤記会',
      reading: 'ごきかい',
    }),
    await anEndorsement(letter.id, { nameEn: 'Leaving Group' }),
  ];
  await decide(reviewer, {
    step: 'decline',
    id: declined.id,
    version: 1,
    reason: 'other',
    note: 'Dear Hanako Heiwa',
  });
  await decide(reviewer, { step: 'take_back', id: declined.id, version: 2 });
  await decide(reviewer, { step: 'approve', id: corrected.id, version: 1 });
  await correct(reviewer, {
    id: corrected.id,
    version: 2,
    names: { ja: '正記会', en: 'Right Group' },
    reading: 'せいきかい',
  });
  await decide(reviewer, { step: 'withdraw', id: corrected.id, version: 3 });
  await decide(reviewer, { step: 'take_back', id: corrected.id, version: 4 });
  await decide(reviewer, { step: 'approve', id: gone.id, version: 1 });
  const attested = attestSchema.parse({
    nameEn: 'Attested Group',
    country: 'JP',
    visibility: 'named',
    evidence: 'Told by Taro on the telephone',
  });
  await attest(reviewer, attested);
  await makeDraftLink(owner, { label: 'For Jiro of the Embassy', days: 7 });
  const reply = { title: 'A reply from Saburo', body: 'He writes to Shiro.' };
  await postUpdate(owner, { kind: 'reply', date: '2025-05-01', texts: { en: reply } });
  await pinEntry(owner, { id: gone.id, place: 'first', seen: { first: [], last: [] } });
  await write(letter, { body: 'Another text.' });
  await publishAs(owner, 'substance');
  await answerRequest(await askedToken(gone.email), 'withdrawn', 2);
  await answerRequest(await askedToken(corrected.email), 'affirmed', 2);
  expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true });
  await addCoordinator(anAddress('colleague'), {
    kind: 'role',
    slug: letter.slug,
    role: 'observer',
  });
  const [from, into] = await Promise.all(
    [gone, corrected].map(
      async ({ id }) =>
        (await db().endorsement.findUniqueOrThrow({ where: { id } })).organizationId!,
    ),
  );
  expect(
    await mergeOrganizations(await anAdministrator(letter), { from: from!, into: into! }),
  ).toEqual({ ok: true });
  return { letter, owner, reviewer, declined, corrected, gone };
}

/** Texts that must occur only in erasable values. */
const NAMES = [
  'Hanako',
  'Wrogn',
  'Right Group',
  '誤記会',
  '正記会',
  'ごきかい',
  'せいきかい',
  'Taro',
  'Jiro',
  'Saburo',
  'Shiro',
];
const NOWHERE = ['Declined Group', 'Leaving Group', 'Attested Group', '平和 花子', '事務局長', '@'];

describe('the audit of a letter', () => {
  it('names, notes and addresses are stored only as erasable values, never in events', async () => {
    const { letter } = await aLetterWithAPast();
    const events = await eventsOf(letter.id);
    const written = events.map(({ canonical }) => canonical).join('\n');
    const values = events.flatMap((event) => event.values.map(({ value }) => value)).join('\n');
    for (const secret of [...NAMES, ...NOWHERE]) expect(written).not.toContain(secret);
    for (const secret of NAMES) expect(values).toContain(secret);
    expect(new Set(events.map(({ action }) => action))).toEqual(
      new Set([
        'decline',
        'take_back',
        'approve',
        'correct',
        'withdraw',
        'attest',
        'make_draft_link',
        'post_update',
        'pin',
        'publish',
        'reaffirm',
        'deliver',
        'grant_role',
        'merge_organizations',
      ]),
    );
  });

  it('every event is canonical JSON that matches its columns', async () => {
    const { letter } = await aLetterWithAPast();
    for (const event of await eventsOf(letter.id)) {
      const told: unknown = JSON.parse(event.canonical);
      expect(event.canonical).toBe(canonicalJson(told as object));
      expect(told).toMatchObject({
        format: 'undersigned/audit/1',
        letter: letter.id,
        sequence: event.sequence,
        at: event.at.toISOString(),
        actor: { kind: event.actorKind, id: event.actorId },
        action: event.action,
        endorsement: event.endorsementId,
      });
    }
  });

  it('every hash in an event is that of its value with its salt, and equal values have different hashes', async () => {
    const { letter } = await aLetterWithAPast();
    const events = await eventsOf(letter.id);
    const hashes: string[] = [];
    for (const { canonical, values } of events)
      for (const { salt, value } of values) {
        expect(salt).toHaveLength(32);
        const hash = createHash('sha256').update(salt).update(value).digest('hex');
        expect(canonical).toContain(`{"sha256":"${hash}"}`);
        hashes.push(hash);
      }
    expect(hashes.length).toBeGreaterThan(9);
    expect(new Set(hashes).size).toBe(hashes.length);
    const inEvents = events.flatMap(({ canonical }) => canonical.match(/"sha256"/g) ?? []);
    expect(inEvents).toHaveLength(hashes.length);
  });

  it('events of a letter are numbered without gaps under concurrent writes', async () => {
    const letter = await aLetter();
    const waiting = await Promise.all(
      Array.from({ length: 12 }, (_, n) => anEndorsement(letter.id, { nameEn: `Waiting ${n}` })),
    );
    const [owner, reviewer] = [await anOwner(letter), await aReviewer(letter)];
    await Promise.all([
      ...waiting.map(({ id }) => decide(reviewer, { step: 'approve', id, version: 1 })),
      ...waiting.map(({ id }) => decide(reviewer, { step: 'approve', id, version: 1 })),
      ...['a', 'b', 'c'].map((label) => makeDraftLink(owner, { label, days: 7 })),
    ]);
    const sequences = (await eventsOf(letter.id)).map(({ sequence }) => sequence);
    expect(sequences).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      auditSequence: 15,
    });
  });

  it('events of the instance have their own numbers, without gaps under concurrent writes', async () => {
    const before = (await eventsOf(null)).length;
    await Promise.all(
      Array.from({ length: 5 }, () => addCoordinator(anAddress(), { kind: 'administrator' })),
    );
    const sequences = (await eventsOf(null)).map(({ sequence }) => sequence);
    expect(sequences).toEqual(Array.from({ length: before + 5 }, (_, n) => n + 1));
  });
});

describe('erasing values of the audit', () => {
  it('events stay unchanged, and an entry’s history still shows who did what when', async () => {
    const { letter, reviewer, corrected, declined } = await aLetterWithAPast();
    const before = await eventsOf(letter.id);
    const history = (await entryFor(reviewer, corrected.id))!.history;
    const correction = history.find(({ action }) => action === 'correct')!;
    expect(correction.changes).toEqual(
      expect.arrayContaining([
        { field: 'reading', before: 'ごきかい', after: 'せいきかい' },
        { field: 'name', language: 'ja', before: '誤記会', after: '正記会' },
        { field: 'name', language: 'en', before: 'Wrogn Group', after: 'Right Group' },
      ]),
    );
    await db().auditValue.deleteMany({ where: { event: { letterId: letter.id } } });
    const after = await eventsOf(letter.id);
    expect(after).toEqual(before.map((event) => ({ ...event, values: [] })));
    const erased = (await entryFor(reviewer, corrected.id))!.history;
    expect(erased.map(({ changes: _, ...event }) => event)).toEqual(
      history.map(({ changes: _, ...event }) => event),
    );
    expect(JSON.stringify(erased)).not.toMatch(/誤記会|Wrogn|sha256/);
    const decline = (await entryFor(reviewer, declined.id))!.history.find(
      ({ action }) => action === 'decline',
    );
    expect(decline!.changes).toEqual([
      { field: 'state', before: 'verified', after: 'declined' },
      { field: 'reason', before: null, after: 'other' },
    ]);
    const { canonical } = after.find(({ action }) => action === 'decline')!;
    expect(auditSides(canonical, []).after).toEqual({
      state: 'declined',
      reason: 'other',
      note: null,
    });
  });

  it('a value cannot be changed, not even by SQL', async () => {
    const letter = await aLetter();
    const label = `For ${letter.slug}`;
    await makeDraftLink(await anOwner(letter), { label, days: 7 });
    await expect(
      db().$executeRaw`UPDATE audit_value SET value = 'x' WHERE value = ${label}`,
    ).rejects.toThrow(/erased or kept/);
    expect(await db().auditValue.count({ where: { value: label } })).toBe(1);
  });
});
