import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fullTitle } from '@/lib/letter/rules';
import { typesettingJob } from '@/lib/delivery/pdf';
import { createTypesetter } from '@/lib/delivery/pdf/typesetter';
import type { PrintedLetter } from '@/lib/delivery/print';
import type { ByLanguage } from '@/lib/platform/languages';
import { TYPESETTING } from '@/lib/platform/limits';
import { text } from '@/prisma/demonstration/text';
import { pdfText } from '@/tests/support/pdf-text';
import {
  names,
  JOINT,
  PARTS_JA,
  JAPANESE,
  dense,
  denseText,
  expectInOrder,
  pdfOf,
} from '@/tests/support/pdf-letters';

vi.setConfig({ testTimeout: 60_000 });

const withBody = (body: string): PrintedLetter => ({ ...JOINT, parts: { ...JOINT.parts, body } });
const withNames = (list: ByLanguage[]): PrintedLetter => ({
  ...JOINT,
  lists: [{ heading: 'All', names: list, others: 'others' }],
});

/** A TrueType font with regular weight in its OS/2 table. */
function claimingToBeRegular(font: Buffer): Buffer {
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    if (font.toString('latin1', at, at + 4) === 'OS/2')
      font.writeUInt16BE(400, font.readUInt32BE(at + 8) + 4);
  }
  return font;
}

/**
 * The languages of blocks and of words within lines. Those of words are in the page's content
 * stream.
 */
