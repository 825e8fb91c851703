/**
 * What a stranger sends is either refused before anything reads it, or read in time that grows no faster than its length.
 * Growth is compared within one run, by the processor time of this process; nothing here asserts milliseconds.
 */
import { describe, expect, it } from 'vitest';
import { unlinked } from '../../emails/unlinked.ts';
import { typedValues } from '../../components/endorsement/form-state.ts';
import { deliverSchema } from '../../lib/delivery/schema.ts';
import { draftLinkSchema, newLetterSchema, partsSchema } from '../../lib/draft/schema.ts';
import { derivedFromNames } from '../../lib/endorsement/rules.ts';
import { fieldErrors, signUpSchema } from '../../lib/endorsement/schema.ts';
import { listSettings } from '../../lib/letter/list-settings.ts';
import { letterTree } from '../../lib/letter/markdown.ts';
import { difference } from '../../lib/letter/difference.ts';
import { isSlug } from '../../lib/letter/rules.ts';
import { normaliseLines, normaliseOneLine, normaliseText } from '../../lib/letter/typing.ts';
import { settingsFormSchema, seenSettingsSchema } from '../../lib/listing/schema.ts';
import { READING_MAX, foldName, normaliseLine, normaliseWebsite, registrableDomain } from '../../lib/organization/rules.ts';
import { recipientOf } from '../../lib/platform/mail/recipient.ts';
import { boundMarks, rawProblem } from '../../lib/platform/raw-text.ts';
import { tokenIn } from '../../lib/platform/tokens.ts';
import { clientFrom } from '../../lib/platform/client-address.ts';
import { postingSchema } from '../../lib/posting/schema.ts';
import { correctionSchema, decisionSchema, queueSchema } from '../../lib/review/schema.ts';
import { publicationSchema } from '../../lib/revision/schema.ts';
import { seenTimesSchema, typedTimes } from '../../lib/schedule/schema.ts';
import { aForm } from '../support/factories.ts';

/** Shapes that make careless patterns and parsers slow, of about `n` UTF-16 units. */
const HOSTILE: Record<string, (n: number) => string> = {
  'marks out of order': (n) => 'a' + '\u0301'.repeat(n / 2) + '\u0323'.repeat(n / 2),
  'alternating marks': (n) => 'a' + '\u0301\u0323'.repeat(n / 2),
  'half-width voicing marks among others': (n) => 'か' + 'ﾞ\u0323'.repeat(n / 2),
  'at signs': (n) => 'a@'.repeat(n / 2),
  'dots': (n) => 'a.'.repeat(n / 2),
  'spaces': (n) => `a${' '.repeat(n)}b`,
  'spaces at the end': (n) => `a${' '.repeat(n)}`,
  'ideographic spaces': (n) => '　'.repeat(n),
  'expanding ligatures': (n) => 'ﷺ'.repeat(n),
  'brackets': (n) => '['.repeat(n),
  'round brackets': (n) => '(a)'.repeat(n / 3),
  'links': (n) => '[a]('.repeat(n / 4),
  'emphasis': (n) => '*a_'.repeat(n / 3),
  'quotations': (n) => '>'.repeat(n),
  'backticks': (n) => '`'.repeat(n),
  'addresses': (n) => 'https://a.b/('.repeat(n / 13),
  'hosts': (n) => `https://${'a-'.repeat(n / 2)}`,
  'digits': (n) => '1'.repeat(n),
  'ideographs': (n) => '漢'.repeat(n),
  'legal forms': (n) => '株式会社'.repeat(n / 4),
  'separators': (n) => '・ '.repeat(n / 2),
  'zero-width characters': (n) => '\u200b'.repeat(n),
  'lone surrogates': (n) => '\ud800'.repeat(n),
  'line breaks': (n) => '\n'.repeat(n),
  'returns and breaks': (n) => '\r\n \t'.repeat(n / 4),
  'percent signs': (n) => '%'.repeat(n),
  'long vowels': (n) => 'ー'.repeat(n),
};

