import { describe, expect, it } from 'vitest';
import type { LetterAccess } from '@/lib/coordinator/access';
import { queue } from '@/lib/endorsement/review/queries';
import { queueSchema } from '@/lib/endorsement/review/schema';
import { db } from '@/lib/platform/db/client';
import { searchSignatories } from '@/lib/signatories/queries';
import {
  aLetter,
  anAddress,
  anEndorsement,
  anObserver,
  aReviewer,
} from '@/tests/support/factories';

const listed = (letter: { id: string }, over: Parameters<typeof anEndorsement>[1]) =>
  anEndorsement(letter.id, {
    nameJa: null,
    reading: null,
    nameEn: null,
    state: 'approved',
    ...over,
  });

/** What somebody types, and the name that they mean. */
const TYPED = [
  ['medecins', 'Médecins du Monde'],
  ['MÉDECINS', 'Médecins du Monde'],
  ['lodz', 'Towarzystwo w Łódź'],
  ['STRASSE', 'Verein Lange Straße'],
  ['O’Brien', "O'Brien Foundation"],
  ["o'brien", 'O’Brien Foundation'],
  ['ANT Hiroshima', 'ANT‐Hiroshima'],
  ['ｐｅａｃｅ', 'Peace Depot'],
  ['ヒューマンライツナウ', 'ヒューマンライツ・ナウ'],
  ['ヒューマンライツ ナウ', 'ヒューマンライツ・ナウ'],
  ['ひゅーまん', 'ヒューマンライツ・ナウ'],
  ['ﾋｭｰﾏﾝ', 'ヒューマンライツ・ナウ'],
  ['国際', '國際平和協會'],
  ['國際平和協會', '国際平和協会'],
  ['沢田記念', '澤田記念会'],
  ['NPO法人 難民を助ける会', '(特活)難民を助ける会'],
  ['(特活)難民', '特定非営利活動法人難民を助ける会'],
  ['【NPO法人】難民', '難民を助ける会'],
  ['社団法人', '一般社団法人かたわら'],
  ['mueller', 'Müller-Stiftung'],
  ['muller', 'Müller-Stiftung'],
  ['müller', 'Mueller-Stiftung'],
  ['Moeller', 'Møller Fonden'],
  ['Möller', 'Møller Fonden'],
  ['malmoe aa', 'Malmö Å'],
  ['人権', '中国人权'],
  ['国际特赦组织', '國際特赦組織'],
  ['國際特赦組織', '国际特赦组织'],
] as const;

describe('the search of the public list', () => {
  it.each(TYPED)('%s finds %s', async (typed, name) => {
    const letter = await aLetter();
    await listed(letter, /[ぁ-ヺ一-龠]/.test(name) ? { nameJa: name } : { nameEn: name });
    await listed(letter, { nameEn: 'Quite Different' });
    const found = await searchSignatories(letter.id, typed, 10);
    expect(found.items.map(({ names }) => names.ja ?? names.en)).toEqual([name]);
  });

  it('finds neither readings, websites, contacts nor names that are withheld or not on the list', async () => {
    const letter = await aLetter();
    await listed(letter, {
      nameJa: '翼の会',
      reading: 'つばさのかい',
      website: 'https://tsubasa.example.org/',
      email: 'tsubasa@example.org',
      representativeName: '大空 つばさ',
    });
    await listed(letter, { nameEn: 'Tsubasa Society', visibility: 'withheld' });
    await listed(letter, { nameEn: 'Tsubasa Waiting', state: 'verified' });
    for (const typed of ['つばさ', 'tsubasa', 'example.org', '大空', '\n', ' ', '%', '・'])
      expect((await searchSignatories(letter.id, typed, 10)).items, typed).toEqual([]);
    expect((await searchSignatories(letter.id, '翼', 10)).items).toHaveLength(1);
  });

  it('finds nothing by the reading of a row that still waits to be renewed', async () => {
    const letter = await aLetter();
    const { id } = await listed(letter, { nameJa: '翼の会' });
    await db().endorsement.update({ where: { id }, data: { searchText: '翼の会 つばさのかい' } });
    expect((await searchSignatories(letter.id, 'つばさ', 10)).items).toEqual([]);
  });

  it('gives results by list and in printed order, and says whether there are more', async () => {
    const letter = await aLetter();
    for (const nameEn of ['Peace C', 'Peace A', 'Peace B']) await listed(letter, { nameEn });
    const { items, more } = await searchSignatories(letter.id, 'peace', 2);
    expect(items.map(({ names }) => names.en)).toEqual(['Peace A', 'Peace B']);
    expect(more).toBe(true);
  });
});

