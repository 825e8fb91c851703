import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey, nextState, stepsFrom, type State, type Step } from '@/lib/endorsement/rules';
import { fieldErrors, signUpSchema } from '@/lib/endorsement/schema';
import { letterStatus, signing, textFor } from '@/lib/letter/rules';
import { linkState } from '@/lib/endorsement/verification/rules';

const STATES: State[] = ['submitted', 'verified', 'approved', 'declined', 'withdrawn'];
const STEPS: Step[] = ['confirm', 'approve', 'decline', 'withdraw', 'retract', 'take_back'];

describe('the states of an endorsement', () => {
  it('transitions follow the table, and all others are invalid', () => {
    const table = Object.fromEntries(
      STATES.map((state) => [
        state,
        Object.fromEntries(
          STEPS.map((step) => [step, nextState(state, step)]).filter(([, to]) => to),
        ),
      ]),
    );
    expect(table).toEqual({
      submitted: { confirm: 'verified' },
      verified: { approve: 'approved', decline: 'declined', retract: 'withdrawn' },
      approved: { withdraw: 'withdrawn', retract: 'withdrawn', take_back: 'verified' },
      declined: { take_back: 'verified' },
      withdrawn: { take_back: 'approved' },
    });
  });
  it('coordinators have no transition to or from unconfirmed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STEPS)), (steps) => {
        let state: State = 'submitted';
        for (const step of steps) state = nextState(state, step) ?? state;
        expect(state === 'submitted').toBe(!steps.includes('confirm'));
      }),
    );
    expect(stepsFrom({ state: 'submitted', withdrawnBy: null })).toEqual([]);
    expect(stepsFrom({ state: 'withdrawn', withdrawnBy: 'coordinator' })).toEqual(['take_back']);
    expect(stepsFrom({ state: 'withdrawn', withdrawnBy: 'representative' })).toEqual([]);
  });
});

describe('the key that distinguishes organizations with one mail address', () => {
  it('is the folded name, ignoring legal form, width, case, kana type and spaces', () => {
    const key = (names: Record<string, string>) => nameKey({ names });
    const same: Record<string, string>[] = [
      { ja: '特定非営利活動法人 ピースの会' },
      { ja: 'NPO法人ﾋﾟｰｽの会', en: 'Peace Group' },
      { en: 'Another Name', ja: 'ぴーすの会' },
    ];
    expect(new Set(same.map(key)).size).toBe(1);
    expect(key({ en: 'Peace Group' })).toBe(key({ en: 'PEACE  GROUP' }));
    expect(key({ en: 'Peace Group' })).not.toBe(key({ en: 'Peace Groups' }));
    expect(key({ fr: 'Groupe' })).toBe(key({ en: 'Groupe' }));
  });
  it('is never empty, even for names that fold to nothing', () => {
    for (const name of ['株式会社', '1', '☮'])
      expect(nameKey({ names: { ja: name } })).not.toBe('');
  });
});

const valid = {
  nameEn: 'Tokyo Peace Group',
  website: 'peace.example.org',
  country: 'JP',
  representativeName: 'Hanako Heiwa',
  representativeRole: 'Secretary',
  representativeEmail: 'hanako@example.org',
  visibility: 'named',
  mayEndorse: 'on',
  privacyConsent: true,
  language: 'en',
};
const errorsOf = (input: unknown) => {
  const result = signUpSchema.safeParse(input);
  return result.success ? {} : fieldErrors(result.error);
};

