import { namedFilterSchema } from '@/lib/endorsement/review/filters/named/schema';
import type { Root } from 'hast';
import { describe, expect, it } from 'vitest';
import { withoutLinks } from '@/emails/defuse-links';
import { otherFacesIn, signsWithoutType } from '@/lib/delivery/pdf/printable';
import { printedName, printedText, printedTitle } from '@/lib/delivery/pdf/tree';
import { withOtherWords } from '@/lib/delivery/pdf/words';
import { deliverSchema } from '@/lib/delivery/schema';
import { declineTextsSchema, ownReasonSchema } from '@/lib/endorsement/review/reasons/schema';
import { inviteeMessageSchema } from '@/lib/endorsement/invitees/schema';
import { mailingSchema, sendSchema } from '@/lib/mailing/schema';
import { invitationSchema } from '@/lib/letter/people/schema';
import { draftLinkSchema, newLetterSchema } from '@/lib/letter/schema';
import { contentSchema } from '@/lib/letter/text/schema';
import { fieldErrors, signUpSchema, typedSignUp } from '@/lib/endorsement/schema';
import { carryOutSchema, importRows } from '@/lib/endorsement/imports/schema';
import { columnNamed, TABLE_COLUMNS } from '@/lib/endorsement/table/columns';
import { categoryIn, countryIn, languageIn, visibilityIn } from '@/lib/endorsement/table/values';
import { listSettings } from '@/lib/letter/list-settings';
import { carried } from '@/lib/platform/forms/fields';
import { readSolution } from '@/lib/endorsement/pressure/challenge';
import { holdSchema } from '@/lib/endorsement/review/holding/schema';
import { collapse, difference } from '@/lib/letter/text/difference';
import { fieldChanges, linesOf } from '@/lib/letter/text/rendered-difference';
import { callsIn, EMPTY_TEXT } from '@/lib/letter/text/rules';
import { markSuggestions } from '@/components/letter/text/paste/google';
import { PLAIN } from '@/lib/letter/text/paste/inline';
import { settleRaised } from '@/lib/letter/text/paste/raised';
import { stylesOf } from '@/lib/letter/text/paste/styles';
import { asksTooMuch } from '@/lib/letter/text/markdown-limits';
import { letterTree, plainText } from '@/lib/letter/text/markdown';
import { inOneLine, isSlug, loneTitle } from '@/lib/letter/rules';
import { proposeSlug, slugProblem } from '@/lib/letter/slug';
import { preservedInput } from '@/lib/platform/forms/preserved-input';
import { isDay } from '@/lib/platform/dates';
import {
  isBlank,
  normaliseLines,
  normaliseOneLine,
  normaliseText,
} from '@/lib/platform/text/normalise';
import { pinSchema, settingsFormSchema } from '@/lib/signatories/settings/schema';
import { fold, foldName } from '@/lib/organization/folding';
import { withoutLegalForm } from '@/lib/organization/legal-form';
import {
  readingWithLegalForm,
  readingWithoutLegalForm,
} from '@/lib/organization/legal-form-reading';
import { sortKey } from '@/lib/organization/order';
import { isReading, nameProblem, tidyName, registrableDomain } from '@/lib/organization/rules';
import { tidyWebsite, websiteUrl } from '@/lib/organization/website';
import { storedAddress } from '@/lib/platform/mail/address';
import { MailError } from '@/lib/platform/mail/message';
import { rawMax, rawProblem } from '@/lib/platform/text/raw-text';
import { basicsSchema } from '@/lib/letter/schema';
import { firstLines } from '@/lib/letter/text/first-lines';
import { mendedLink } from '@/lib/platform/links';
import { isToken, tokenIn } from '@/lib/platform/tokens';
import { textOfFile } from '@/lib/platform/table-file/encoding';
import { separatedRows } from '@/lib/platform/table-file/separated';
import { TableError } from '@/lib/platform/table-file/table';
import { phrases } from '@/lib/platform/text/phrases';
import { wholeNumbers } from '@/lib/platform/text/whole-numbers';
import { writtenIn } from '@/lib/platform/text/written-language';
import { updateSchema } from '@/lib/update/schema';
import { changeSchema, withdrawalSchema } from '@/lib/endorsement/entry/schema';
import {
  changeDecisionSchema,
  correctionSchema,
  decisionSchema,
  dismissalSchema,
  entryNoteSchema,
  queueSchema,
  vouchSchema,
} from '@/lib/endorsement/review/schema';
import { publicationSchema } from '@/lib/revision/schema';
import { isTimeZone } from '@/lib/letter/times/rules';
import { typedTimes } from '@/lib/letter/times/schema';

