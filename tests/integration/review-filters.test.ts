import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LetterAccess } from '@/lib/coordinator/access';
import { selected } from '@/lib/endorsement/review/batch/queries';
import { selectionSchema } from '@/lib/endorsement/review/batch/schema';
import { deleteFilter, nameFilter } from '@/lib/endorsement/review/filters/named/commands';
import { namedFilters } from '@/lib/endorsement/review/filters/named/queries';
import { NAMED_FILTERS_MAX } from '@/lib/endorsement/review/filters/named/schema';
import { countriesOf } from '@/lib/endorsement/review/filters/queries';
import { queue } from '@/lib/endorsement/review/queries';
import { queueSchema } from '@/lib/endorsement/review/schema';
import { db } from '@/lib/platform/db/client';
import { suppress } from '@/lib/platform/mail/suppression';
import { auditOf } from '@/tests/support/audit';
import {
  aColleague,
  aLetter,
  anEndorsement,
  anObserver,
  anOwner,
  aReviewer,
  manyEndorsements,
} from '@/tests/support/factories';

let number = 0;
/** An entry whose name and website no other has. */
const anEntry = (letterId: string, over: Parameters<typeof anEndorsement>[1] = {}) => {
  number += 1;
  return anEndorsement(letterId, {
    nameJa: null,
    reading: null,
    nameEn: `Filtered${number}x`,
    website: `https://filtered${number}.net/`,
    ...over,
  });
};

/** The ids of the entries that a view of the review shows. */
async function found(access: LetterAccess, query: Record<string, string>) {
  const list = await queue(access, queueSchema.parse({ state: 'all', ...query }));
  expect(list.total).toBe(list.rows.length);
  return list.rows.map(({ id }) => id).sort();
}

const idsOf = (...entries: { id: string }[]) => entries.map(({ id }) => id).sort();

