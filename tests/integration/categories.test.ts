/** Categories of signatories: defined by owners, chosen at sign-up, corrected in review, printed. */
import { describe, expect, it } from 'vitest';
import { deliver } from '@/lib/delivery/commands';
import { deliveryFilesOf } from '@/lib/delivery/files';
import { deliveryContent } from '@/lib/delivery/snapshot';
import { letterIntegrity } from '@/lib/delivery/integrity/queries';
import { change, changeableOf } from '@/lib/endorsement/entry/commands';
import { entryData } from '@/lib/endorsement/entry/data/queries';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { attest, decide, setCategory } from '@/lib/endorsement/review/commands';
import { entry } from '@/lib/endorsement/review/queries';
import { settleChange } from '@/lib/endorsement/review/requests/commands';
import { confirm, correctSignUp } from '@/lib/endorsement/verification/commands';
import { correctable } from '@/lib/endorsement/verification/queries';
import { categoryPlace } from '@/lib/letter/categories';
import { listSettings } from '@/lib/letter/list-settings';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { unseal } from '@/lib/platform/tokens';
import { saveCategories } from '@/lib/signatories/categories/commands';
import { categoriesFormSchema, categoriesForm } from '@/lib/signatories/categories/schema';
import { saveListSettings } from '@/lib/signatories/settings/commands';
import { listPreview } from '@/lib/signatories/settings/queries';
import { inOrder } from '@/lib/signatories/settings/rules';
import { countsWithCategories, signatories, signatoriesAfter } from '@/lib/signatories/queries';
import { auditOf } from '@/tests/support/audit';
import { asSeen } from '@/tests/support/delivery';
import {
  anEntryLink,
  aLetter,
  anEndorsement,
  anOwner,
  aReviewer,
  aSignUp,
} from '@/tests/support/factories';
import { endorse } from '@/tests/support/sign-up';

const settingsOf = async ({ id }: { id: string }) =>
  listSettings((await db().letter.findUniqueOrThrow({ where: { id } })).listSettings);

const NAMES = [
  { ja: '国際', en: 'International' },
  { ja: '国内', en: 'National' },
];

/** A letter with two categories, its owner, and their ids. */
async function aDividedLetter() {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const categories = NAMES.map((names, index) => ({ row: index + 1, id: null, names }));
  expect(await saveCategories(owner, { categories, moves: [], seen: [] })).toMatchObject({
    changed: true,
  });
  const settings = await settingsOf(letter);
  const [international, national] = settings.categories.map(({ id }) => id);
  return { letter, owner, settings, international: international!, national: national! };
}

type Divided = Awaited<ReturnType<typeof aDividedLetter>>;

/** A listed organization in a category. */
const listed = (
  { letter, settings }: Divided,
  nameEn: string,
  category: string | null,
  over: Parameters<typeof anEndorsement>[1] = {},
) =>
  anEndorsement(letter.id, {
    nameJa: null,
    nameEn,
    state: 'approved',
    category,
    categoryPlace: categoryPlace(settings, category),
    submittedAt: new Date('2025-05-01'),
    ...over,
  });

/** Saves categories as the form sends them. */
async function save(owner: Divided['owner'], settings: Divided['settings'], over: object) {
  const typed = { ...categoriesForm(settings.categories), ...over };
  return saveCategories(owner, {
    ...categoriesFormSchema.parse(typed),
    seen: settings.categories,
  });
}

const namesOf = async ({ letter }: Divided) =>
  (await signatories(letter.id, 'listed')).map(({ names }) => names.en);

