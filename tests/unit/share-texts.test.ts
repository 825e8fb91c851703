/** Ready texts with which an organization tells others that it has signed. */
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { fitsEverywhere, postLengths } from '@/lib/endorsement/sharing/length';
import {
  sharedTexts,
  shareLinks,
  sharingLanguages,
  type Shared,
} from '@/lib/endorsement/sharing/texts';
import { pictureOf } from '@/app/[locale]/entry/picture';
import { generatedName, SCRIPTS } from '@/tests/support/generated-names';

const ORIGIN = 'https://letters.example';
const title = (language: string, said: string) => ({ language, title: said, subject: null });
const SHARED: Shared = {
  letterSlug: 'a-letter',
  letterTitles: { ja: title('ja', '平和を求める書簡'), en: title('en', 'A letter for peace') },
  canSign: true,
  names: { ja: '東京平和の会', en: 'Tokyo Peace Group' },
};
const lengthOn = (network: string, text: string, url = 'https://a.example') =>
  postLengths(text, url).find((one) => one.network === network)!.length;

/** The text of HTML as a browser shows it, and the addresses of its links. */
function shown(html: string): { text: string; hrefs: string[]; elements: string[] } {
  const hrefs: string[] = [];
  const elements: string[] = [];
  const textOf = (nodes: unknown[]): string =>
    nodes
      .map((node) => {
        const { name, data, attribs, children } = node as {
          name?: string;
          data?: string;
          attribs?: Record<string, string>;
          children?: unknown[];
        };
        if (name) elements.push(name);
        if (name === 'a') hrefs.push(attribs!.href!);
        return children ? textOf(children) : (data ?? '');
      })
      .join('');
  const text = textOf(parseDocument(html, { decodeEntities: true }).children);
  return { text, hrefs, elements };
}

describe('the length of a post', () => {
  it('counts an address as 23 on X and Mastodon, and kanji, kana and emoji as two on X', () => {
    const long = `https://a.example/${'x'.repeat(100)}`;
    // With the line break before the address.
    expect(lengthOn('X', 'Peace', long)).toBe(5 + 1 + 23);
    expect(lengthOn('X', '平和', long)).toBe(4 + 1 + 23);
    expect(lengthOn('X', '“é”', long)).toBe(3 + 1 + 23);
    expect(lengthOn('X', 'e\u0301', long)).toBe(1 + 1 + 23);
    expect(lengthOn('X', '☮', long)).toBe(2 + 1 + 23);
    expect(lengthOn('Mastodon', '平和', long)).toBe(2 + 1 + 23);
    expect(lengthOn('Bluesky', '平和', long)).toBe(2 + 1 + long.length);
    expect(lengthOn('Bluesky', 'e\u0301', long)).toBe(1 + 1 + long.length);
  });
});