function languagesOf(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes);
  const streams = [...file.toString('latin1').matchAll(/\/FlateDecode[^]*?stream\r?\n/g)].map(
    ({ 0: head, index }) => {
      return inflateSync(file.subarray(index + head.length)).toString('latin1');
    },
  );
  return [file.toString('latin1'), ...streams].flatMap((part) =>
    [...part.matchAll(/\/Lang ?\((.*?)\)/g)].map(([, language]) => language ?? ''),
  );
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('the PDF of the joint letter', () => {
  it('contains every part of the letter in order, then all names, then the number of unnamed signatories', async () => {
    const { parts, lists } = JOINT;
    const pdf = await pdfText(await pdfOf(JOINT));
    expectInOrder(denseText(pdf), [
      parts.title,
      parts.subject ?? '',
      parts.dateLine,
      parts.salutation ?? '',
      ...parts.body.replaceAll('*', '').split('\n\n'),
      parts.callsIntro ?? '',
      ...parts.calls,
      parts.closing ?? '',
      parts.valediction ?? '',
      ...lists.flatMap((list) => [
        list.heading ?? '',
        ...list.names.map(({ en }) => en ?? ''),
        list.others ?? '',
      ]),
      'Delivered on 23 April 2025.',
    ]);
    expect(pdf.pages).toHaveLength(3);
    expect(pdf.pages.map((page) => page.split('\n').at(-1))).toEqual(['1 / 3', '2 / 3', '3 / 3']);
  });

  it('prints each name in both languages, the leading one first, and a name that is the same in both once', async () => {
    const both = names.flatMap(({ ja, en }) => (ja === en ? [en ?? ''] : [ja ?? '', en ?? '']));
    const printed = denseText(await pdfText(await pdfOf({ ...JOINT, leading: 'ja' })));
    expect(printed.slice(printed.indexOf('25organizations'))).toBe(
      dense(
        [
          '25 organizations, Japanese alphabetical order',
          ...both,
          '2 other organizations',
          'Delivered on 23 April 2025.',
        ].join(''),
      ),
    );
  });

  it('has title, authors, language and structure tags, and conforms to PDF/UA', async () => {
    const pdf = await pdfText(await pdfOf(JOINT));
    expect(pdf).toMatchObject({
      title: fullTitle({ ...text, language: 'en' }),
      author: 'Human Rights Watch, Human Rights Now',
      language: 'en-GB',
      tagged: true,
      accessible: true,
    });
    expect(pdf.roles.filter((role) => /^H\d$/.test(role))).toEqual(['H1', 'H2', 'H2', 'H2']);
    expect(pdf.roles.filter((role) => role === 'LI')).toHaveLength(3 + 2 + 23 + 1);
  });

  it('is byte-identical when made again, whatever was made in between', async () => {
    const once = hash(await pdfOf(JOINT));
    await pdfOf(JAPANESE);
    expect(hash(await pdfOf(JOINT))).toBe(once);
  });

  it('is byte-identical in other processes, also where other fonts are installed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'undersigned-pdf-'));
    try {
      // With these as the only system fonts: one has the letter font's name, but black weight.
      await writeFile(
        path.join(folder, 'impostor.ttf'),
        claimingToBeRegular(
          await readFile(
            'node_modules/@expo-google-fonts/noto-serif-jp/900Black/NotoSerifJP_900Black.ttf',
          ),
        ),
      );
      await writeFile(
        path.join(folder, 'fonts.conf'),
        `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}</dir></fontconfig>`,
      );
      const elsewhere = async (env: Record<string, string>) =>
        hash(
          await createTypesetter({ env }).set(await typesettingJob(JAPANESE), TYPESETTING.draft),
        );
      const here = hash(await pdfOf(JAPANESE));
      expect(await elsewhere({})).toBe(here);
      expect(
        await elsewhere({
          FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
          TZ: 'Pacific/Apia',
          LC_ALL: 'C',
        }),
      ).toBe(here);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('marks Japanese words as Japanese for screen readers', async () => {
    const languages = async (letter: PrintedLetter) =>
      languagesOf(await pdfOf(letter)).filter((language) => language !== 'en-GB');
    expect(
      await languages({
        ...withBody('The *Kokkai* (国会), the 外務省 and メディア were told.'),
        lists: [],
      }),
    ).toEqual(['ja-JP', 'ja-JP', 'ja-JP']);
    expect(new Set(await languages(JOINT))).toEqual(new Set(['ja-JP']));
    expect(
      (
        await pdfText(await pdfOf(withBody('The 外務省、メディア「国会」 were told.')))
      ).pages.join(),
    ).toContain('The 外務省、メディア「国会」 were told.');
  });

  it('marks English words in a Japanese letter as English, but no acronyms and addresses', async () => {
    const parts = {
      ...PARTS_JA,
      title: 'Amnesty Internationalとの共同書簡',
      body: 'ICCとNPOは、Human Rights Watchの*joint letter*、https://example.org/some/page を読んだ。Médecins du Mondeも。',
      calls: ['the Rome Statuteを守ること。'],
    };
    const set = { ...JAPANESE, lists: [], imprint: null };
    const languages = languagesOf(await pdfOf({ ...set, parts }));
    expect(languages.filter((language) => language === 'en-GB')).toHaveLength(4);
    const plain = { ...PARTS_JA, body: 'ICCとNPO。https://example.org/some/page' };
    expect(languagesOf(await pdfOf({ ...set, parts: plain }))).not.toContain('en-GB');
  });

  it('marks words in scripts of one language in the text of either language', async () => {
    const body = 'Amnesty (국제앰네스티 한국지부), מרכז and องค์กร, as well as Мемориал.';
    for (const letter of [JOINT, JAPANESE]) {
      const parts = { ...letter.parts, body };
      const languages = languagesOf(await pdfOf({ ...letter, lists: [], imprint: null, parts }));
      for (const language of ['ko', 'he', 'th']) expect(languages).toContain(language);
      expect(languages.join()).not.toMatch(/ru|und/);
    }
  });

  it('marks each name as the language it is written in, in a letter of either language', async () => {
    const list = ['참여연대', 'שלום עכשיו', 'منظمة العفو', 'มูลนิธิ', '中国维权律师组织'];
    for (const letter of [JOINT, JAPANESE]) {
      const lists = [
        { heading: null, names: list.map((en) => ({ ja: '人権の会', en })), others: null },
      ];
      const languages = new Set(languagesOf(await pdfOf({ ...letter, lists })));
      for (const language of ['ko', 'he', 'und', 'th', 'zh', 'ja-JP'])
        expect([...languages]).toContain(language);
    }
  });

  it('is marked as a draft on every page until it is delivered', async () => {
    const { pages } = await pdfText(
      await pdfOf({ ...JOINT, draft: 'Draft, 23 November 2026. Not delivered.' }),
    );
    expect(pages).toHaveLength(3);
    for (const page of pages) expect(page).toContain('Draft, 23 November 2026. Not delivered.');
    expect((await pdfText(await pdfOf(JOINT))).pages.join()).not.toContain('Draft');
  });
});

describe('a PDF in Japanese', () => {
  it('contains every part, and states its language', async () => {
    const pdf = await pdfText(await pdfOf(JAPANESE));
    expect(pdf).toMatchObject({
      language: 'ja-JP',
      accessible: true,
      title: fullTitle({ language: 'ja', ...PARTS_JA }),
    });
    const {
      title,
      subject,
      dateLine,
      addressee,
      salutation,
      callsIntro,
      calls,
      closing,
      valediction,
    } = PARTS_JA;
    expectInOrder(denseText(pdf), [
      title,
      subject,
      dateLine,
      addressee,
      salutation,
      '具体的な行動を求めます。',
      '声明（https://example.org/statement）は、',
      callsIntro,
      ...calls,
      closing,
      valediction,
    ]);
  });

  it('begins no line with closing punctuation, ends none with opening punctuation, and hyphenates nothing', async () => {
    const lines = (await pdfText(await pdfOf(JAPANESE))).lines.flat();
    expect(lines.length).toBeGreaterThan(120);
    for (const line of lines) {
      // ・ precedes the list items.
      expect(line).not.toMatch(/^\s*・?[、。」』）ー々]/u);
      expect(line).not.toMatch(/[「『（]\s*$/u);
      expect(line).not.toMatch(/[\p{Script=Han}\p{Script=Hiragana}][-\u2010\u00AD]$/u);
    }
  });
});

describe('text typed into a letter', () => {
  it('is never evaluated as Typst code', async () => {
    const typed = [
      '#eval("1 + 1") #image("/etc/passwd") #read("package.json") #sys.inputs #panic()',
      '$x^2$ @label `raw` = heading /* comment */ // comment',
      '\\u{41} \\# ~ -- --- ... "straight" \'quotes\' <label> [bracket] {brace} ]',
    ];
    const printed = denseText(
      await pdfText(
        await pdfOf({
          ...JOINT,
          parts: {
            ...JOINT.parts,
            title: typed.join(' '),
            dateLine: typed[0] ?? '',
            calls: typed,
            valediction: typed.join('\n'),
          },
          lists: [
            {
              heading: typed[1] ?? '',
              names: typed.map((en) => ({ en })),
              others: typed[2] ?? '',
            },
          ],
          imprint: typed.join(' '),
        }),
      ),
    );
    expectInOrder(printed, [
      typed.join(' '),
      typed[0] ?? '',
      ...typed,
      ...typed,
      typed[1] ?? '',
      ...typed,
      typed[2] ?? '',
      typed.join(' '),
    ]);
    const body = denseText(
      await pdfText(
        await pdfOf(withBody('#eval("1 + 1") #image("/etc/passwd") $x^2$ C:\\\\dir \\* @a')),
      ),
    );
    expectInOrder(body, ['#eval("1 + 1") #image("/etc/passwd") $x^2$ C:\\dir * @a']);
  });

  it('keeps emphasis, quotations, lists and clickable links', async () => {
    const pdf = await pdfText(
      await pdfOf(
        withBody(
          'A **strong *inner*** [page](https://example.org/a?b=c&d=#e) and [mail](mailto:a@example.org).\n\n> Quoted\n\n3. three\n4. four\n   - inner\n\nA line  \nand one',
        ),
      ),
    );
    expect(pdf.links).toEqual(['https://example.org/a?b=c&d=#e', 'mailto:a@example.org']);
    expectInOrder(denseText(pdf), [
      'A strong inner page (https://example.org/a?b=c&d=#e) and mail (a@example.org).',
      'Quoted',
      '3. three',
      '4. four',
      '• inner',
      'A line',
      'and one',
    ]);
    expect(pdf.roles).toEqual(
      expect.arrayContaining(['Link', 'BlockQuote', 'L', 'LI', 'Lbl', 'LBody']),
    );
    expect(pdf.accessible).toBe(true);
  });

  it('is printed in rare kanji, Greek, Cyrillic and Hangul, with 〓 for signs that have no type', async () => {
    const pdf = await pdfText(
      await pdfOf(
        withNames([
          { ja: '髙﨑𠮷の会', en: 'Ελλάδα Владимир ệ' },
          { ja: '葛\u{E0100}城', en: '한국 😀 ☮\uFE0F' },
        ]),
      ),
    );
    expect(pdf.accessible).toBe(true);
    expectInOrder(denseText(pdf), ['Ελλάδα Владимир ệ', '髙﨑𠮷の会', '한국 〓 〓', '葛']);
  });

  it('is printed as PDF/UA also with a letter and a mark that no font combines', async () => {
    const pdf = await pdfText(await pdfOf(withNames([{ en: 'Group ท\u3099, ж\u3099' }])));
    expect(denseText(pdf)).toContain('Group〓,');
    expect(pdf.accessible).toBe(true);
  });

  it('is printed however deeply it is nested, and with empty parts', async () => {
    const nested = [
      '> '.repeat(19) + 'quoted',
      ...Array.from({ length: 19 }, (_, depth) => `${'  '.repeat(depth)}- item ${depth}`),
    ].join('\n');
    const emphasised = `${'**a *b '.repeat(19)}x${'* c**'.repeat(19)}`;
    const pdf = denseText(
      await pdfText(await pdfOf(withBody(`${nested}\n\n${emphasised}\n\n- \n- last`))),
    );
    expectInOrder(pdf, ['quoted', 'item 0', 'item 18', 'x', 'last', 'To this end']);
    const parts = {
      ...JOINT.parts,
      subject: '',
      addressee: '',
      salutation: '',
      body: '',
      calls: [''],
      closing: '',
      valediction: '',
    };
    expectInOrder(
      denseText(await pdfText(await pdfOf({ ...JOINT, parts, imprint: '', draft: '' }))),
      [text.title, text.dateLine, '2 other organizations'],
    );
  });

  it('is printed whatever characters it has', async () => {
    const marks = fc.constantFrom(
      '*',
      '**',
      '_',
      '`',
      '> ',
      '- ',
      '1. ',
      '\n',
      '\n\n',
      '  ',
      '[a](https://a.example)',
      '#',
      '$',
      '\\',
      '"',
      '」',
      'あ',
      'word',
      '\u3000',
      '\u0301',
      '\u200D',
      '😀',
      '한',
    );
    const typed = fc.oneof(
      fc.array(marks, { maxLength: 50 }).map((list) => list.join('')),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(typed, fc.constantFrom(JOINT, JAPANESE), async (body, letter) => {
        const parts = {
          ...letter.parts,
          body,
          title: body,
          addressee: body,
          calls: [body],
          valediction: body,
        };
        expect(
          (
            await pdfOf({
              ...letter,
              parts,
              lists: [{ heading: body, names: [{ ja: body }], others: body }],
            })
          ).length,
        ).toBeGreaterThan(1000);
      }),
      { numRuns: 150 },
    );
  }, 240_000);

  it('cannot reverse the direction of the text after it', async () => {
    expect(denseText(await pdfText(await pdfOf(withBody('not \u202Etroppus\u202C it'))))).toContain(
      'nottroppusit',
    );
  });
});

describe('long letters', () => {
  const numbered = (count: number, make: (number: number) => ByLanguage) =>
    Array.from({ length: count }, (_, index) => make(index + 1));

  it('have 1,000 organizations in order in a list with both names', async () => {
    const list = numbered(1000, (number) => ({
      ja: `第${number}団体の会`,
      en: `Organization no. ${number} of Japan`,
    }));
    const pdf = await pdfText(await pdfOf(withNames(list)));
    expectInOrder(denseText(pdf), [
      ...list.flatMap(({ ja, en }) => [en ?? '', ja ?? '']),
      'others',
    ]);
  });

  it('have organizations with a single name in two columns, in order down the first and then the second', async () => {
    const list = numbered(300, (number) => ({
      ja: `特定非営利活動法人${'長い名称の団体'.repeat(number % 3)}第${number}号`,
    }));
    const pdf = await pdfText(await pdfOf(withNames(list)));
    expectInOrder(denseText(pdf), [...list.map(({ ja }) => ja ?? ''), 'others']);
    // All pages but the last are full, and the heading is above names.
    for (const page of pdf.pages.slice(3, -1))
      expect(page.match(/号/g)?.length).toBeGreaterThan(40);
    expect(pdf.lines.find((lines) => lines.includes('All'))?.length).toBeGreaterThan(20);
  });

  it('break addresses and names of 200 letters without a space within the page', async () => {
    const list: ByLanguage[] = [
      { ja: '長'.repeat(200), en: 'W'.repeat(200) },
      { en: 'x'.repeat(200) },
    ];
    const pdf = await pdfText(
      await pdfOf({
        ...withNames(list),
        parts: {
          ...JOINT.parts,
          title: 'T'.repeat(200),
          body: `https://example.org/${'a'.repeat(300)}`,
        },
      }),
    );
    expectInOrder(denseText(pdf), [
      'T'.repeat(200),
      `https://example.org/${'a'.repeat(300)}`,
      'W'.repeat(200),
      '長'.repeat(200),
      'x'.repeat(200),
      'others',
    ]);
    expect(pdf.rightmost).toBeLessThan(515);
  });

  it('can have a body of 50,000 characters', async () => {
    const body = `${text.body}\n\n`.repeat(9).slice(0, 50_000);
    const pdf = await pdfText(await pdfOf(withBody(body)));
    expect(pdf.pages.length).toBeGreaterThan(12);
    expectInOrder(denseText(pdf), [body.slice(-300).replaceAll('*', '')]);
  });
});

describe('tables and notes in the PDF', () => {
  const BODY =
    'Since 2019[^a] some 500[^b].\n\n| Year[^c] | Cases |\n| - | -: |\n| 2019 | 500 |\n| 2020 |\n\nAgain[^a].\n\n[^a]: A report[^n].\n\n[^b]: Two\n\n    paragraphs\n\n[^c]: In a head\n\n[^n]: In a note\n\n[^u]: To which nothing refers';

  it('keep the mark of a note apart from a number before it, in copied text, too', async () => {
    for (const letter of [JOINT, JAPANESE]) {
      const parts = { ...letter.parts, body: '2019[^1]、500[^1]。\n\n[^1]: Note.' };
      const pdf = await pdfText(await pdfOf({ ...letter, lists: [], imprint: null, parts }));
      expect(pdf.pages.join()).toMatch(/2019\s1/);
      expect(pdf.pages.join()).toMatch(/500\s1/);
      expect(pdf.accessible).toBe(true);
    }
  });

  it('are printed with all of their text, notes at the foot of the page', async () => {
    const pdf = await pdfText(await pdfOf(withBody(BODY)));
    expectInOrder(denseText(pdf), [
      ...['Since 2019', 'some 500', 'Year', 'Cases', '2019', '500', '2020', 'Again'],
      ...['To which nothing refers', 'Sincerely,'],
      ...['A report', 'In a note', 'Two', 'paragraphs', 'In a head'],
    ]);
  });

  it('can be all that a letter has, in both languages, and as many as the Markdown takes', async () => {
    const wide = `${'|a'.repeat(40)}|\n${'|-'.repeat(40)}|\n${'|b'.repeat(40)}|`;
    const many = Array.from({ length: 60 }, (_, note) => `a[^${note}]\n\n[^${note}]: b`);
    for (const body of [wide, '| a |\n| - |', many.join('\n\n'), '[^a]: b'])
      for (const letter of [JOINT, JAPANESE]) {
        const parts = { ...letter.parts, body, callsIntro: null, calls: [], closing: null };
        const bytes = await pdfOf({ ...letter, parts });
        expect(denseText(await pdfText(bytes))).toContain(letter.parts.valediction ?? '');
      }
  });
});