describe('a sign-up', () => {
  it('a sign-up is normalised, and missing names have no member', () => {
    const { nameEn, ...others } = valid;
    expect(
      signUpSchema.parse({ ...others, nameEn: ' Tokyo　Peace  Group ', reading: 'よみ' }),
    ).toEqual({
      ...others,
      names: { en: nameEn },
      reading: null,
      website: 'https://peace.example.org/',
      mayEndorse: true,
    });
  });
  it.each([
    [{ nameEn: '' }, { nameJa: ['oneNameRequired'] }],
    [{ nameJa: '平和の会' }, { reading: ['readingRequired'] }],
    [{ nameJa: '平和の会', reading: '平和のかい' }, { reading: ['readingNotKana'] }],
    [{ nameJa: 'ピース' }, {}],
    [{ nameEn: '平和の会' }, { nameEn: ['japaneseInEnglishName'] }],
    [{ nameJa: '=1' }, { nameJa: ['invalidStart'] }],
    [{ website: 'nowhere' }, { website: ['invalidWebsite'] }],
    [{ website: `example.org/${'x'.repeat(500)}` }, { website: ['tooLong'] }],
    [{ country: 'XX' }, { country: ['invalidCountry'] }],
    [{ representativeEmail: 'hanako' }, { representativeEmail: ['invalidEmail'] }],
    [
      { representativeEmail: `${'x'.repeat(260)}@example.org` },
      { representativeEmail: ['tooLong'] },
    ],
    [{ representativeName: '@x' }, { representativeName: ['invalidStart'] }],
    [{ visibility: 'secret' }, { visibility: ['invalidChoice'] }],
    [{ mayEndorse: false }, { mayEndorse: ['required'] }],
    [{ privacyConsent: 'no' }, { privacyConsent: ['required'] }],
  ])('a sign-up with %j has the errors %j', (over, errors) => {
    expect(errorsOf({ ...valid, ...over })).toEqual(errors);
  });
  it('a sign-up reports all errors at once, including those of names', () => {
    expect(Object.keys(errorsOf({ nameJa: '平和の会' })).sort()).toEqual(
      [
        'country',
        'language',
        'mayEndorse',
        'privacyConsent',
        'reading',
        'representativeEmail',
        'representativeName',
        'representativeRole',
        'visibility',
        'website',
      ].sort(),
    );
  });
  it('any malformed sign-up results in error codes, never in an exception', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        for (const codes of Object.values(errorsOf(input)))
          for (const code of codes ?? []) expect(code).toMatch(/^[a-zA-Z]+$/);
      }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...Object.keys(valid), 'nameJa', 'reading'),
          fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
        ),
        (over) => {
          for (const codes of Object.values(errorsOf({ ...valid, ...over })))
            for (const code of codes ?? []) expect(code).toMatch(/^[a-zA-Z]+$/);
        },
      ),
    );
  });
});

describe('a letter', () => {
  const at = new Date('2025-05-01T00:00:00Z');
  const before = new Date('2025-04-01T00:00:00Z');
  const after = new Date('2025-06-01T00:00:00Z');
  it('a letter opens and closes at its times', () => {
    expect(letterStatus({ opensAt: null, closesAt: null, archivedAt: null }, at)).toBe('draft');
    expect(letterStatus({ opensAt: after, closesAt: null, archivedAt: null }, at)).toBe('draft');
    expect(letterStatus({ opensAt: before, closesAt: null, archivedAt: null }, at)).toBe('open');
    expect(letterStatus({ opensAt: before, closesAt: after, archivedAt: null }, at)).toBe('open');
    expect(letterStatus({ opensAt: before, closesAt: at, archivedAt: null }, at)).toBe('closed');
    expect(letterStatus({ opensAt: before, closesAt: null, archivedAt: before }, at)).toBe(
      'archived',
    );
    expect(letterStatus({ opensAt: after, closesAt: null, archivedAt: before }, at)).toBe('draft');
  });
  it('a letter accepts late signatories only if enabled', () => {
    const letter = {
      opensAt: before,
      closesAt: at,
      archivedAt: null,
      afterClosing: 'refused' as const,
      pausedAt: null,
    };
    expect(signing(letter, before)).toBe('open');
    expect(signing(letter, at)).toBe('over');
    expect(signing({ ...letter, afterClosing: 'added' }, at)).toBe('late');
    expect(signing({ ...letter, afterClosing: 'added', archivedAt: at }, at)).toBe('over');
    expect(signing({ ...letter, opensAt: null }, at)).toBe('not-yet');
    expect(signing({ ...letter, pausedAt: before }, before)).toBe('paused');
    expect(signing({ ...letter, pausedAt: before, afterClosing: 'added' }, at)).toBe('paused');
    expect(signing({ ...letter, pausedAt: before }, at)).toBe('over');
  });
  it('a letter is shown in the reader’s language, else in the authoritative one', () => {
    const en = { language: 'en' as const };
    const ja = { language: 'ja' as const };
    expect(textFor([en, ja], 'ja', 'en')).toBe(ja);
    expect(textFor([en], 'ja', 'en')).toBe(en);
  });
});

describe('a confirmation link', () => {
  const at = new Date('2025-05-01T00:00:00Z');
  const link = { expiresAt: new Date('2025-05-02T00:00:00Z') };
  it('a confirmation link can be used until it expires, unless its address has confirmed the same name', () => {
    expect(linkState(link, { state: 'submitted' }, false, at)).toBe('ready');
    expect(linkState(link, { state: 'submitted' }, true, at)).toBe('confirmed');
    expect(linkState({ ...link, expiresAt: at }, { state: 'submitted' }, false, at)).toBe(
      'expired',
    );
    for (const state of ['verified', 'approved', 'declined', 'withdrawn'])
      expect(linkState(link, { state }, true, at)).toBe('confirmed');
  });
});
