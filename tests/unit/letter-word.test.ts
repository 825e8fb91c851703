import { describe, expect, it } from 'vitest';
import { letterWordFile } from '@/lib/delivery/word';
import { readWordFile } from '@/lib/letter/text/word-file/read';
import { JAPANESE, JOINT, names } from '@/tests/support/pdf-letters';
import { partOf, wordLines } from '@/tests/support/word-text';

const BODY = [
  'First **strong** and *em* with [a link](https://example.org/x), a note[^1] in 2019[^2], again[^1].',
  '- one\n  - nested\n- two',
  '3. three\n4. four',
  '> Quoted text.',
  '| Year | Number |\n| - | -: |\n| 2019[^3] | 1,200 |',
  '[^1]: The first note, with *em*.\n\n[^2]: Second.\n\n[^3]: In a table.\n\n[^4]: Referred to by nothing.',
].join('\n\n');
const letter = {
  ...JOINT,
  parts: { ...JOINT.parts, body: BODY, addressee: 'Foreign Minister\nTakeshi Iwaya' },
};

describe('a letter as a Word file', () => {
  it('has its parts in order, then its lists with their headings and who is not named', async () => {
    const lines = await wordLines(await letterWordFile({ ...letter, draft: 'Draft.' }));
    const { parts } = letter;
    const inOrder = [
      parts.title,
      parts.subject!,
      parts.dateLine,
      'Foreign Minister\nTakeshi Iwaya',
      parts.salutation!,
      'Quoted text.',
      parts.callsIntro!,
      ...parts.calls,
      parts.closing!,
      parts.valediction!,
      '2 Coordinating organizations',
      ...['Human Rights Watch', 'Human Rights Now'],
      '25 organizations, Japanese alphabetical order',
      ...names.map(({ en }) => en!),
      '2 other organizations',
      'Delivered on 23 April 2025.',
    ];
    let from = 0;
    for (const line of inOrder) {
      const at = lines.indexOf(line, from);
      expect(at, `"${line}" after ${from}`).toBeGreaterThanOrEqual(0);
      from = at + 1;
    }
    expect(
      await partOf(await letterWordFile({ ...letter, draft: 'Draft.' }), 'word/header1.xml'),
    ).toContain('Draft.');
  });

  it('has real footnotes, lists, quotations and tables: opened here again, the body is the same', async () => {
    const bytes = await letterWordFile({ ...letter, lists: [], imprint: null });
    const max = { title: 300, subject: 300, body: 50_000 };
    const opened = await readWordFile(Buffer.from(bytes), {
      title: '',
      subject: '',
      body: '',
      max,
    });
    if (typeof opened === 'string') throw new Error(opened);
    expect([opened.title, opened.subject]).toEqual([letter.parts.title, letter.parts.subject]);
    const [text] = opened.body.split('To this end');
    expect(text!.slice(text!.indexOf('First')).trim()).toBe(
      [
        // Word has one reference to a note.
        'First **strong** and *em* with [a link](https://example.org/x), a note[^1] in 2019[^2], again\\[1].',
        '- one\n  - nested\n- two',
        '3. three\n4. four',
        '> Quoted text.',
        '| Year | Number |\n| - | -: |\n| 2019[^3] | 1,200 |',
        '4. Referred to by nothing.',
      ].join('\n\n'),
    );
    expect(opened.body).toContain('[^1]: The first note, with *em*.');
  });

  // JSZip encodes a string in pieces of 16 KiB, each by itself.
  it('keeps characters outside the BMP wherever they stand in a long text, out and in', async () => {
    const max = { title: 300, subject: 300, body: 50_000 };
    for (const before of ['', 'a']) {
      const body = before + '𠮷𩸽'.repeat(10_000);
      const parts = { ...letter.parts, body };
      const bytes = await letterWordFile({ ...letter, parts, lists: [], imprint: null });
      expect((await wordLines(bytes)).includes(body)).toBe(true);
      const opened = await readWordFile(Buffer.from(bytes), {
        title: '',
        subject: '',
        body: '',
        max,
      });
      if (typeof opened === 'string') throw new Error(opened);
      expect(opened.body.includes(body)).toBe(true);
    }
  });

  it('says the language and direction of its names, and who made it: nobody', async () => {
    const lists = [
      {
        heading: null,
        names: [
          { en: '참여연대' },
          { en: 'منظمة العفو' },
          { en: 'שלום' },
          { en: '中国维权' },
          { en: 'Права' },
        ],
        others: null,
      },
    ];
    const bytes = await letterWordFile({ ...letter, lists });
    const xml = await partOf(bytes, 'word/document.xml');
    const runOf = (name: string) =>
      new RegExp(`<w:r>((?:(?!<w:r>).)*)<w:t[^>]*>${name}</w:t>`).exec(xml)![1];
    expect(runOf('참여연대')).toContain('w:eastAsia="ko-KR"');
    expect(runOf('中国维权')).toContain('w:eastAsia="zh-CN"');
    expect(runOf('منظمة العفو')).toContain('<w:rtl/>');
    expect(runOf('שלום')).toMatch(/<w:rtl\/>.*w:bidi="he"/);
    expect(runOf('Права')).not.toContain('<w:rtl/>');
    const properties = await partOf(bytes, 'docProps/core.xml');
    expect(properties).toContain('<dc:creator>Human Rights Watch, Human Rights Now</dc:creator>');
    expect(properties).toContain('<dc:language>en</dc:language>');
    expect(properties).toContain('2025-04-23T03:00:00Z</dcterms:modified>');
    expect(properties).not.toContain('lastModifiedBy');
  });

  it('is set as Japanese letters are, with dots for emphasis', async () => {
    const bytes = await letterWordFile(JAPANESE);
    const xml = await partOf(bytes, 'word/document.xml');
    expect(xml).toMatch(/<w:em w:val="dot"\/>(?:(?!<\/w:r>).)*述べています/);
    expect(xml).toMatch(/<w:jc w:val="right"\/>(?:(?!<\/w:p>).)*敬具/);
    expect(await partOf(bytes, 'word/styles.xml')).toContain('w:eastAsia="Yu Mincho"');
  });

  it('has its calls in the form that the letter gives them, between 記 and 以上 if it has these', async () => {
    const parts = { ...JAPANESE.parts, callMarks: 'numbers', kigaki: true } as const;
    const bytes = await letterWordFile({ ...JAPANESE, parts });
    const lines = await wordLines(bytes);
    expect(lines.slice(lines.indexOf('敬具'), lines.indexOf('以上') + 1)).toEqual([
      '敬具',
      '記',
      ...parts.calls,
      '以上',
    ]);
    expect(lines.filter((line) => line === parts.calls[0])).toHaveLength(1);
    expect(await partOf(bytes, 'word/numbering.xml')).toContain('"%1."');
    const bare = { ...parts, salutation: null, valediction: null, kigaki: undefined };
    const without = await wordLines(await letterWordFile({ ...JAPANESE, parts: bare as never }));
    expect(without).not.toContain('記');
    expect(without).not.toContain('敬具');
  });

  it('has the same bytes each time', async () => {
    const [one, other] = [await letterWordFile(letter), await letterWordFile(letter)];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  it('keeps what XML has no place for out of it', async () => {
    const hostile = '</w:t>&<b>\ufdd00\ufdd1\u0007\u202e\ud800 & "x"';
    const bytes = await letterWordFile({
      ...letter,
      parts: { ...letter.parts, title: hostile, body: 'Plain \ufdd00\ufdd1.' },
      lists: [{ heading: hostile, names: [{ en: hostile }], others: null }],
    });
    const lines = await wordLines(bytes);
    expect(lines.filter((line) => line === '</w:t>&<b>0 & "x"')).toHaveLength(3);
  });
});