describe('an owner', () => {
  it('defines categories, puts them in another order, renames one, and removes one only with a place for what is in it', async () => {
    const divided = await aDividedLetter();
    const { letter, owner, settings, international, national } = divided;
    await listed(divided, 'Alpha', national);
    await listed(divided, 'Beta', international);
    const none = await listed(divided, 'Gamma', null);
    expect(await namesOf(divided)).toEqual(['Beta', 'Alpha', 'Gamma']);
    expect(await save(owner, settings, {})).toEqual({ ok: true, changed: false });

    expect(
      await save(owner, settings, { place1: '2', place2: '1', category2En: 'Domestic' }),
    ).toEqual({ ok: true, changed: true });
    expect(await namesOf(divided)).toEqual(['Alpha', 'Beta', 'Gamma']);
    const reordered = await settingsOf(letter);
    expect(reordered.categories).toEqual([
      { id: national, names: { ja: '国内', en: 'Domestic' } },
      { id: international, names: NAMES[0] },
    ]);
    // From a page opened before.
    expect(await save(owner, settings, {})).toEqual({ ok: false, reason: 'changed' });

    const removed = { category1Ja: '', category1En: '' };
    expect(await save(owner, reordered, removed)).toEqual({
      ok: false,
      reason: 'in-use',
      rows: [1],
    });
    // A category that is removed as well is no place to go.
    const all = { ...removed, category2Ja: '', category2En: '', move1: international };
    expect(await save(owner, reordered, all)).toMatchObject({ reason: 'in-use', rows: [1, 2] });
    expect(await save(owner, reordered, { ...removed, move1: international })).toMatchObject({
      ok: true,
    });
    expect(
      (await countsWithCategories({ id: letter.id, settings: await settingsOf(letter) }))
        .byCategory,
    ).toEqual({
      listed: { [international]: 2, '': 1 },
      added: {},
      earlier: {},
    });
    const last = await settingsOf(letter);
    expect(await save(owner, last, { ...removed, move1: 'none' })).toMatchObject({ ok: true });
    expect(
      await db().endorsement.findMany({
        where: { letterId: letter.id },
        select: { category: true, categoryPlace: true },
      }),
    ).toEqual(Array(3).fill({ category: null, categoryPlace: 0 }));
    expect(none.categoryPlace).toBe(3);
    expect((await auditOf(letter.id)).map(({ action }) => action)).toEqual(
      Array(4).fill('set_list'),
    );
  });

  it('keeps the categories when saving the rest of the list’s settings, and previews them as published', async () => {
    const divided = await aDividedLetter();
    const { owner, settings, international, national, letter } = divided;
    await listed(divided, 'Alpha', national);
    await listed(divided, 'Beta', international, { pin: 1 });
    const next = { ...settings, by: 'english' as const, categories: [] };
    expect(await saveListSettings(owner, { settings: next, seen: settings })).toMatchObject({
      changed: true,
    });
    const saved = await settingsOf(letter);
    expect(saved.categories).toEqual(settings.categories);
    const preview = await listPreview(owner, saved);
    expect(preview.byCategory).toEqual({ [international]: 1, [national]: 1 });
    expect(inOrder(preview.entries, saved).map(({ names }) => names.en)).toEqual(
      await namesOf(divided),
    );
  });

  it('gets an error for two categories of one name, for an address in one, and for a position that is no number', () => {
    const wrong = categoriesFormSchema.safeParse({
      category1En: 'One',
      category2En: 'One',
      category3Ja: 'https://evil.example',
      place1: '0',
    });
    expect(wrong.error!.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ['category3Ja', 'webAddress'],
      ['category2En', 'sameName'],
      ['place1', 'place'],
    ]);
  });
});

describe('an organization', () => {
  it('chooses a category, corrects it before it confirms, and proposes another once it is listed', async () => {
    const divided = await aDividedLetter();
    const { letter, settings, owner, international, national } = divided;
    expect(() => aSignUp({}, settings)).toThrow('required');
    const signUp = aSignUp({ category: national }, settings);
    expect(await endorse(letter.slug, signUp)).toEqual({ ok: true });
    const { id } = await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
    const mail = await db().mail.findFirstOrThrow({ where: { endorsementId: id } });
    const token = unseal(mail.sealedToken!, env().APP_SECRET);
    expect((await correctable(token))!.typed.category).toBe(national);
    const stored = () => db().endorsement.findUniqueOrThrow({ where: { id } });
    expect(await stored()).toMatchObject({ category: national, categoryPlace: 2 });
    await correctSignUp(token, { ...signUp, category: international });
    expect(await stored()).toMatchObject({ category: international, categoryPlace: 1 });
    // The categories have changed places by the time it is confirmed and approved.
    await save(owner, settings, { place1: '2', place2: '1' });
    await confirm(token, 1);
    expect(await stored()).toMatchObject({ categoryPlace: 1 });
    const { version } = await stored();
    expect(await decide(owner, { id, version, step: 'approve' })).toEqual({ ok: true });
    expect(await stored()).toMatchObject({ category: international, categoryPlace: 2 });

    const link = await anEntryLink(id);
    const own = await ownEntry(link);
    if (own.state === 'unknown') throw new Error('no entry');
    const wanted = { ...changeableOf({ ...(await withNames(id)) }), category: national };
    expect(await change(link, { ...wanted, version: own.version })).toEqual({
      ok: true,
      outcome: 'proposed',
    });
    expect(await ownEntry(link)).toMatchObject({
      category: international,
      proposed: { category: national },
    });
    expect(await entryData(link)).toMatchObject({
      category: international,
      proposedChange: { category: national },
    });
    const reviewed = { bindingRevision: 1, listSettings: await settingsOf(letter) };
    const waiting = (await entry(owner, reviewed, id))!;
    expect(waiting.proposed).toMatchObject({ category: national });
    const decision = { id, version: waiting.version, decision: 'accept' as const, note: null };
    expect(await settleChange(owner, decision)).toEqual({ ok: true });
    expect(await stored()).toMatchObject({ category: national, categoryPlace: 1 });
  });
});

const withNames = (id: string) =>
  db().endorsement.findUniqueOrThrow({ where: { id }, include: { names: true } });

