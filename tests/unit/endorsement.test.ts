import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey, nextState, stepsFrom, type State, type Step } from '@/lib/endorsement/rules';
import {
  fieldErrors,
  INTERNATIONAL,
  signUpSchema,
  type Asked,
  tidied,
  typedFromNames,
  typedSignUp,
} from '@/lib/endorsement/schema';
import { listSettings } from '@/lib/letter/list-settings';
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
const errorsOf = (input: unknown, asked: Asked = listSettings({})) => {
  const result = signUpSchema(asked).safeParse(input);
  return result.success ? {} : fieldErrors(result.error);
};

describe('a sign-up', () => {
  it('a sign-up without a name, whose country has a space too many, is told what is wrong', () => {
    // Found by `npm run fuzz`: Zod threw, which was answered with 500.
    const result = signUpSchema(listSettings({})).safeParse({
      ...valid,
      name: '',
      nameEn: '',
      nameJa: '',
      country: ' JP',
    });
    expect(fieldErrors(result.error!)).toMatchObject({ name: expect.anything() });
  });

  it('a sign-up is normalised, and missing names have no member', () => {
    const { nameEn, ...others } = valid;
    expect(
      signUpSchema(listSettings({})).parse({
        ...others,
        nameEn: ' Tokyo　Peace  Group ',
        reading: 'よみ',
      }),
    ).toEqual({
      ...others,
      names: { en: nameEn },
      reading: null,
      website: 'https://peace.example.org/',
      mayEndorse: true,
      category: null,
      authorisedHow: null,
      authorisedBy: null,
      authorisedOn: null,
    });
  });
  it.each([
    [{ nameEn: '' }, { name: ['oneNameRequired'] }],
    [{ nameJa: '平和の会' }, { reading: ['readingRequired'] }],
    [{ nameJa: '平和の会', reading: '平和のかい' }, { reading: ['readingNotKana'] }],
    [{ nameJa: 'ピース' }, {}],
    [{ nameEn: '平和の会' }, { nameEn: ['notLatin'] }],
    [{ nameEn: '참여연대' }, { nameEn: ['notLatin'] }],
    [{ name: '참여연대' }, {}],
    [{ name: '平和の会' }, { reading: ['readingRequired'] }],
    [{ name: '平和の会', reading: 'へいわのかい', nameJa: '別の会' }, { nameJa: ['sameLanguage'] }],
    [{ name: 'Tokyo Peace' }, { nameEn: ['sameLanguage'] }],
    [{ name: 'Tokyo Peace Group' }, {}],
    [{ name: '+Hope', nameEn: '' }, {}],
    [{ name: '@Home Network', nameEn: '' }, {}],
    [{ website: 'nowhere' }, { website: ['invalidWebsite'] }],
    [{ website: `example.org/${'x'.repeat(500)}` }, { website: ['tooLong'] }],
    [{ website: 'なし' }, {}],
    [{ country: 'ZZ' }, { country: ['invalidCountry'] }],
    [{ country: 'XK' }, {}],
    [{ country: INTERNATIONAL }, {}],
    [{ representativeEmail: 'hanako' }, { representativeEmail: ['invalidEmail'] }],
    [
      { representativeEmail: `${'x'.repeat(260)}@example.org` },
      { representativeEmail: ['tooLong'] },
    ],
    [{ visibility: 'secret' }, { visibility: ['invalidChoice'] }],
    [{ mayEndorse: false }, { mayEndorse: ['required'] }],
    [{ privacyConsent: 'no' }, { privacyConsent: ['required'] }],
  ])('a sign-up with %j has the errors %j', (over, errors) => {
    expect(errorsOf({ ...valid, ...over })).toEqual(errors);
  });
  it.each([
    [
      { name: '中国人权', country: 'CN', nameEn: 'Human Rights in China' },
      { 'zh-Hans': '中国人权', en: 'Human Rights in China' },
    ],
    [{ name: '人權協會', country: 'TW', nameEn: '' }, { 'zh-Hant': '人權協會' }],
    [{ name: '人权', country: 'US', nameEn: '' }, { zh: '人权' }],
    [{ name: '平和会', country: 'US', reading: 'へいわかい', nameEn: '' }, { ja: '平和会' }],
    [
      { name: '참여연대', nameEn: 'PSPD' },
      { ko: '참여연대', en: 'PSPD' },
    ],
    [{ name: 'Médecins du Monde', nameEn: '' }, { en: 'Médecins du Monde' }],
    [{ name: 'שלום עכשיו', nameEn: '' }, { he: 'שלום עכשיו' }],
    [{ name: 'Мемориал', nameEn: '' }, { 'und-Cyrl': 'Мемориал' }],
    [
      { name: 'ピース', nameEn: 'Peace' },
      { ja: 'ピース', en: 'Peace' },
    ],
    [{ name: '9', nameEn: '' }, { en: '9' }],
  ])('a sign-up with %j has the names %j', (over, names) => {
    const read = (typed: object) => signUpSchema(listSettings({})).parse({ ...valid, ...typed });
    const signUp = read(over);
    expect(signUp.names).toEqual(names);
    // To be corrected, they are put back into the fields.
    const fields = typedFromNames(signUp, signUp.country);
    expect(read({ ...over, ...fields })).toEqual(signUp);
  });
  it('what pasting brought along is taken out, and the fields are named in which that can be seen', () => {
    const empty = typedSignUp(new FormData());
    const typed = {
      ...empty,
      name: ' Peace\u200b  Group ',
      nameEn: ' Peace Group ',
      nameJa: 'か\u3099っこう',
      website: '<https://example.org>',
      representativeEmail: 'mailto:a@example.org',
      representativeName: '\u202aHanako\u202c',
    };
    const once = tidied(typed);
    expect(once).toEqual({
      typed: {
        ...empty,
        name: 'Peace Group',
        nameEn: 'Peace Group',
        nameJa: 'がっこう',
        website: 'https://example.org',
        representativeEmail: 'a@example.org',
        representativeName: 'Hanako',
      },
      changed: ['name', 'website', 'representativeName', 'representativeEmail'],
    });
    expect(tidied(once.typed).changed).toEqual([]);
  });
  it('a form that was tidied once stays as it is, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('name', 'nameJa', 'nameEn', 'website', 'representativeEmail'),
          fc.string({ unit: 'binary' }),
        ),
        (over) => {
          const once = tidied({ ...typedSignUp(new FormData()), ...over });
          expect(tidied(once.typed)).toEqual({ typed: once.typed, changed: [] });
        },
      ),
    );
  });
  it('a reading is asked for where the list is in Japanese order, and a website as the letter says', () => {
    const typed = { ...valid, name: '平和の会', nameEn: '', website: '' };
    const asked = {
      by: 'japanese',
      website: 'asked',
      authorisation: 'not-asked',
      categories: [] as Asked['categories'],
    } as const;
    expect(errorsOf(typed, asked)).toEqual({ reading: ['readingRequired'] });
    expect(errorsOf(typed, { ...asked, by: 'english' })).toEqual({});
    expect(errorsOf(typed, { ...asked, by: 'date', website: 'required' })).toEqual({
      website: ['required'],
    });
    const given = signUpSchema({ ...asked, by: 'date', website: 'not-asked' }).parse(valid);
    expect(given.website).toBeNull();
  });
  it('a sign-up says who authorised it in the organization as the letter asks for it', () => {
    const asks = (authorisation: 'required' | 'asked' | 'not-asked') =>
      listSettings({ authorisation });
    const said = {
      authorisedHow: 'board',
      authorisedBy: ' The  board',
      authorisedOn: '2025-04-23',
    };
    const kept = { ...said, authorisedBy: 'The board' };
    const read = (given: object, choice: 'required' | 'asked' | 'not-asked') =>
      signUpSchema(asks(choice)).parse({ ...valid, ...given });
    expect(read(said, 'required')).toMatchObject(kept);
    expect(read(said, 'asked')).toMatchObject(kept);
    const nothing = { authorisedHow: null, authorisedBy: null, authorisedOn: null };
    expect(read({}, 'asked')).toMatchObject(nothing);
    expect(read(said, 'not-asked')).toMatchObject(nothing);
    const wrong = {
      authorisedHow: 'x',
      authorisedBy: 'x'.repeat(10_000),
      authorisedOn: '23 April',
    };
    expect(read(wrong, 'not-asked')).toMatchObject(nothing);
    expect(errorsOf({ ...valid }, asks('required'))).toEqual({
      authorisedHow: ['required'],
      authorisedBy: ['required'],
      authorisedOn: ['required'],
    });
    for (const [over, errors] of [
      [{ authorisedOn: '' }, { authorisedOn: ['required'] }],
      [{ authorisedHow: 'statute', authorisedOn: '' }, {}],
      [{ authorisedHow: 'vote' }, { authorisedHow: ['invalidChoice'] }],
      [{ authorisedBy: 'x'.repeat(201) }, { authorisedBy: ['tooLong'] }],
      [{ authorisedBy: 'see https://evil.example' }, { authorisedBy: ['containsAddress'] }],
      [{ authorisedOn: '2025-02-30' }, { authorisedOn: ['invalidDate'] }],
      [{ authorisedOn: '2999-01-01' }, { authorisedOn: ['invalidDate'] }],
    ] as const)
      expect(errorsOf({ ...valid, ...said, ...over }, asks('required'))).toEqual(errors);
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
          fc.constantFrom(...Object.keys(valid), 'name', 'nameJa', 'reading'),
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
    const unconfirmed = { state: 'submitted', proof: 'email' } as const;
    expect(linkState(link, unconfirmed, false, at)).toBe('ready');
    expect(linkState(link, unconfirmed, true, at)).toBe('confirmed');
    expect(linkState({ ...link, expiresAt: at }, unconfirmed, false, at)).toBe('expired');
    for (const state of ['verified', 'approved', 'declined', 'withdrawn'])
      expect(linkState(link, { state, proof: 'email' }, true, at)).toBe('confirmed');
  });
  it('leads to the question, until it expires, if a coordinator has vouched for the sign-up', () => {
    const vouched = { state: 'verified', proof: 'attested' } as const;
    expect(linkState(link, vouched, true, at)).toBe('vouched');
    expect(linkState({ ...link, expiresAt: at }, vouched, true, at)).toBe('expired');
  });
});
