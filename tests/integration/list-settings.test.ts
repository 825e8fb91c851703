import { describe, expect, it } from 'vitest';
import printed from '@/prisma/demonstration/signatories.json' with { type: 'json' };
import { db } from '@/lib/platform/db/client';
import { decide } from '@/lib/endorsement/review/commands';
import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import { pinEntry, saveListSettings } from '@/lib/signatories/settings/commands';
import { listPreview, type Preview } from '@/lib/signatories/settings/queries';
import { inOrder, pinsOf, type Place } from '@/lib/signatories/settings/rules';
import { tidyName } from '@/lib/organization/rules';
import { signatories } from '@/lib/signatories/queries';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { auditSides } from '@/lib/platform/audit';
import { writeRevision } from '@/lib/revision/commands';
import { aLetter, anEndorsement, anOwner, someParts } from '@/tests/support/factories';

const USUAL = listSettings({});
const settings = (over: Partial<ListSettings>): ListSettings => ({ ...USUAL, ...over });

const published = async ({ id }: { id: string }) =>
  (await signatories(id, 'listed')).map(({ names }) => names.en);
/** The names of a preview's entries in its order. */
const inPreview = ({ entries }: Preview, order: ListSettings) =>
  inOrder(entries, order).map(({ names }) => names.en);
const auditOf = async (letterId: string) =>
  (
    await db().auditEvent.findMany({
      where: { letterId },
      orderBy: { id: 'asc' },
      include: { values: true },
    })
  ).map(({ canonical, values, ...event }) => ({ ...event, ...auditSides(canonical, values) }));
/** The entries of a letter that have one of these English names. */
const called = ({ id: letterId }: { id: string }, ...names: string[]) => ({
  letterId,
  names: { some: { language: 'en', name: { in: names } } },
});
const versionOf = async (id: string) =>
  (await db().letter.findUniqueOrThrow({ where: { id } })).publicVersion;

/**
 * A letter signed by the organizations of the printed one in random order, and by two withheld
 * ones.
 */
async function signed() {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const backwards = [...printed.organizations].reverse();
  for (const [index, { nameJa, reading, nameEn }] of backwards.entries()) {
    const names = {
      nameJa: tidyName(nameJa),
      reading: tidyName(reading),
      nameEn: tidyName(nameEn),
    };
    await anEndorsement(letter.id, {
      ...names,
      website: null,
      state: 'approved',
      submittedAt: new Date(Date.UTC(2025, 3, 2, 0, index)),
    });
  }
  await anEndorsement(letter.id, { state: 'approved', visibility: 'withheld' });
  return { letter, owner };
}

const inPrint = printed.organizations.map(({ nameEn }) => tidyName(nameEn));