/** The CPU time of `work` in milliseconds, so that other processes on the machine do not matter. */
function effort(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** Shorter times are noise of the clock and the garbage collector. */
const NOISE = 2;
/** Maximum growth of the time for four times the text: linear is 4, quadratic 16. */
const MOST_GROWTH = 10;
/** How often a measurement that is too long is repeated; the best one counts. */
const TRIES = 10;

/**
 * Asserts that the time of `work` grows linearly with the length of its text, from a quarter and
 * half of `longest` on.
 */
function expectLinear(
  what: string,
  work: (text: string) => unknown,
  make: (length: number) => string,
  longest: number,
): void {
  const texts = [longest / 4, longest / 2, longest].map((length) => make(Math.floor(length)));
  let best = Infinity;
  for (let attempt = 0; attempt < TRIES && best > MOST_GROWTH; attempt += 1) {
    const [quarter, half, whole] = texts.map((text) => effort(() => work(text))) as [
      number,
      number,
      number,
    ];
    best = Math.min(
      best,
      Math.max(whole / Math.max(quarter, NOISE), (2 * whole) / Math.max(half, 2 * NOISE)),
    );
  }
  expect(best, what).toBeLessThan(MOST_GROWTH);
}

/** The minimum of several measurements. */
const least = (work: () => unknown, tries = TRIES) =>
  Math.min(...Array.from({ length: tries }, () => effort(work)));

const repeated = (piece: string) => (length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const between = (piece: string) => (length: number) => `a${repeated(piece)(length)}a`;
const OUT_OF_ORDER = (length: number) =>
  `a${'\u0301'.repeat(length / 2)}${'\u0323'.repeat(length / 2)}`;

/** Worst-case texts for careless patterns and parsers, by length. */
const WORST: Record<string, (length: number) => string> = {
  'the same letter': repeated('a'),
  'at signs': repeated('@'),
  'letters and at signs': repeated('a@'),
  'halves of mail addresses': repeated('a@a.'),
  dots: repeated('.'),
  spaces: between(' '),
  'ideographic spaces': between('\u3000'),
  'spaces before a legal form': (length) => `a${repeated(' ')(length)}a(特活)`,
  'spaces before a form of address': (length) => `${repeated('\u3000')(length)}様a`,
  'spaces before a colon': (length) => `${repeated(' ')(length)}:a`,
  tabs: between('\t'),
  'line breaks': between('\n'),
  'line breaks of two characters': between('\r\n'),
  'lines of spaces': between(' \n'),
  'an article before spaces': (length) => `the${repeated(' ')(length)}`,
  'characters that grow eighteenfold': repeated('ﷺ'),
  'as many marks as are let through': repeated(`a${'\u0301'.repeat(15)}${'\u0323'.repeat(15)}`),
  'half-width voicing marks': repeated(`ｶ${'ﾞ\u0301'.repeat(15)}`),
  'zero-width spaces': repeated('\u200b'),
  'zero-width joiners': repeated('\u200d'),
  families: repeated('👩‍👧'),
  'lone surrogates': repeated('\ud800'),
  'surrogates in the wrong order': repeated('\udc00\ud800'),
  digits: repeated('1'),
  ideographs: repeated('憂鬱'),
  'kana and long vowels': repeated('カー'),
  'iteration marks': repeated('ゝ'),
  separators: between('、'),
  'opening brackets': repeated('['),
  'closing brackets': repeated(']'),
  'round brackets': repeated('('),
  'halves of links': repeated('[a]('),
  'halves of images': repeated('!['),
  emphasis: repeated('*a'),
  asterisks: repeated('*'),
  underscores: repeated('_a_'),
  'quotations in quotations': repeated('> '),
  'lists in lists': repeated('- '),
  'list items': repeated('- a\n'),
  paragraphs: repeated('a\n\n'),
  underlines: repeated('=\n'),
  pipes: repeated('|'),
  tables: repeated('|a|\n|-|\n|b|\n\n'),
  'rows of a table': (length) => `|a|b|\n|-|-|\n${repeated('|a|_b|\n')(length)}`,
  notes: repeated('[^a]: b\n\n'),
  'lines of a note': (length) => `[^a]: b\n${repeated('c\n')(length)}`,
  'references to a note': (length) => `[^a]: b\n\n${repeated('[^a]\n\n')(length)}`,
  backticks: repeated('`a'),
  backslashes: repeated('\\'),
  tags: repeated('<a'),
  entities: repeated('&amp'),
  'web addresses': repeated('https://a.'),
  'web addresses with brackets': repeated('https://a.b/('),
  'a web address going on in Japanese': (length) => `https://a.b${repeated('あ')(length)}`,
  slashes: repeated('/'),
  'percent signs': repeated('%4'),
  'legal forms': repeated('社団法人'),
  'halves of legal forms': repeated('(株'),
  'foreign legal forms': repeated('s. a. co. '),
  'characters that are a legal form': repeated('㈱'),
  'brackets of every kind': repeated('【〈（《'),
  'a certified legal form': repeated('認定 N.P.O. '),
  'readings of a legal form': repeated('えぬ・ぴー・おー・ほうじん'),
  'half a reading of a legal form': (length) => `${repeated('・')(length)}いっぱんしゃだんほうじ`,
  placeholders: repeated('{count}'),
};

const names = (text: string) => ({
  names: { ja: text, en: text },
  reading: text,
  signedAt: new Date(0),
});

/** A pasted page of one element. */
const pasteOf = (tagName: string, value: string): Root => ({
  type: 'root',
  children: [{ type: 'element', tagName, properties: {}, children: [{ type: 'text', value }] }],
});

/** Reads a list of organizations, which may be refused. */
function readList(text: string): void {
  try {
    separatedRows(textOfFile(Buffer.from(text)).text);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
  }
}

/** The parsers of untrusted text, after its length was limited. */
const READERS: Record<string, (text: string) => unknown> = {
  rawProblem: (text) => rawProblem(text, text.length),
  tidyName,
  nameProblem: (text) => nameProblem(text, text.length),
  isReading,
  tidyWebsite,
  websiteUrl,
  'a host': (text) => websiteUrl(`${text}.example.org`),
  'a path': (text) => websiteUrl(`https://example.org/${text}`),
  registrableDomain,
  'a mail address': storedAddress,
  'a host of a mail address': (text) => storedAddress(`a@${text}.org`),
  fold,
  foldName,
  withoutLegalForm,
  'a reading with a form before it': (text) => readingWithoutLegalForm(text, '一般社団法人あ'),
  'a reading with a form behind it': (text) => readingWithoutLegalForm(text, 'あ一般社団法人'),
  'a reading with an abbreviated form before it': (text) => readingWithLegalForm(text, '(特活)あ'),
  'a reading with an abbreviated form behind it': (text) => readingWithLegalForm(text, 'あ㈱'),
  'a place in Japanese order': (text) =>
    sortKey(names(text), { by: 'japanese', legalFormCounts: false, latin: 'after-kana' }),
  'a place in English order': (text) =>
    sortKey(names(text), { by: 'english', legalFormCounts: false, latin: 'after-kana' }),
  withoutLinks,
  normaliseText,
  normaliseLines,
  normaliseOneLine,
  isBlank,
  callsIn,
  inOneLine: (text) => inOneLine(text, 'ja'),
  loneTitle,
  isSlug,
  slugProblem,
  'an address proposed for a title': (text) => proposeSlug({ ja: text, en: text }, 2025),
  isToken,
  tokenIn,
  readSolution,
  'a solution': (text) => readSolution(Buffer.from(`{"challenge":${text}`).toString('base64')),
  'a link': (text) => mendedLink(`/en/confirm/${text}`),
  'a sign-in link': (text) => mendedLink(`/en/admin/sign-in/confirm?${text}`),
  isDay,
  firstLines: (text) => firstLines(text, 'en', 200),
  'an address to write to': (text) => basicsSchema.safeParse({ contactEmail: text }),
  isTimeZone,
  asksTooMuch,
  'the language of a name': (text) => writtenIn(text, 'en'),
  phrases,
  wholeNumbers,
  'raised text that is pasted': (text) =>
    settleRaised(
      [
        { ...PLAIN, text },
        { ...PLAIN, raised: 'super', text },
      ],
      () => {},
    ),
  'a style sheet that is pasted': (text) => stylesOf(pasteOf('style', `p{${text}}${text}`)),
  'a style that is pasted': (text) => {
    const tree = pasteOf('p', '');
    const [element] = tree.children;
    if (element?.type !== 'element') return;
    element.properties.style = text;
    stylesOf(tree)(element);
  },
  'suggestions in what is pasted': (text) =>
    markSuggestions(
      pasteOf('p', text),
      JSON.stringify({
        data: JSON.stringify({
          resolved: { dsl_spacers: text, dsl_suggesteddeletions: { sgsl_sugg: [['a']] } },
        }),
      }),
    ),
  printedText,
  printedTitle,
  printedName,
  'English words in Japanese': (text) => withOtherWords([text], true),
  'Japanese words in English': (text) => withOtherWords([text], false),
  signsWithoutType,
  otherFacesIn,
  'a list of organizations': readList,
  'a heading of a list': columnNamed,
  'a country in a list': countryIn,
  'a language in a list': languageIn,
  'whether a name is published in a list': visibilityIn,
  'a category in a list': (text) => categoryIn(text, [{ id: 'n', names: { en: 'National' } }]),
  'a row of a list of signatories': (text) =>
    importRows(
      [{ number: 2, values: Object.fromEntries(TABLE_COLUMNS.map((column) => [column, text])) }],
      listSettings({}),
      { country: '', visibility: 'named', category: '', language: 'en' },
    ),
  "a mail server's reason": (text) => new MailError('retry', text),
};

describe('the parsers of untrusted text', () => {
  it.each(Object.entries(READERS))(
    '%s takes linear time, whatever the input',
    (name, read) => {
      for (const [what, make] of Object.entries(WORST))
        expectLinear(`${name}: ${what}`, read, make, 16_000);
    },
    120_000,
  );

  it('the Markdown preview takes linear time, whatever the input', () => {
    for (const [what, make] of Object.entries(WORST)) {
      expectLinear(`letterTree: ${what}`, letterTree, make, 16_000);
      expectLinear(`plainText: ${what}`, plainText, make, 8_000);
    }
  }, 300_000);

  // Bounded in edits rather than linear: beyond them two texts count as wholly different.
  it.each([
    [
      'differences as readers see them',
      'Governments **must** act now, [since](https://example.org/) delay costs lives.\n\n- 各国政府は直ちに行動しなければなりません。\n\n',
      16_000,
      (before: string, after: string) =>
        fieldChanges({ ...EMPTY_TEXT, body: before }, { ...EMPTY_TEXT, body: after }, 'ja').map(
          (change) => linesOf(change, 12),
        ),
    ],
    [
      'differences of texts of maximum length',
      'Governments must act now, since delay costs lives. 各国政府は直ちに行動しなければなりません。\n',
      50_000,
      (before: string, after: string) => collapse(difference(before, after, 'ja'), 12),
    ],
  ])(
    '%s take at most a constant multiple of those of a letter, whatever the input',
    (_what, letter, longest, compare) => {
      const swapped = (text: string) => () =>
        compare(text, `${text.slice(text.length / 2)}b${text.slice(0, text.length / 2)}`);
      const usual = least(swapped(repeated(letter)(longest)));
      for (const [what, make] of Object.entries(WORST)) {
        let ratio = Infinity;
        for (let attempt = 0; attempt < 3 && ratio > 30; attempt += 1)
          ratio = Math.min(ratio, effort(swapped(make(longest))) / usual);
        expect(ratio, what).toBeLessThan(30);
      }
    },
    300_000,
  );
});

const SIGN_UP = {
  nameJa: '反核市民の会',
  reading: 'はんかくしみんのかい',
  nameEn: 'Citizens against Nuclear Weapons',
  website: 'https://example.org/',
  country: 'JP',
  representativeName: '山田花子',
  representativeRole: '代表',
  representativeEmail: 'hanako@example.org',
  visibility: 'named',
  mayEndorse: 'on',
  privacyConsent: 'on',
  language: 'ja',
};
const SEEN = { id: '0198c5a2-0000-7000-8000-000000000000', version: '1' };
const TIMES = {
  timeZone: 'Asia/Tokyo',
  opensAt: null,
  rounds: [],
  internalDeadlineAt: null,
  closesAt: null,
  closesLabel: {},
  afterClosing: 'refused' as const,
};

/** Each form: a valid input, its parser, and its free text fields. */
const FORMS: {
  form: string;
  valid: Record<string, unknown>;
  read: (form: Record<string, unknown>) => Record<string, unknown> | null;
  fields: string[];
}[] = (
  [
    [
      'a sign-up',
      SIGN_UP,
      signUpSchema(listSettings({ authorisation: 'asked' })),
      [
        'nameJa',
        'reading',
        'nameEn',
        'website',
        'country',
        'representativeName',
        'representativeRole',
        'representativeEmail',
        'authorisedHow',
        'authorisedBy',
        'authorisedOn',
      ],
    ],
    ['a reason for withdrawing', {}, withdrawalSchema, ['reason']],
    [
      'a change of an entry',
      { ...SEEN, ...SIGN_UP },
      changeSchema(listSettings({})),
      ['name', 'nameJa', 'reading', 'nameEn', 'website'],
    ],
    ['a decision on a change', { ...SEEN, decision: 'accept' }, changeDecisionSchema, ['note']],
    ['a correction', { ...SEEN, ...SIGN_UP }, correctionSchema, ['nameJa', 'reading', 'nameEn']],
    [
      'a decision',
      { ...SEEN, step: 'decline', reason: 'other', note: 'Please write to us.' },
      decisionSchema,
      ['note'],
    ],
    [
      'a letter’s text',
      {
        title: 'A title',
        subject: 'A subject',
        dateLine: '1 May 2025',
        addressee: 'The Prime Minister',
        salutation: 'Dear Sir',
        body: 'Text.\n\n'.repeat(50),
        callsIntro: 'We call',
        calls: 'Act',
        closing: 'So be it',
        valediction: 'Yours',
      },
      contentSchema,
      [
        'title',
        'subject',
        'dateLine',
        'addressee',
        'salutation',
        'body',
        'callsIntro',
        'calls',
        'closing',
        'valediction',
      ],
    ],
    [
      'a new letter',
      {
        titleJa: '要請書',
        titleEn: 'A letter',
        authoritativeLanguage: 'ja',
        date: '2025-05-01',
        timeZone: 'Asia/Tokyo',
        address: '',
      },
      newLetterSchema,
      ['titleJa', 'titleEn', 'date', 'timeZone'],
    ],
    [
      'an invitation',
      { email: 'colleague@example.org', role: 'reviewer', language: 'ja' },
      invitationSchema,
      ['email', 'role', 'language'],
    ],
    [
      'a message to invitees',
      { messageJa: '', messageEn: 'Please sign.' },
      inviteeMessageSchema,
      ['messageEn'],
    ],
    [
      'a mailing',
      {
        titleJa: '',
        bodyJa: '',
        titleEn: 'News',
        bodyEn: 'We were heard.',
        'state-approved': 'on',
        'country-JP': 'on',
      },
      mailingSchema,
      ['titleEn', 'bodyEn'],
    ],
    [
      'the sending of a mailing',
      { id: '6b1f5b1e-5f5c-4a53-8d8e-0c7f7f6f3a10', version: '1', seenCount: '2', count: '2' },
      sendSchema,
      ['count'],
    ],
    [
      'words for declining',
      { otherJa: '', otherEn: 'Please write to us.' },
      declineTextsSchema,
      ['otherEn'],
    ],
    [
      'an own reason for declining',
      { reasonLabel: 'Party', wordsJa: '', wordsEn: 'Parties cannot sign.' },
      ownReasonSchema,
      ['reasonLabel', 'wordsEn'],
    ],
    [
      'a saved filter',
      { filterName: 'From Korea', country: 'KR' },
      namedFilterSchema,
      ['filterName'],
    ],
    [
      'a note for colleagues',
      { ...SEEN, entryNote: 'Called them: they did sign.' },
      entryNoteSchema,
      ['entryNote'],
    ],
    [
      'the evidence for a sign-up',
      { ...SEEN, text: '1', evidence: 'Its director confirmed by telephone.' },
      vouchSchema,
      ['evidence'],
    ],
    [
      'why entries are held',
      { entries: `${SEEN.id}:1`, reason: 'A flood.' },
      holdSchema,
      ['reason'],
    ],
    ['why an entry stands', { ...SEEN, why: 'A former secretary.' }, dismissalSchema, ['why']],
    [
      'the evidence of an import',
      {
        import: '00000000-0000-4000-8000-000000000000',
        kind: 'paper',
        note: 'Sheets of 3 June.',
        approves: 'approve',
      },
      carryOutSchema,
      ['note'],
    ],
    ['a draft link', { label: 'The board', days: '7' }, draftLinkSchema, ['label', 'days']],
    [
      'a delivery',
      {
        tally: 'final',
        labelJa: '',
        labelEn: 'Final',
        addresseeJa: '',
        addresseeEn: 'The Prime Minister',
        confirmation: 'The Prime Minister',
        seenVersion: '1',
      },
      deliverSchema,
      ['labelJa', 'labelEn', 'addresseeJa', 'addresseeEn', 'confirmation'],
    ],
    [
      'an update',
      {
        kind: 'reply',
        date: '2025-05-01',
        titleJa: '',
        bodyJa: '',
        titleEn: 'A reply',
        bodyEn: 'Thank you.',
      },
      updateSchema,
      ['titleJa', 'bodyJa', 'titleEn', 'bodyEn', 'date'],
    ],
    [
      'a publication',
      {
        kind: 'substance',
        reasonJa: '',
        reasonEn: 'A fact changed',
        seen: JSON.stringify({
          revision: 1,
          versions: { en: 1 },
          date: '2025-05-01',
          authoritativeLanguage: 'en',
        }),
      },
      publicationSchema,
      ['reasonJa', 'reasonEn', 'seen'],
    ],
    [
      'a list’s settings',
      {
        by: 'japanese',
        latin: 'after-kana',
        headingCoordinatingJa: '',
        headingCoordinatingEn: '',
        headingAllJa: '',
        headingAllEn: '{count} names',
        leading: 'reader',
        website: 'asked',
        authorisation: 'asked',
        pageSize: '200',
      },
      settingsFormSchema,
      [
        'headingCoordinatingJa',
        'headingCoordinatingEn',
        'headingAllJa',
        'headingAllEn',
        'pageSize',
      ],
    ],
    [
      'a pin',
      { id: SEEN.id, place: 'first', first: '', last: '' },
      pinSchema,
      ['first', 'last', 'id'],
    ],
  ] as const
).map(([form, valid, schema, fields]) => ({
  form,
  valid,
  fields: [...fields],
  read: (typed) => {
    const parsed = schema.safeParse(typed);
    return parsed.success ? null : fieldErrors(parsed.error);
  },
}));
FORMS.push({
  form: 'a letter’s times',
  valid: {
    timeZone: 'Asia/Tokyo',
    opening: 'none',
    opensOn: '',
    opensTime: '',
    round20On: '2998-01-01',
    round20Time: '',
    round20LabelJa: '',
    round20LabelEn: '',
    internalOn: '',
    internalTime: '',
    closesOn: '2999-01-01',
    closesTime: '',
    closesLabelJa: '',
    closesLabelEn: 'End',
    afterClosing: 'refused',
  },
  fields: [
    'timeZone',
    'round20On',
    'round20LabelJa',
    'round20LabelEn',
    'internalOn',
    'closesOn',
    'closesLabelJa',
    'closesLabelEn',
  ],
  read: (typed) => {
    const times = typedTimes(typed, TIMES, new Date());
    return times.ok ? null : times.errors;
  },
});

describe.each(FORMS)('$form', ({ valid, read, fields }) => {
  it('a valid form is accepted', () => {
    expect(read(valid)).toBeNull();
  });

  it.each(fields)(
    '200 kB of unordered combining marks in %s are refused with an error code before any processing',
    (field) => {
      const hostile = { ...valid, [field]: OUT_OF_ORDER(100_000) };
      expect(read(hostile)).toHaveProperty(field);
      const usual = Math.max(
        least(() => read(valid)),
        NOISE,
      );
      expect(least(() => read(hostile), 3) / usual).toBeLessThan(20);
    },
    120_000,
  );

  it.each(fields)(
    'text in %s beyond the limit of any field is refused with an error code before any processing',
    (field) => {
      const usual = Math.max(
        least(() => read(valid)),
        NOISE,
      );
      for (const [what, make] of Object.entries(WORST)) {
        const hostile = { ...valid, [field]: make(1_000_000) };
        expect(read(hostile), what).toHaveProperty(field);
        expect(least(() => read(hostile), 3) / usual, what).toBeLessThan(20);
      }
    },
    120_000,
  );
});

describe('raw text', () => {
  it('may be decomposed and surrounded by white space', () => {
    expect(rawProblem('\u03b1\u0313\u0300\u0345'.repeat(200), 200)).toBeNull();
    expect(rawProblem(` ${'𠮷'.repeat(200)}\r\n`, 200)).toBeNull();
    expect(rawProblem('a'.repeat(rawMax(200) + 1), 200)).toBe('tooLong');
  });

  it('may have up to thirty combining marks per letter, even with ignored characters between them', () => {
    expect(rawProblem(`a${'\u0301'.repeat(30)}`, 200)).toBeNull();
    expect(rawProblem(`a${'\u0301'.repeat(31)}`, 200)).toBe('controlCharacter');
    expect(rawProblem(`a${'ﾞ\u0301'.repeat(16)}`, 200)).toBe('controlCharacter');
    expect(rawProblem('\u0301\u0001\ud800\ufeff'.repeat(31), 200)).toBe('controlCharacter');
  });

  it('of a letter of maximum length, with combining marks, is accepted', () => {
    const body = 'ấ'.normalize('NFD').repeat(50_000);
    expect(contentSchema.safeParse({ title: 'A', body })).toMatchObject({
      success: true,
      data: { body: 'ấ'.repeat(50_000) },
    });
  });
});

describe('the preserved input of a refused form', () => {
  it('of a sign-up has all values, with long ones truncated to a length that is still refused', () => {
    const form = new FormData();
    form.set('nameEn', 'Citizens');
    form.set('website', 'w'.repeat(1_000_000));
    form.set('nameJa', `${' '.repeat(1_000_000)}名`);
    const values = typedSignUp(form);
    expect(values.nameEn).toBe('Citizens');
    expect(JSON.stringify(values).length).toBeLessThan(20_000);
    const refused = signUpSchema(listSettings({})).safeParse({ ...SIGN_UP, ...values });
    expect(fieldErrors(refused.error!)).toMatchObject({
      website: ['tooLong'],
      nameJa: ['tooLong'],
    });
  });

  it('of an admin form has a whole letter, but not four megabytes or thousands of fields', () => {
    const form = new FormData();
    form.set('$ACTION_ID', 'x');
    form.set('body', 'b'.repeat(200_000));
    form.set('closing', 'c'.repeat(4_000_000));
    for (let field = 0; field < 5_000; field += 1) form.set(`field${field}`, 'd');
    const typed = preservedInput(form);
    expect(typed.body).toHaveLength(200_000);
    expect(typed).not.toHaveProperty('$ACTION_ID');
    expect(JSON.stringify(typed).length).toBeLessThan(1_600_000);

    const many = new FormData();
    for (let field = 0; field < 5_000; field += 1) many.set(`field${field}`, 'd');
    expect(Object.keys(preservedInput(many))).toHaveLength(100);
  });
});

describe('query strings and hidden fields', () => {
  it('a search term that is too long shows the unfiltered queue', () => {
    expect(queueSchema.parse({ q: OUT_OF_ORDER(200_000) }).q).toBe('');
  });

  it('a filter that is too long filters nothing', () => {
    const long = { category: 'a-'.repeat(500_000), country: 'JP'.repeat(500_000) };
    expect(queueSchema.parse(long)).toMatchObject({ category: undefined, country: undefined });
  });

  it('the name of a filter that is too long, or has piled marks, is refused', () => {
    for (const filterName of ['a'.repeat(1_000_000), OUT_OF_ORDER(200_000)])
      expect(namedFilterSchema.safeParse({ filterName }).success).toBe(false);
  });

  it('JSON that is too long is not parsed', () => {
    expect(carried.safeParse('['.repeat(1_000_000)).error?.issues).toMatchObject([
      { message: 'tooLong' },
    ]);
    expect(carried.safeParse('{"a":1}').data).toEqual({ a: 1 });
  });
});