/** Processor time of `work`, in milliseconds; the best of three. */
function cost(work: () => unknown): number {
  const once = () => {
    const begun = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
  return Math.min(once(), once(), once());
}

/** What takes less than this at full size needs no comparison: nobody is held up by it. */
const NOTHING_MS = 25;

/** Expects that eight times as long a text takes at most 32 times as long, noise of a loaded machine included; the square would take 64 times. */
function expectLinear(read: (text: string) => unknown, [name, shape]: [string, (n: number) => string], size: number): void {
  const large = shape(size);
  const full = cost(() => read(large));
  if (full < NOTHING_MS) return;
  const small = shape(size / 8);
  expect(full / Math.max(3, cost(() => read(small))), name).toBeLessThan(32);
}

const answers = (schema: { safeParse(input: unknown): { success: boolean } }, form: Record<string, unknown>) => schema.safeParse(form);

/** Every field of every form that takes text, as the action or route hands it over. */
const FIELDS: Record<string, (text: string) => unknown> = {
  ...Object.fromEntries(
    ['nameJa', 'reading', 'nameEn', 'website', 'country', 'representativeName', 'representativeRole', 'representativeEmail', 'visibility', 'language'].map((field) => [
      `sign-up: ${field}`,
      (text: string) => answers(signUpSchema, aForm({ [field]: text })),
    ]),
  ),
  ...Object.fromEntries(
    ['title', 'subject', 'dateLine', 'addressee', 'salutation', 'body', 'callsIntro', 'calls', 'closing', 'valediction'].map((part) => [
      `letter: ${part}`,
      (text: string) => answers(partsSchema, { title: 'A', [part]: text }),
    ]),
  ),
  'new letter: title, zone, address': (text) => answers(newLetterSchema, { titleJa: text, titleEn: text, authoritativeLanguage: 'en', date: text, timeZone: text, address: text }),
  'draft link: label': (text) => answers(draftLinkSchema, { label: text, days: '7' }),
  'review: note': (text) => answers(decisionSchema, { id: crypto.randomUUID(), version: 1, step: 'decline', reason: 'other', note: text }),
  'review: names': (text) => answers(correctionSchema, { id: crypto.randomUUID(), version: 1, nameJa: text, reading: text, nameEn: text }),
  'review: search': (text) => foldName(queueSchema.parse({ state: 'approved', q: text, page: text }).q),
  'times: labels and zone': (text) =>
    typedTimes(
      { timeZone: text, opening: 'none', firstTallyLabelJa: text, closesLabelEn: text, opensOn: text, opensTime: text, afterClosing: 'refused' },
      { timeZone: 'UTC', opensAt: null, firstTallyAt: null, firstTallyLabel: { ja: null, en: null }, closesAt: null, closesLabel: { ja: null, en: null }, afterClosing: 'refused' },
      new Date(),
    ),
  'times: what the form was filled with': (text) => answers(seenTimesSchema as never, text as never),
  'list: headings': (text) => answers(settingsFormSchema, { headingAllJa: text, headingCoordinatingEn: text, pageSize: text }),
  'list: what the form was filled with': (text) => answers(seenSettingsSchema as never, text as never),
  'delivery: addressee and label': (text) => answers(deliverSchema, { tally: 'final', labelJa: text, addresseeEn: text, seenVersion: text }),
  'revision: reason': (text) => answers(publicationSchema, { kind: 'correction', reasonJa: text, seenDate: text }),
  'update: title and body': (text) => answers(postingSchema, { kind: 'update', date: text, titleJa: text, bodyJa: text }),
  'a website by itself': normaliseWebsite,
  'a link’s token': tokenIn,
  'a letter’s address': isSlug,
  'a client’s address': clientFrom,
};

describe('a form of 200 kB, whatever stands in a field', () => {
  it.each(Object.entries(FIELDS))('%s: read in linear time, or refused', (_field, read) => {
    for (const shape of Object.entries(HOSTILE)) expectLinear(read, shape, 200_000);
  });

  it('comes back from the sign-up form bounded', () => {
    const form = new FormData();
    form.set('nameEn', 'a'.repeat(4_000_000));
    expect(typedValues(form).nameEn.length).toBeLessThan(20_000);
  });

  it('is refused by a code that has words', () => {
    expect(fieldErrors(signUpSchema.safeParse(aForm({ nameEn: 'a'.repeat(100_000) })).error!)).toEqual({ nameEn: ['tooLong'] });
    expect(fieldErrors(signUpSchema.safeParse(aForm({ nameEn: `a${'\u0301\u0323'.repeat(40)}` })).error!)).toEqual({ nameEn: ['controlCharacter'] });
    expect(fieldErrors(signUpSchema.safeParse(aForm({ nameEn: 'ﷺ'.repeat(150) })).error!)).toEqual({ nameEn: ['tooLong'] });
  });
});

/** Five times the longest reading that a schema lets through. */
const NAME = 5 * READING_MAX;

/** What works on text of a bounded length, at more than that length. */
const READERS: Record<string, [read: (text: string) => unknown, size: number]> = {
  'a letter’s text, tidied': [normaliseText, 400_000],
  'several lines, tidied': [normaliseLines, 400_000],
  'one line, tidied': [normaliseOneLine, 400_000],
  'a name, tidied': [normaliseLine, 100_000],
  'a name, folded': [foldName, NAME],
  'a name’s place in the list': [(text) => derivedFromNames({ nameJa: text, reading: text, nameEn: text, website: null, signedAt: new Date() }, listSettings({ legalFormCounts: false })), NAME],
  'a registrable domain': [registrableDomain, 8_000],
  'a mail’s recipient': [recipientOf, 8_000],
  'a value in a mail, without links': [unlinked, 8_000],
  'runs of marks, bounded': [boundMarks, 400_000],
  'a raw text’s problem': [(text) => rawProblem(text, 200_000), 400_000],
};

describe('what reads text', () => {
  it.each(Object.entries(READERS))('%s: takes time linear in its length', (_name, [read, size]) => {
    for (const shape of Object.entries(HOSTILE)) expectLinear(read, shape, size);
  });
});

describe('the preview and the difference of a letter’s text at its full length', () => {
  const LENGTH = 50_000; // PART_MAX.body

  // The parser may take the square of a small count of marks (markdown-effort.ts): what is compared is an honest text.
  it('take a bounded multiple of what an honest text takes', { timeout: 120_000 }, () => {
    const honest = 'We call on the government to act, and *soon*. '.repeat(LENGTH / 46);
    const preview = cost(() => letterTree(honest));
    const compared = cost(() => difference(honest, honest.replaceAll('act', 'wait'), 'en'));
    for (const [name, shape] of Object.entries(HOSTILE)) {
      const text = normaliseText(shape(LENGTH)).slice(0, LENGTH);
      expect(cost(() => letterTree(text)) / Math.max(20, preview), `preview of ${name}`).toBeLessThan(20);
      expect(cost(() => difference(text, text.replace(/.$/u, 'x'), 'ja')) / Math.max(20, compared), `difference of ${name}`).toBeLessThan(20);
    }
  });
});