it('a reviewer corrects a category, on the version that they saw, and only to one of the letter', async () => {
  const divided = await aDividedLetter();
  const { letter, international, national } = divided;
  const reviewer = await aReviewer(letter);
  const { id, version } = await listed(divided, 'Alpha', national);
  const to = (category: string, at = version) =>
    setCategory(reviewer, { id, version: at, category });
  expect(await to('another')).toEqual({ ok: false, reason: 'not-possible' });
  expect(await to(international)).toEqual({ ok: true });
  expect(await to(national)).toMatchObject({ ok: false, reason: 'changed' });
  expect(await db().endorsement.findUniqueOrThrow({ where: { id } })).toMatchObject({
    category: international,
    categoryPlace: 1,
    version: version + 1,
  });
  const history = (await entry(
    reviewer,
    { bindingRevision: 1, listSettings: divided.settings },
    id,
  ))!.history;
  expect(history.at(-1)!.changes).toEqual([
    { field: 'category', before: national, after: international },
  ]);
});

it('a reviewer who attests an entry says its category where the letter has any', async () => {
  const { letter, national } = await aDividedLetter();
  const reviewer = await aReviewer(letter);
  const paper = {
    names: { en: 'Paper Society' },
    reading: null,
    website: null,
    country: 'JP',
    visibility: 'named' as const,
    evidence: 'A letter.',
  };
  expect(await attest(reviewer, { ...paper, category: null })).toEqual({
    ok: false,
    reason: 'category',
  });
  const done = await attest(reviewer, { ...paper, category: national });
  if (!done.ok) throw new Error(done.reason);
  expect(await db().endorsement.findUniqueOrThrow({ where: { id: done.id } })).toMatchObject({
    category: national,
    categoryPlace: 2,
  });
});

describe('the public', () => {
  it('pages through a list by category without a gap, whatever the page’s size', async () => {
    const divided = await aDividedLetter();
    const { letter, settings, international, national } = divided;
    for (const [index, category] of [
      national,
      null,
      international,
      national,
      international,
    ].entries())
      await listed(divided, `Group ${'EDCBA'[index]}`, category);
    const expected = ['Group A', 'Group C', 'Group B', 'Group E', 'Group D'];
    expect(await namesOf(divided)).toEqual(expected);
    for (const limit of [1, 2, 4]) {
      const seen: (string | undefined)[] = [];
      let cursor: string | null = null;
      do {
        const page = await signatoriesAfter({ id: letter.id, settings }, 'listed', limit, cursor);
        seen.push(...page!.items.map(({ names }) => names.en));
        cursor = page!.next;
      } while (cursor !== null);
      expect(seen).toEqual(expected);
    }
  });

  it('gets files with a heading and number for each category; withheld ones are counted once for the whole list', async () => {
    const divided = await aDividedLetter();
    const { letter, owner, international, national } = divided;
    await listed(divided, 'Alpha', national);
    await listed(divided, 'Beta', international);
    await listed(divided, 'Gamma', international);
    await listed(divided, 'Hidden', national, { visibility: 'withheld' });
    expect(
      (await countsWithCategories({ id: letter.id, settings: divided.settings })).byCategory!
        .listed,
    ).toEqual({
      [international]: 2,
      [national]: 1,
    });
    expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true });
    const { canonical } = await db().delivery.findFirstOrThrow({ where: { letterId: letter.id } });
    const { lists } = deliveryContent(canonical);
    expect(lists.all).toMatchObject({
      categories: [
        { name: NAMES[0], count: 2 },
        { name: NAMES[1], count: 1 },
      ],
      others: { en: '1 other organization' },
    });
    const files = await deliveryFilesOf(canonical);
    const csv = files.find(
      ({ name, language }) => name === 'signatories.csv' && language === 'en',
    )!;
    const rows = Buffer.from(csv.bytes).toString('utf8').trim().split('\r\n');
    expect(rows[0]).toContain('Category');
    expect(rows.slice(1).map((row) => row.split(',').slice(2, 4).join())).toEqual([
      'Beta,International',
      'Gamma,International',
      'Alpha,National',
      ',',
    ]);
    expect((await letterIntegrity(letter.slug))!.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('gets the same list as before of a letter without categories', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await anEndorsement(letter.id, { state: 'approved', submittedAt: new Date('2025-05-01') });
    expect(
      (await countsWithCategories({ id: letter.id, settings: await settingsOf(letter) }))
        .byCategory,
    ).toBeNull();
    expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true });
    const { canonical } = await db().delivery.findFirstOrThrow({ where: { letterId: letter.id } });
    expect(deliveryContent(canonical).lists.all.categories).toEqual([]);
    const files = await deliveryFilesOf(canonical);
    const csv = files.find(
      ({ name, language }) => name === 'signatories.csv' && language === 'en',
    )!;
    expect(Buffer.from(csv.bytes).toString('utf8')).not.toContain('Category');
  });
});