describe('the search of the review', () => {
  const found = async (access: LetterAccess, q: string, state = 'all') =>
    (await queue(access, queueSchema.parse({ q, state }))).rows.map(({ id }) => id);

  it.each(TYPED)('%s finds %s', async (typed, name) => {
    const letter = await aLetter();
    const over = /[ぁ-ヺ一-龠]/.test(name) ? { nameJa: name } : { nameEn: name };
    const { id } = await listed(letter, { ...over, representativeName: null });
    expect(await found(await aReviewer(letter), typed)).toEqual([id]);
  });

  it('a reviewer finds entries by address, its domain and the representative’s name, an observer does not', async () => {
    const letter = await aLetter();
    const email = anAddress('Hanako.Watanabe').replace('example.org', 'office.example.net');
    const entry = await anEndorsement(letter.id, {
      nameEn: 'Some Group',
      email: email.toLowerCase(),
      representativeName: '渡邊　花子',
      website: null,
    });
    const attested = await anEndorsement(letter.id, {
      proof: 'attested',
      representativeName: 'Zoë Łukasz',
    });
    const [reviewer, observer] = [await aReviewer(letter), await anObserver(letter)];
    for (const typed of [
      email.toUpperCase(),
      'office.example.net',
      'hanako.wat',
      '渡辺花子',
      '渡邊 花子',
      '花子',
    ]) {
      expect(await found(reviewer, typed), typed).toContain(entry.id);
      expect(await found(observer, typed), typed).toEqual([]);
    }
    expect(await found(reviewer, 'zoe lukasz')).toEqual([attested.id]);
    expect(await found(observer, 'zoe lukasz')).toEqual([]);
  });

  it('an unconfirmed sign-up is found by its name and address, too', async () => {
    const letter = await aLetter();
    const entry = await anEndorsement(letter.id, { state: 'submitted', nameEn: 'Not Yet Society' });
    const reviewer = await aReviewer(letter);
    for (const typed of ['not yet', entry.email, '平和花子'])
      expect(await found(reviewer, typed), typed).toEqual([entry.id]);
  });

  it('an observer finds no withheld entry, in no state', async () => {
    const letter = await aLetter();
    for (const state of ['submitted', 'verified', 'approved', 'declined', 'withdrawn'] as const)
      await anEndorsement(letter.id, { nameEn: 'Secret Society', state, visibility: 'withheld' });
    const seen = await queue(
      await anObserver(letter),
      queueSchema.parse({ q: 'secret', state: 'all' }),
    );
    expect([seen.rows, seen.total]).toEqual([[], 0]);
    expect(await found(await aReviewer(letter), 'secret')).toHaveLength(5);
  });

  it('covers one state or all of them, with the number found in each', async () => {
    const letter = await aLetter();
    const [waiting, approved] = [
      await anEndorsement(letter.id, { nameEn: 'Peace Waiting' }),
      await anEndorsement(letter.id, { nameEn: 'Peace Approved', state: 'approved' }),
    ];
    await anEndorsement(letter.id, { nameEn: 'War', state: 'declined' });
    const reviewer = await aReviewer(letter);
    const seen = await queue(reviewer, queueSchema.parse({ q: 'peace', state: 'approved' }));
    expect(seen.rows.map(({ id }) => id)).toEqual([approved.id]);
    expect([seen.total, seen.counts.verified, seen.counts.declined]).toEqual([1, 1, 0]);
    expect(new Set(await found(reviewer, 'peace'))).toEqual(new Set([waiting.id, approved.id]));
    const all = await queue(reviewer, queueSchema.parse({ state: 'all' }));
    expect([all.total, all.rows.length]).toEqual([3, 3]);
  });

  it('finds nothing of another letter', async () => {
    const [letter, other] = [await aLetter(), await aLetter()];
    const { email } = await anEndorsement(other.id, { nameEn: 'Elsewhere' });
    const reviewer = await aReviewer(letter);
    for (const typed of ['elsewhere', email, '平和花子'])
      expect(await found(reviewer, typed)).toEqual([]);
  });

  it('takes signs of patterns as they are', async () => {
    const letter = await aLetter();
    await anEndorsement(letter.id, { nameEn: 'Peace' });
    const reviewer = await aReviewer(letter);
    for (const typed of ['%', 'pe_ce', '\\']) expect(await found(reviewer, typed)).toEqual([]);
  });
});