describe('texts to share', () => {
  it('name the organization, the letter and its address, in each of the letter’s languages', () => {
    expect(sharingLanguages(SHARED, 'en')).toEqual(['ja', 'en']);
    expect(sharedTexts(SHARED, 'ja', ORIGIN)).toMatchObject({
      short:
        '東京平和の会は、「平和を求める書簡」に賛同しました。\nhttps://letters.example/ja/letters/a-letter',
      html: '<p lang="ja">東京平和の会は、「<a href="https://letters.example/ja/letters/a-letter">平和を求める書簡</a>」に賛同しました。</p>',
    });
    const { short, long, lengths } = sharedTexts(SHARED, 'en', ORIGIN);
    expect(short).toBe(
      'Tokyo Peace Group has signed “A letter for peace”.\nhttps://letters.example/en/letters/a-letter',
    );
    expect(lengths.map(({ network, length }) => [network, length])).toEqual([
      ['X', 50 + 1 + 23],
      ['Bluesky', short.length],
      ['Mastodon', 50 + 1 + 23],
    ]);
    expect(long).toContain('can still sign');
    expect(sharedTexts({ ...SHARED, canSign: false }, 'en', ORIGIN).long).not.toContain('still');
  });

  it('are in the reader’s language if we have no words in those of the letter', () => {
    const french = { ...SHARED, letterTitles: { fr: title('fr', 'Une lettre') } };
    expect(sharingLanguages(french, 'en')).toEqual(['en']);
    expect(sharedTexts(french, 'en', ORIGIN).short).toContain('has signed “Une lettre”.');
  });

  it('say nothing of an organization whose name is withheld, not even that it has signed', () => {
    const withheld = { ...SHARED, names: null };
    for (const locale of ['ja', 'en'] as const) {
      const texts = sharedTexts(withheld, locale, ORIGIN);
      const { alt, text } = pictureOf(withheld, locale, { host: 'letters.example', kind: '' });
      const all = JSON.stringify([texts, shareLinks(texts), alt, text]);
      expect(all).not.toMatch(/has signed|Our organization|賛同しました|私たち/i);
    }
  });

  it('keep to the length of every network, however long name and title are', () => {
    fc.assert(
      fc.property(
        fc.string({
          minLength: 1,
          maxLength: 390,
          size: 'max',
          unit: fc.constantFrom('a', '平', 'é', '☮', ' '),
        }),
        fc.string({
          minLength: 1,
          maxLength: 400,
          size: 'max',
          unit: fc.constantFrom('b', '和', 'е', ' '),
        }),
        fc.constantFrom('ja' as const, 'en' as const),
        (name, said, locale) => {
          const { short, url, lengths } = sharedTexts(
            {
              ...SHARED,
              names: { [locale]: name },
              letterTitles: { [locale]: title(locale, said) },
            },
            locale,
            ORIGIN,
          );
          expect(short.endsWith(`\n${url}`)).toBe(true);
          expect(fitsEverywhere(short.slice(0, -url.length - 1), url)).toBe(true);
          for (const { length, max } of lengths) expect(length).toBeLessThanOrEqual(max);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('shorten a long title and keep the name; without room for the name, they do without it', () => {
    const long = { ...SHARED, letterTitles: { en: title('en', 'word '.repeat(100).trim()) } };
    const { short } = sharedTexts(long, 'en', ORIGIN);
    expect(short).toMatch(/^Tokyo Peace Group has signed “word word .*…”\.\n/);
    const name = { ...SHARED, names: { en: 'N'.repeat(300) } };
    expect(sharedTexts(name, 'en', ORIGIN).short).toMatch(
      /^Our organization has signed “A letter for peace”\.\n/,
    );
    expect(sharedTexts(name, 'en', ORIGIN).long).toContain('N'.repeat(300));
  });

  it('are HTML in which names and titles of any script are read as they are written', () => {
    fc.assert(
      fc.property(
        generatedName,
        fc.constantFrom('<b>&amp;"\'</b>', 'Title <script>', 'A & B'),
        (name, said) => {
          const shared = {
            ...SHARED,
            names: { en: `${name}<i>&` },
            letterTitles: { en: title('en', said) },
          };
          const { html } = sharedTexts(shared, 'en', ORIGIN);
          const { text, hrefs, elements } = shown(html);
          expect(text).toBe(`${name}<i>& has signed ${said}.`);
          expect(hrefs).toEqual([`${ORIGIN}/en/letters/a-letter`]);
          expect(elements.filter((element) => element !== 'bdi')).toEqual(['p', 'a']);
        },
      ),
    );
  });

  it('keep a name from right to left from turning the sentence round', () => {
    const shared = { ...SHARED, names: { en: SCRIPTS.Arabic } };
    const { short, html } = sharedTexts(shared, 'en', ORIGIN);
    expect(short).toContain(`\u2068${SCRIPTS.Arabic}\u2069 has signed`);
    expect(html).toContain(`<bdi>${SCRIPTS.Arabic}</bdi> has signed`);
  });

  it('open in a mail program and on networks with all their words', () => {
    const shared = { ...SHARED, names: { en: 'A & B #1 100%' } };
    const texts = sharedTexts(shared, 'en', ORIGIN);
    const links = shareLinks(texts);
    expect(new URL(links.x).searchParams.get('text')).toBe(texts.short);
    expect(new URL(links.bluesky).searchParams.get('text')).toBe(texts.short);
    expect(new URL(links.facebook).searchParams.get('u')).toBe(texts.url);
    expect(new URL(links.line).searchParams.get('url')).toBe(texts.url);
    const mail = new URL(links.mail).searchParams;
    expect(mail.get('subject')).toBe('A letter for peace');
    expect(mail.get('body')).toBe(texts.long.replaceAll('\n', '\r\n'));
  });
});

describe('a picture to share', () => {
  const of = (names: Shared['names'], locale: 'ja' | 'en' = 'en') =>
    pictureOf({ ...SHARED, names }, locale, { host: 'letters.example', kind: 'Joint letter' });

  it('names the organization, as its alternative text does', () => {
    const { text, alt } = of(SHARED.names);
    expect(text).toMatchObject({
      title: 'A letter for peace',
      count: 'Tokyo Peace Group',
      below: 'has signed this letter',
    });
    expect(alt).toBe('“A letter for peace”: Tokyo Peace Group has signed this letter.');
    expect(of(SHARED.names, 'ja').text.count).toBe('東京平和の会');
  });

  it('takes a name that our fonts can write, or does without one', () => {
    expect(of({ ja: '東京平和の会', en: '참여연대' }).text.count).toBe('東京平和の会');
    const { text, alt } = of({ en: '참여연대' });
    expect(text.count).toBe('Our organization');
    expect(alt).not.toContain('참여연대');
  });
});