describe('a reviewer filters the entries', () => {
  it('by country, language, visibility and proof, each by itself and together', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const plain = await anEntry(letter.id);
    const korean = await anEntry(letter.id, { country: 'KR', language: 'en' });
    const withheld = await anEntry(letter.id, { country: 'KR', visibility: 'withheld' });
    const attested = await anEntry(letter.id, {
      country: 'XX',
      proof: 'attested',
      state: 'approved',
    });
    const unconfirmed = await anEntry(letter.id, { country: 'KR', state: 'submitted' });
    await anEntry((await aLetter()).id, { country: 'KR', language: 'en' });
    expect(await found(reviewer, { country: 'KR' })).toEqual(idsOf(korean, withheld, unconfirmed));
    expect(await found(reviewer, { language: 'en' })).toEqual(idsOf(korean));
    expect(await found(reviewer, { visibility: 'withheld' })).toEqual(idsOf(withheld));
    expect(await found(reviewer, { proof: 'attested' })).toEqual(idsOf(attested));
    expect(await found(reviewer, { proof: 'email' })).toEqual(idsOf(plain, korean, withheld));
    expect(await found(reviewer, { country: 'KR', language: 'ja', visibility: 'named' })).toEqual(
      idsOf(unconfirmed),
    );
    expect(await found(reviewer, { country: 'KR', q: 'filtered' })).toEqual(
      idsOf(korean, withheld, unconfirmed),
    );
    expect(await found(reviewer, { country: 'JP', language: 'en' })).toEqual([]);
    // The numbers beside the states are of what was found.
    const list = await queue(reviewer, queueSchema.parse({ country: 'KR' }));
    expect(list.counts).toEqual({
      submitted: 1,
      verified: 2,
      approved: 0,
      declined: 0,
      withdrawn: 0,
    });
    expect([list.total, list.pages]).toEqual([2, 1]);
  });

  it('by category, also those that are in none, or in one that the letter has no more', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const letter = await aLetter({
      listSettings: {
        categories: [
          { id: one, names: { en: 'National' } },
          { id: two, names: { en: 'International' } },
        ],
      },
    });
    const reviewer = await aReviewer(letter);
    const national = await anEntry(letter.id, { category: one });
    const none = await anEntry(letter.id);
    const gone = await anEntry(letter.id, { category: randomUUID() });
    expect(await found(reviewer, { category: one })).toEqual(idsOf(national));
    expect(await found(reviewer, { category: two })).toEqual([]);
    expect(await found(reviewer, { category: 'none' })).toEqual(idsOf(none, gone));
    const undivided = await aLetter();
    const entry = await anEntry(undivided.id, { category: one });
    expect(await found(await aReviewer(undivided), { category: 'none' })).toEqual(idsOf(entry));
  });

  it('by what an organization asks for', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    await anEntry(letter.id);
    const erasure = await anEntry(letter.id, { erasureRequestedAt: new Date() });
    const change = await anEntry(letter.id, { state: 'approved' });
    await db().proposedChange.create({
      data: {
        endorsementId: change.id,
        names: { en: 'New' },
        visibility: 'named',
        proposedAt: new Date(),
      },
    });
    expect(await found(reviewer, { asks: '1' })).toEqual(idsOf(erasure, change));
  });

  it('by e-mail that fails, exactly as rows are marked', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const mail = (endorsementId: string, over: object) =>
      db().mail.create({
        data: {
          kind: 'confirmed',
          language: 'en',
          to: 'x@example.org',
          toKey: 'x@example.org',
          props: {},
          letterId: letter.id,
          endorsementId,
          ...over,
        },
      });
    const now = new Date();
    const early = new Date(now.getTime() - 60_000);
    const fine = await anEntry(letter.id);
    await mail(fine.id, { sentAt: now, outcome: 'delivered', outcomeAt: now });
    const returned = await anEntry(letter.id);
    await mail(returned.id, { sentAt: now, outcome: 'returned', outcomeAt: now });
    const failed = await anEntry(letter.id);
    await mail(failed.id, { failedAt: now });
    const again = await anEntry(letter.id);
    await mail(again.id, { failedAt: early, createdAt: early });
    await mail(again.id, { sentAt: now });
    const delivered = await anEntry(letter.id);
    await mail(delivered.id, { failedAt: now, outcome: 'delivered', outcomeAt: now });
    const suppressed = await anEntry(letter.id);
    await suppress(db(), suppressed.email, { reason: 'bounced', at: now });
    const colleague = await anEntry(letter.id);
    const { email } = await aColleague(colleague.id);
    await suppress(db(), email, { reason: 'complained', at: now });
    const expected = idsOf(returned, failed, suppressed, colleague);
    expect(await found(reviewer, { mailFails: '1' })).toEqual(expected);
    const { rows } = await queue(reviewer, queueSchema.parse({}));
    expect(idsOf(...rows.filter(({ signs }) => signs.mailFails))).toEqual(expected);
  });

  it('by possible duplicates, exactly as rows are marked, whatever their legal form', async () => {
    const letter = await aLetter();
    const named = (nameJa: string, over: Parameters<typeof anEndorsement>[1] = {}) =>
      anEntry(letter.id, { nameJa, reading: 'よみ', nameEn: null, ...over });
    const pair = [
      await named('特定非営利活動法人みどりの会'),
      await named('みどりの会', { state: 'approved' }),
    ];
    // A legal form, a reading and a website's absence are nothing that two have in common.
    await named('特定非営利活動法人あおの会', { website: null });
    await named('特定非営利活動法人あかの会', { website: null });
    const sites = [
      await named('白の会', { website: 'https://www.same-site.org/' }),
      await named('黒の会', { website: 'https://same-site.org/en' }),
    ];
    const alone = await named('一人の会', { state: 'declined' });
    const unconfirmed = await named('一人の会', { state: 'submitted' });
    const hidden = await named('隠れの会', { visibility: 'withheld' });
    const known = await named('株式会社隠れの会');
    const hiddenTwice = [
      await named('秘密の会', { visibility: 'withheld' }),
      await named('秘密の会', { visibility: 'withheld' }),
    ];
    const hiddenAlone = await named('閉じた会', { visibility: 'withheld' });
    const hiddenUnconfirmed = await named('閉じた会', {
      visibility: 'withheld',
      state: 'submitted',
    });
    await named('みどりの会', { state: 'withdrawn' });
    const marked = async (access: LetterAccess) =>
      idsOf(
        ...(await queue(access, queueSchema.parse({ state: 'all' }))).rows.filter(
          ({ signs }) => signs.sameName || signs.sameWebsite,
        ),
      );
    const reviewer = await aReviewer(letter);
    const alike = await found(reviewer, { alike: '1' });
    expect(alike).toEqual(await marked(reviewer));
    expect(alike).toEqual(
      expect.arrayContaining(
        idsOf(...pair, ...sites, unconfirmed, hidden, known, ...hiddenTwice, hiddenUnconfirmed),
      ),
    );
    expect(alike).not.toContain(alone.id);
    expect(alike).not.toContain(hiddenAlone.id);
    // An observer learns nothing of withheld names.
    const observer = await anObserver(letter);
    const seen = await found(observer, { alike: '1' });
    expect(seen).toEqual(await marked(observer));
    for (const entry of [hidden, known, ...hiddenTwice, hiddenUnconfirmed])
      expect(seen).not.toContain(entry.id);
  });

  it('and decides on all that were found at once, and nothing else', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    await anEntry(letter.id);
    await anEntry(letter.id, { country: 'KR', language: 'en', state: 'declined' });
    const korean = [
      await anEntry(letter.id, { country: 'KR', language: 'en' }),
      await anEntry(letter.id, { country: 'KR', language: 'en' }),
    ];
    const withheld = await anEntry(letter.id, { country: 'KR', visibility: 'withheld' });
    const all = async (query: object) => {
      const selection = await selected(reviewer, selectionSchema.parse({ all: '1', ...query }));
      expect(selection.total).toBe(selection.entries.length);
      return idsOf(...selection.entries);
    };
    expect(await all({ country: 'KR', language: 'en' })).toEqual(idsOf(...korean));
    expect(await all({ country: 'KR', visibility: 'withheld' })).toEqual(idsOf(withheld));
    expect(await all({ country: 'KR', q: 'filtered' })).toEqual(idsOf(...korean, withheld));
    expect(await all({ country: 'FR' })).toEqual([]);
    expect(await all({})).toHaveLength(4);
  });

  it('page by page, each entry once', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    await manyEndorsements(db(), letter, 120, (n) => ({
      state: 'verified',
      verifiedAt: new Date(1_700_000_000_000 + n * 1_000),
    }));
    await anEntry(letter.id, { country: 'KR' });
    const pages = await Promise.all(
      ['1', '2', '3'].map(async (page) =>
        queue(reviewer, queueSchema.parse({ country: 'JP', page })),
      ),
    );
    expect(pages.map(({ rows, total }) => [rows.length, total])).toEqual([
      [50, 120],
      [50, 120],
      [20, 120],
    ]);
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(120);
  });
});

