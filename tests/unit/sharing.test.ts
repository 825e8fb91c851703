import { parseDocument } from 'htmlparser2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { letterPicture, PICTURE } from '@/app/api/letters/[slug]/picture.png/picture';
import { firstLines } from '@/lib/letter/text/first-lines';
import { atomFeed } from '@/lib/platform/atom';

const entry = {
  id: 'https://letters.example.org/en/letters/a',
  link: 'https://letters.example.org/en/letters/a?x=1&y="2"',
  updated: new Date('2026-11-01T00:00:00Z'),
  summary: '',
};
const feed = {
  self: 'https://letters.example.org/en/feed.xml',
  page: 'https://letters.example.org/en',
  language: 'en',
  title: 'Letters',
  author: 'letters.example.org',
};

describe('a feed', () => {
  it.each(['A & B <b>bold</b>', ']]>', '"quoted" \'too\'', '共同書簡 😀', '<!-- -->', '&amp;'])(
    'says %j as it stands',
    (title) => {
      const xml = atomFeed({ ...feed, entries: [{ ...entry, title, summary: title }] });
      const document = parseDocument(xml, { xmlMode: true, decodeEntities: true });
      const texts = (node: unknown, name: string): string[] => {
        const {
          type,
          children = [],
          data = '',
        } = node as {
          type: string;
          name?: string;
          children?: unknown[];
          data?: string;
        };
        if ((node as { name?: string }).name === name)
          return [children.map((child) => (child as { data: string }).data).join('')];
        return type === 'text' && name === '' ? [data] : children.flatMap((c) => texts(c, name));
      };
      expect(texts(document, 'title')).toEqual(['Letters', title]);
      expect(texts(document, 'summary')).toEqual([title]);
    },
  );

  it('has none of the characters that XML cannot contain', () => {
    const title = 'a\u0000b\u0008c\ufffed\ud800e';
    expect(atomFeed({ ...feed, entries: [{ ...entry, title }] })).toContain('<title>abcde</title>');
  });

  it('without entries has a time that never changes', () => {
    expect(atomFeed({ ...feed, entries: [] })).toContain('1970-01-01T00:00:00.000Z');
  });
});

describe('the first lines of a letter', () => {
  it('are plain text on one line', () => {
    expect(firstLines('We **call**\non [you](https://example.org).\n\nNow.', 'en', 100)).toBe(
      'We call on you. Now.',
    );
  });

  it('are cut between words, in Japanese as well', () => {
    expect(firstLines('We call on the government', 'en', 14)).toBe('We call on…');
    const cut = firstLines('国際刑事裁判所の独立を支持します。'.repeat(20), 'ja', 30);
    expect(cut.length).toBeLessThanOrEqual(30);
    expect(cut).toMatch(/^国際刑事裁判所の独立を支持します。.*…$/);
  });
});

describe('the picture of a letter', () => {
  const asked: string[] = [];
  beforeAll(() => {
    const real = fetch;
    vi.stubGlobal('fetch', (url: string | URL) => {
      // The renderer loads its own WebAssembly from a `data:` URL.
      if (String(url).startsWith('data:')) return real(url);
      asked.push(String(url));
      return Promise.reject(new Error('no network'));
    });
  });
  afterAll(() => void vi.unstubAllGlobals());

  const text = {
    language: 'ja',
    kind: '共同書簡',
    title: '国際刑事裁判所への支持を求める共同書簡',
    firstLines: '私たちは、日本政府に求めます。',
    count: '25団体が賛同',
    host: 'letters.example.org',
  };
  const size = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

  it.each([
    ['Japanese', text.title],
    ['English', 'Joint letter to Japan’s foreign minister'],
    ['characters that our fonts lack', 'Org™ 😀 1️⃣ © 참여연대 العربية 维 A'],
    ['none that our fonts have', '참여연대'],
    ['a very long title', 'あ'.repeat(2_000)],
  ])('is drawn without the network: %s', async (_, title) => {
    const png = await letterPicture({ ...text, title });
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(size(png)).toEqual([PICTURE.width, PICTURE.height]);
    expect(asked).toEqual([]);
  });

  it('is drawn once for many requests', async () => {
    const [one, two] = await Promise.all([letterPicture(text), letterPicture({ ...text })]);
    expect(one).toBe(two);
  });
});
