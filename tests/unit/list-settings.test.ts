import { describe, expect, it } from 'vitest';
import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import { errorsByField } from '@/lib/platform/forms/fields';
import { arranged, pinNumbers, pinsOf } from '@/lib/signatories/settings/rules';
import { settingsForm, settingsFormSchema } from '@/lib/signatories/settings/schema';

const USUAL = listSettings({});
const settings = (over: Partial<ListSettings>): ListSettings => ({ ...USUAL, ...over });

describe('the settings form', () => {
  it('parses the settings that it was rendered with', () => {
    for (const each of [
      USUAL,
      settings({
        legalFormCounts: false,
        headings: { coordinating: { ja: 'あ', en: 'B {count}' }, all: { en: 'C' } },
      }),
    ]) {
      expect(settingsFormSchema.parse(settingsForm(each))).toEqual(each);
    }
  });

  it('reports every error by field', () => {
    const parsed = settingsFormSchema.safeParse({
      ...settingsForm(USUAL),
      headingAllJa: '{n}団体',
      headingAllEn: 'x'.repeat(201),
      pageSize: '9',
    });
    expect(errorsByField(parsed.error!)).toEqual({
      headingAllJa: ['placeholder'],
      headingAllEn: ['tooLong'],
      pageSize: ['pageSize'],
    });
  });
});

describe('pins', () => {
  it('have stored numbers that keep their order', () => {
    const pins = arranged({ first: ['a'], last: ['c', 'd'] }, 'b', 'first');
    expect(pins).toEqual({ first: ['a', 'b'], last: ['c', 'd'] });
    expect(Object.fromEntries(pinNumbers(pins))).toEqual({ a: -2, b: -1, c: 1, d: 2 });
    expect(arranged(pins, 'c', 'down')).toEqual({ first: ['a', 'b'], last: ['d', 'c'] });
    expect(pinsOf([...pinNumbers(pins)].map(([id, pin]) => ({ id, pin })))).toEqual(pins);
  });
});