describe('an observer', () => {
  it('cannot filter by what is known of contacts', async () => {
    const letter = await aLetter();
    const observer = await anObserver(letter);
    const entry = await anEntry(letter.id, { language: 'en' });
    const other = await anEntry(letter.id);
    await suppress(db(), entry.email, { reason: 'bounced', at: new Date() });
    expect(await found(observer, { language: 'en' })).toEqual(idsOf(entry, other));
    expect(await found(observer, { mailFails: '1' })).toEqual(idsOf(entry, other));
  });
});

it('the countries to choose from are those of the letter’s entries', async () => {
  const letter = await aLetter();
  const reviewer = await aReviewer(letter);
  expect(await countriesOf(reviewer)).toEqual([]);
  await anEntry((await aLetter()).id, { country: 'FR' });
  for (const country of ['KR', 'JP', 'KR', 'XX', 'AD']) await anEntry(letter.id, { country });
  expect(await countriesOf(reviewer)).toEqual(['AD', 'JP', 'KR', 'XX']);
});

describe('a named filter', () => {
  const KOREAN = { name: 'Korea', state: 'verified', filters: { country: 'KR' } } as const;

  it('is read by everybody on the letter who may use it, and by nobody else', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const all = {
      country: 'XX',
      category: 'none',
      language: 'en',
      visibility: 'withheld',
      proof: 'attested',
      mailFails: true,
      alike: true,
      asks: true,
    } as const;
    expect(await nameFilter(reviewer, KOREAN)).toEqual({ ok: true });
    expect(await nameFilter(reviewer, { name: 'All', state: 'all', filters: all })).toEqual({
      ok: true,
    });
    const named = [
      { id: expect.any(String), name: 'All', state: 'all', filters: all },
      { id: expect.any(String), ...KOREAN },
    ];
    expect(await namedFilters(reviewer)).toEqual(named);
    expect(await namedFilters(await anOwner(letter))).toEqual(named);
    expect(await namedFilters(await anObserver(letter))).toEqual([named[1]]);
    expect(await namedFilters(await aReviewer(await aLetter()))).toEqual([]);
    expect(await auditOf(letter.id)).toEqual([]);
  });

  it('has a name of its own, filters something, and is one of twenty', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    await nameFilter(reviewer, KOREAN);
    expect(await nameFilter(reviewer, { ...KOREAN, filters: { alike: true } })).toEqual({
      ok: false,
      reason: 'taken',
    });
    expect(await nameFilter(reviewer, { name: 'Nothing', state: 'all', filters: {} })).toEqual({
      ok: false,
      reason: 'empty',
    });
    // At the same time, not one too many.
    const outcomes = await Promise.all(
      Array.from({ length: NAMED_FILTERS_MAX + 2 }, (_, n) =>
        nameFilter(reviewer, { ...KOREAN, name: `Korea ${n}` }),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(NAMED_FILTERS_MAX - 1);
    expect(outcomes).toContainEqual({ ok: false, reason: 'full' });
    expect(await namedFilters(reviewer)).toHaveLength(NAMED_FILTERS_MAX);
    // The name is free on another letter.
    expect(await nameFilter(await aReviewer(await aLetter()), KOREAN)).toEqual({ ok: true });
  });

  it('is deleted by a colleague, not by a reviewer of another letter', async () => {
    const letter = await aLetter();
    await nameFilter(await aReviewer(letter), KOREAN);
    const owner = await anOwner(letter);
    const id = (await namedFilters(owner))[0]!.id;
    expect(await deleteFilter(await aReviewer(await aLetter()), id)).toBe(false);
    expect(await namedFilters(owner)).toHaveLength(1);
    expect(await deleteFilter(owner, id)).toBe(true);
    expect(await deleteFilter(owner, id)).toBe(false);
    expect(await namedFilters(owner)).toEqual([]);
  });

  it('goes with its letter', async () => {
    const letter = await aLetter({ opensAt: null });
    await nameFilter(await aReviewer(letter), KOREAN);
    await db().$transaction(async (tx) => {
      await tx.letterSlug.deleteMany({ where: { letterId: letter.id } });
      await tx.letter.delete({ where: { id: letter.id } });
    });
    expect(await db().reviewFilter.count({ where: { letterId: letter.id } })).toBe(0);
  });
});