describe('an owner', () => {
  it('tries every order: the public list always equals the preview, and with default settings the printed list, 23 of 23', async () => {
    const { letter, owner } = await signed();
    expect(await published(letter)).toEqual(inPrint);
    let seen = USUAL;
    for (const change of [
      { by: 'english' },
      { by: 'date' },
      { by: 'japanese', legalFormCounts: false },
      { by: 'japanese', latin: 'before-kana' },
      {},
    ] as const) {
      const next = settings(change);
      const expected = inPreview(await listPreview(owner, USUAL), next);
      expect(await saveListSettings(owner, { settings: next, seen })).toEqual({
        ok: true,
        changed: true,
      });
      expect(await published(letter)).toEqual(expected);
      if (Object.keys(change).length > 0) expect(expected).not.toEqual(inPrint);
      seen = next;
    }
    expect(await published(letter)).toEqual(inPrint);
  });

  it('saves headings and other settings, which is audited and increments the public version, without changing sort keys', async () => {
    const { letter, owner } = await signed();
    const keys = () =>
      db().endorsement.findMany({
        where: { letterId: letter.id },
        orderBy: { id: 'asc' },
        select: { sortKey: true },
      });
    const [before, version] = [await keys(), await versionOf(letter.id)];
    const next = settings({
      headings: { coordinating: {}, all: { ja: '賛同{count}団体' } },
      offersWithheld: false,
      pageSize: 50,
      leading: 'ja',
    });
    expect(await saveListSettings(owner, { settings: next, seen: USUAL })).toEqual({
      ok: true,
      changed: true,
    });
    expect((await publicLetter(letter.slug))!.settings).toEqual(next);
    expect(await keys()).toEqual(before);
    expect(await versionOf(letter.id)).toBe(version + 1);
    expect(await auditOf(letter.id)).toMatchObject([
      { action: 'set_list', actorId: owner.coordinatorId, before: USUAL, after: next },
    ]);
    expect(await saveListSettings(owner, { settings: next, seen: next })).toEqual({
      ok: true,
      changed: false,
    });
  });

  it('saves an order, which recomputes the keys of confirmed entries; unconfirmed ones get theirs on approval', async () => {
    const { letter, owner } = await signed();
    const unconfirmed = await anEndorsement(letter.id, { state: 'submitted', verifiedAt: null });
    const verified = await anEndorsement(letter.id, {});
    const xmin = async (id: string) =>
      (
        await db().$queryRaw<
          { xmin: string }[]
        >`SELECT xmin::text FROM endorsement WHERE id = ${id}::uuid`
      )[0]!.xmin;
    const [unconfirmedRow, verifiedRow] = [await xmin(unconfirmed.id), await xmin(verified.id)];
    expect(
      await saveListSettings(owner, { settings: settings({ by: 'english' }), seen: USUAL }),
    ).toMatchObject({ changed: true });
    expect(await xmin(unconfirmed.id)).toBe(unconfirmedRow);
    expect(await xmin(verified.id)).not.toBe(verifiedRow);
    await db().endorsement.update({
      where: { id: unconfirmed.id },
      data: { state: 'verified', verifiedAt: new Date() },
    });
    expect(
      await decide(owner, { id: unconfirmed.id, version: unconfirmed.version, step: 'approve' }),
    ).toMatchObject({ ok: true });
    const keys = await db().endorsement.findMany({
      where: { id: { in: [unconfirmed.id, verified.id] } },
      select: { sortKey: true },
    });
    expect(new Set(keys.map(({ sortKey }) => sortKey)).size).toBe(1);
  });

  it('previews the list’s named entries in order and the number of withheld ones, without other letters’ data', async () => {
    const { letter, owner } = await signed();
    await anEndorsement(letter.id, { nameEn: 'Waiting' });
    await signed();
    const { entries, named, withheld } = await listPreview(owner, USUAL);
    expect([entries.length, named, withheld]).toEqual([23, 23, 1]);
    expect(entries.map(({ names }) => names.en)).toEqual(inPrint);
  });

  it('pins entries first and last, moves them among the pinned, and unpins them', async () => {
    const { letter, owner } = await signed();
    const id = async (name: string) =>
      (await db().endorsement.findFirstOrThrow({ where: called(letter, name) })).id;
    const [a, b, c] = [inPrint[3]!, inPrint[7]!, inPrint[12]!];
    const act = async (name: string, place: Place) =>
      pinEntry(owner, {
        id: await id(name),
        place,
        seen: pinsOf((await listPreview(owner, USUAL)).entries),
      });
    const rest = inPrint.filter((name) => ![a, b, c].includes(name));
    await act(a, 'last');
    await act(b, 'last');
    expect(await act(c, 'first')).toEqual({ ok: true, changed: true });
    expect(await published(letter)).toEqual([
      c,
      ...inPrint.filter((name) => ![a, b, c].includes(name)),
      a,
      b,
    ]);
    await act(b, 'up');
    expect(await published(letter)).toEqual([c, ...rest, b, a]);
    expect(await act(b, 'up'), 'it is the first of its group').toEqual({
      ok: true,
      changed: false,
    });
    await act(a, 'first');
    expect(await published(letter)).toEqual([c, a, ...rest, b]);
    expect(inPreview(await listPreview(owner, USUAL), USUAL), 'the preview agrees').toEqual(
      await published(letter),
    );
    for (const name of [a, b, c]) await act(name, 'none');
    expect(await published(letter)).toEqual(inPrint);
    const audit = await auditOf(letter.id);
    expect(audit.map(({ action }) => action)).toEqual(Array(8).fill('pin'));
    expect(audit[0]).toMatchObject({
      endorsementId: await id(a),
      before: { pin: 0 },
      after: { pin: 1 },
    });
  });

  it('pins and unpins entries while another list of the letter has a pinned one', async () => {
    const { letter, owner } = await signed();
    const [away, other] = await db().endorsement.findMany({
      where: called(letter, inPrint[3]!, inPrint[7]!),
    });
    await pinEntry(owner, { id: away!.id, place: 'last', seen: { first: [], last: [] } });
    await writeRevision(db(), letter.id, {
      kind: 'substance',
      reason: null,
      texts: { en: someParts() },
      authoritativeLanguage: 'en',
      date: '2025-04-23',
      publishedAt: new Date(),
      publishedById: null,
    });
    await db().endorsement.updateMany({
      where: { letterId: letter.id, id: { not: away!.id } },
      data: { revision: 2 },
    });
    const shown = await listPreview(owner, USUAL);
    expect(shown.entries.map(({ id }) => id)).not.toContain(away!.id);
    expect(
      await pinEntry(owner, { id: other!.id, place: 'last', seen: pinsOf(shown.pinned) }),
    ).toEqual({ ok: true, changed: true });
    expect(
      await pinEntry(owner, {
        id: away!.id,
        place: 'none',
        seen: pinsOf((await listPreview(owner, USUAL)).pinned),
      }),
    ).toEqual({ ok: true, changed: true });
  });

  it('cannot pin a withheld or unapproved entry, or one of another letter', async () => {
    const { letter, owner } = await signed();
    const elsewhere = await aLetter();
    const entries = await Promise.all([
      anEndorsement(letter.id, { state: 'approved', visibility: 'withheld' }),
      anEndorsement(letter.id),
      anEndorsement(elsewhere.id, { state: 'approved' }),
    ]);
    for (const { id } of entries) {
      expect(await pinEntry(owner, { id, place: 'first', seen: { first: [], last: [] } })).toEqual({
        ok: false,
        reason: 'not-found',
      });
    }
  });

  it('pins an entry without changing its version, so that a reviewer can still decide on it', async () => {
    const { letter, owner } = await signed();
    const entry = await db().endorsement.findFirstOrThrow({
      where: { letterId: letter.id, state: 'approved' },
    });
    await pinEntry(owner, { id: entry.id, place: 'last', seen: { first: [], last: [] } });
    expect(
      await decide(owner, { step: 'withdraw', id: entry.id, version: entry.version }),
    ).toMatchObject({ ok: true });
  });
});

describe('two owners', () => {
  it('save settings concurrently: one succeeds, and the other is told that they have changed', async () => {
    const { letter, owner } = await signed();
    const other = await anOwner(letter);
    const done = await Promise.all([
      saveListSettings(owner, { settings: settings({ by: 'date' }), seen: USUAL }),
      saveListSettings(other, { settings: settings({ by: 'english' }), seen: USUAL }),
    ]);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await auditOf(letter.id)).toHaveLength(1);
    const { by } = (await publicLetter(letter.slug))!.settings;
    const expected = inPreview(await listPreview(owner, USUAL), settings({ by }));
    expect(await published(letter), 'the keys are those of the settings').toEqual(expected);
  });

  it('pin different entries concurrently: one succeeds, and the other is told that the pins have changed', async () => {
    const { letter, owner } = await signed();
    const other = await anOwner(letter);
    const [a, b] = (await listPreview(owner, USUAL)).entries;
    const seen = { first: [], last: [] };
    const done = await Promise.all([
      pinEntry(owner, { id: a!.id, place: 'last', seen }),
      pinEntry(other, { id: b!.id, place: 'last', seen }),
    ]);
    expect(done.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(done.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'changed' });
  });
});
