import { describe, expect, it } from 'vitest';
import printed from '@/prisma/demonstration/signatories.json' with { type: 'json' };
import { db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { decide } from '@/lib/endorsement/review/commands';
import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import { pinEntry, saveListSettings } from '@/lib/signatories/settings/commands';
import { previewEntries } from '@/lib/signatories/settings/queries';
import {
  arranged,
  inOrder,
  pinNumbers,
  pinsOf,
  type Place,
} from '@/lib/signatories/settings/rules';
import { settingsForm, settingsFormSchema } from '@/lib/signatories/settings/schema';
import { normaliseLine } from '@/lib/organization/rules';
import { inList } from '@/lib/signatories/lists';
import { publicLetter, signatories } from '@/lib/signatories/queries';
import { writeRevision } from '@/lib/revision/commands';
import { aLetter, anEndorsement, anOwner, someParts } from '@/tests/support/factories';

const USUAL = listSettings({});
const settings = (over: Partial<ListSettings>): ListSettings => ({ ...USUAL, ...over });

const basisOf = async (slug: string) => (await publicLetter(slug))!.basis;
const published = async (slug: string) =>
  (await signatories(await basisOf(slug), 'listed')).map(({ names }) => names.en);
const preview = async (owner: Owner) =>
  previewEntries(owner, inList(await basisOf(owner.letterSlug), 'listed'));
const auditOf = (letterId: string) =>
  db().auditEvent.findMany({ where: { letterId }, orderBy: { id: 'asc' } });
const versionOf = async (id: string) =>
  (await db().letter.findUniqueOrThrow({ where: { id } })).publicVersion;

/** A letter signed by the organizations of the printed one, in an order that is none, and two that are withheld. */
async function signed() {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const backwards = [...printed.organizations].reverse();
  for (const [index, { nameJa, reading, nameEn }] of backwards.entries()) {
    const names = {
      nameJa: normaliseLine(nameJa),
      reading: normaliseLine(reading),
      nameEn: normaliseLine(nameEn),
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

const inPrint = printed.organizations.map(({ nameEn }) => normaliseLine(nameEn));

describe('an owner', () => {
  it('has the printed list, 23 of 23, after having tried every other order; each time the public sees what the preview showed', async () => {
    const { letter, owner } = await signed();
    expect(await published(letter.slug)).toEqual(inPrint);
    let seen = USUAL;
    for (const change of [
      { by: 'english' },
      { by: 'date' },
      { by: 'japanese', legalFormCounts: false },
      { by: 'japanese', latin: 'before-kana' },
      {},
    ] as const) {
      const next = settings(change);
      const expected = inOrder((await preview(owner)).entries, next).map(({ nameEn }) => nameEn);
      expect(await saveListSettings(owner, { settings: next, seen })).toEqual({
        ok: true,
        changed: true,
      });
      expect(await published(letter.slug)).toEqual(expected);
      if (Object.keys(change).length > 0) expect(expected).not.toEqual(inPrint);
      seen = next;
    }
    expect(await published(letter.slug)).toEqual(inPrint);
  });

  it('saves headings and the like: audited, marked as a public change, and keys stay', async () => {
    const { letter, owner } = await signed();
    const keys = () =>
      db().endorsement.findMany({
        where: { letterId: letter.id },
        orderBy: { id: 'asc' },
        select: { sortKey: true },
      });
    const [before, version] = [await keys(), await versionOf(letter.id)];
    const next = settings({
      headings: { coordinating: { ja: null, en: null }, all: { ja: '賛同{count}団体', en: null } },
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

  it('saves an order without touching unconfirmed sign-ups, of which a stranger can make any number; approval computes their place', async () => {
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

  it('previews named entries of the list only: others are counted, and those of other letters are not there', async () => {
    const { letter, owner } = await signed();
    await anEndorsement(letter.id, { nameEn: 'Waiting' });
    await signed();
    const { entries, named, withheld } = await preview(owner);
    expect([entries.length, named, withheld]).toEqual([23, 23, 1]);
    expect((await previewEntries(owner, { state: 'verified' })).entries).toEqual([]);
  });

  it('pins the secretariat last, another first, moves them and lets them go', async () => {
    const { letter, owner } = await signed();
    const id = async (name: string) =>
      (await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id, nameEn: name } }))
        .id;
    const [a, b, c] = [inPrint[3]!, inPrint[7]!, inPrint[12]!];
    const act = async (name: string, place: Place) =>
      pinEntry(owner, { id: await id(name), place, seen: pinsOf((await preview(owner)).entries) });
    const rest = inPrint.filter((name) => ![a, b, c].includes(name));
    await act(a, 'last');
    await act(b, 'last');
    expect(await act(c, 'first')).toEqual({ ok: true, changed: true });
    expect(await published(letter.slug)).toEqual([
      c,
      ...inPrint.filter((name) => ![a, b, c].includes(name)),
      a,
      b,
    ]);
    await act(b, 'up');
    expect(await published(letter.slug)).toEqual([c, ...rest, b, a]);
    expect(await act(b, 'up'), 'it is the first of its group').toEqual({
      ok: true,
      changed: false,
    });
    await act(a, 'first');
    expect(await published(letter.slug)).toEqual([c, a, ...rest, b]);
    expect(
      inOrder((await preview(owner)).entries, USUAL).map(({ nameEn }) => nameEn),
      'the preview agrees',
    ).toEqual(await published(letter.slug));
    for (const name of [a, b, c]) await act(name, 'none');
    expect(await published(letter.slug)).toEqual(inPrint);
    const audit = await auditOf(letter.id);
    expect(audit.map(({ action }) => action)).toEqual(Array(8).fill('pin'));
    expect(audit[0]).toMatchObject({
      endorsementId: await id(a),
      before: { pin: 0 },
      after: { pin: 1 },
    });
  });

  it('unpins and pins others when a pinned organization stands in another list of the letter', async () => {
    const { letter, owner } = await signed();
    const [away, other] = await db().endorsement.findMany({
      where: { letterId: letter.id, nameEn: { in: [inPrint[3]!, inPrint[7]!] } },
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
    const shown = await preview(owner);
    expect(shown.entries.map(({ id }) => id)).not.toContain(away!.id);
    expect(
      await pinEntry(owner, { id: other!.id, place: 'last', seen: pinsOf(shown.pinned) }),
    ).toEqual({ ok: true, changed: true });
    expect(
      await pinEntry(owner, {
        id: away!.id,
        place: 'none',
        seen: pinsOf((await preview(owner)).pinned),
      }),
    ).toEqual({ ok: true, changed: true });
  });

  it('cannot pin an entry that is withheld, not approved, or of another letter', async () => {
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

  it('pins without disturbing a reviewer who decides on the same entry', async () => {
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
  it('who save at once: one is taken, the other is told', async () => {
    const { letter, owner } = await signed();
    const other = await anOwner(letter);
    const done = await Promise.all([
      saveListSettings(owner, { settings: settings({ by: 'date' }), seen: USUAL }),
      saveListSettings(other, { settings: settings({ by: 'english' }), seen: USUAL }),
    ]);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await auditOf(letter.id)).toHaveLength(1);
    const { by } = (await publicLetter(letter.slug))!.settings;
    const expected = inOrder((await preview(owner)).entries, settings({ by })).map(
      ({ nameEn }) => nameEn,
    );
    expect(await published(letter.slug), 'the keys are those of the settings').toEqual(expected);
  });

  it('who pin different entries at once: one is taken, the other is told', async () => {
    const { letter, owner } = await signed();
    const other = await anOwner(letter);
    const [a, b] = (await preview(owner)).entries;
    const seen = { first: [], last: [] };
    const done = await Promise.all([
      pinEntry(owner, { id: a!.id, place: 'last', seen }),
      pinEntry(other, { id: b!.id, place: 'last', seen }),
    ]);
    expect(done.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(done.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'changed' });
  });
});

describe('the form of the settings', () => {
  it('says what it was filled with', () => {
    for (const each of [
      USUAL,
      settings({
        legalFormCounts: false,
        headings: { coordinating: { ja: 'あ', en: 'B {count}' }, all: { ja: null, en: 'C' } },
      }),
    ]) {
      expect(settingsFormSchema.parse(settingsForm(each))).toEqual(each);
    }
  });

  it('tells what is wrong beside the field', () => {
    const parsed = settingsFormSchema.safeParse({
      ...settingsForm(USUAL),
      headingAllJa: '{n}団体',
      headingAllEn: 'x'.repeat(201),
      pageSize: '9',
    });
    expect(parsed.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ['headingAllJa', 'placeholder'],
      ['headingAllEn', 'tooLong'],
      ['pageSize', 'pageSize'],
    ]);
  });
});

describe('pins', () => {
  it('keep their order in the numbers that are stored', () => {
    const pins = arranged({ first: ['a'], last: ['c', 'd'] }, 'b', 'first');
    expect(pins).toEqual({ first: ['a', 'b'], last: ['c', 'd'] });
    expect(Object.fromEntries(pinNumbers(pins))).toEqual({ a: -2, b: -1, c: 1, d: 2 });
    expect(arranged(pins, 'c', 'down')).toEqual({ first: ['a', 'b'], last: ['d', 'c'] });
    expect(pinsOf([...pinNumbers(pins)].map(([id, pin]) => ({ id, pin })))).toEqual(pins);
  });
});
