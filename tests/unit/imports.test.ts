import { describe, expect, test } from 'vitest';
import { evidenceType } from '@/lib/endorsement/attested/evidence';
import { countsOf, importState, statesOf, type Compared } from '@/lib/endorsement/imports/rules';
import { importRows, type RowDefaults } from '@/lib/endorsement/imports/schema';
import { categoryIn, visibilityIn } from '@/lib/endorsement/table/values';
import { listSettings } from '@/lib/letter/list-settings';

const NOTHING = {
  signed: new Set<string>(),
  unconfirmed: new Set<string>(),
  known: new Set<string>(),
};
const row = (name: string, domain: string | null = null): Compared => ({ names: [name], domain });

describe('what will happen with a row of a list', () => {
  test('the first of several with a name counts, of those without faults', () => {
    expect(statesOf([null, row('a'), row('a'), row('b')], NOTHING)).toEqual([
      'faulty',
      'new',
      'repeated',
      'new',
    ]);
  });

  test('what has signed, or waits to be confirmed, is left out; what may be known waits', () => {
    const known = {
      signed: new Set(['a']),
      unconfirmed: new Set(['b']),
      known: new Set(['c', 'known.org']),
    };
    const rows = [row('a'), row('b'), row('c'), row('d', 'known.org'), row('e', 'fresh.org')];
    expect(statesOf(rows, known)).toEqual(['signed', 'unconfirmed', 'known', 'known', 'new']);
  });

  test('two with one website both wait', () => {
    const rows = [row('a', 'shared.org'), row('b', 'shared.org'), row('c', 'own.org')];
    const states = statesOf(rows, NOTHING);
    expect(states).toEqual(['known', 'known', 'new']);
    expect(countsOf(states.map((state) => ({ state })))).toMatchObject({
      known: 2,
      new: 1,
      faulty: 0,
    });
  });
});

describe('rows', () => {
  const defaults: RowDefaults = { country: '', visibility: 'named', category: '', language: 'en' };
  const read = (values: object, over: Partial<RowDefaults> = {}) =>
    importRows([{ number: 2, values: { name: 'A Group', ...values } }], listSettings({}), {
      ...defaults,
      ...over,
    })[0]!;

  test('say what they do not have by what holds for all', () => {
    expect(read({}).faults).toEqual({ country: ['invalidCountry'] });
    expect(read({}, { country: 'JP' }).organization).toMatchObject({
      country: 'JP',
      visibility: 'named',
      language: 'en',
      representativeEmail: null,
      representativeName: null,
      evidence: null,
    });
    const said = { country: 'Korea', visibility: '匿名', language: '日本語' };
    expect(read(said, { country: 'JP' }).organization).toMatchObject({
      country: 'KR',
      visibility: 'withheld',
      language: 'ja',
    });
  });

  test('a name that has kanji needs a reading only where the list is in Japanese order', () => {
    const japanese = { name: '日本の会', country: 'Japan' };
    expect(read(japanese).faults).toEqual({ reading: ['readingRequired'] });
    const [byName] = importRows(
      [{ number: 2, values: japanese }],
      listSettings({ by: 'english' }),
      defaults,
    );
    expect(byName!.faults).toEqual({});
  });
});

test('what people write about publication is understood, and nothing else', () => {
  for (const word of ['Named', '公開', ' YES ', '○', '掲載可'])
    expect(visibilityIn(word)).toBe('named');
  for (const word of ['withheld', '非公開', '匿名', '×', 'No'])
    expect(visibilityIn(word)).toBe('withheld');
  expect(visibilityIn(' perhaps ')).toBe('perhaps');
});

test('a category is found by its name in any language', () => {
  const categories = [{ id: 'n', names: { ja: '国内団体', en: 'National groups' } }];
  expect(categoryIn('national groups', categories)).toBe('n');
  expect(categoryIn('国内団体 ', categories)).toBe('n');
  expect(categoryIn('local', categories)).toBe('local');
});

test('evidence is a PDF, PNG or JPEG by its bytes', () => {
  const of = (text: string) => evidenceType(Buffer.from(text, 'latin1'));
  expect(of('%PDF-1.7')).toBe('application/pdf');
  expect(of('\u0089PNG\r\n\u001a\n…')).toBe('image/png');
  expect(of('\u00ff\u00d8\u00ff\u00e0')).toBe('image/jpeg');
  for (const other of ['', '<html>', 'PK\u0003\u0004', ' %PDF-1.7']) expect(of(other)).toBeNull();
});

test('where an import stands follows from its times', () => {
  const at = new Date();
  const none = { requestedAt: null, doneAt: null, takenBackAt: null };
  expect(importState(none)).toBe('draft');
  expect(importState({ ...none, requestedAt: at })).toBe('running');
  expect(importState({ ...none, requestedAt: at, doneAt: at })).toBe('done');
  expect(importState({ requestedAt: at, doneAt: at, takenBackAt: at })).toBe('takenBack');
});
