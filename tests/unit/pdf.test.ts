import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it, vi } from 'vitest';
import { fullTitle } from '../../lib/letter/rules.ts';
import { letterPdf } from '../../lib/delivery/pdf.ts';
import type { PrintedLetter, PrintedName } from '../../lib/delivery/printed.ts';
import signatories from '../../prisma/demonstration/signatories.json' with { type: 'json' };
import { text } from '../../prisma/demonstration/text.ts';
import { pdfText, type PdfText } from '../support/pdf-text.ts';

vi.setConfig({ testTimeout: 60_000 });

const names: PrintedName[] = signatories.organizations.map(({ nameJa, nameEn }) => ({ ja: nameJa, en: nameEn }));
const coordinating = names.filter((_, index) => signatories.organizations[index]?.coordinating);

/** The joint letter as it was delivered. */
const JOINT: PrintedLetter = {
  language: 'en',
  parts: { ...text, calls: [...text.calls], addressee: null },
  lists: [
    { heading: '2 Coordinating organizations', names: coordinating, others: null },
    { heading: '25 organizations, Japanese alphabetical order', names, others: '2 other organizations' },
  ],
  leading: 'en',
  draft: null,
  imprint: 'Delivered on 23 April 2025.',
  createdAt: new Date('2025-04-23T03:00:00Z'),
  authors: coordinating.map(({ en }) => en ?? ''),
};

const PARTS_JA = {
  title: '国際刑事裁判所（ICC）への支持を求める共同書簡',
  subject: '組版の見本',
  dateLine: '2026年11月23日',
  addressee: '外務大臣\n見本 太郎 殿',
  salutation: '拝啓　時下ますますご清祥のこととお慶び申し上げます。',
  body: [
    '私たちは、日本を拠点とする市民団体として、日本政府に対し、国際刑事裁判所（ICC）の独立を守るための具体的な行動を求めます。日本は、ローマ規程の締約国であり、「法の支配」を重んじる立場を繰り返し表明してきました。',
    '[声明](https://example.org/statement)は、「被害者の最後の砦」である裁判所が、政治的な圧力に「さらされる」ことが、あってはならない、と*述べています*。',
    ...Array.from({ length: 40 }, (_, index) => `${'あ'.repeat(index)}「法の支配」、「人権」、「平和」。それらを、守り、育て、「次の世代」に、伝える。（本文の見本）。`),
  ].join('\n\n'),
  callsIntro: '以上を踏まえ、次のことを求めます。',
  calls: ['裁判所に協力する義務を履行すると約束すること。', '制裁の撤回を求めること。'],
  closing: 'よろしくお願い申し上げます。',
  valediction: '敬具',
};
const JAPANESE: PrintedLetter = { ...JOINT, language: 'ja', leading: 'ja', parts: PARTS_JA };

const withBody = (body: string): PrintedLetter => ({ ...JOINT, parts: { ...JOINT.parts, body } });
const withNames = (list: PrintedName[]): PrintedLetter => ({ ...JOINT, lists: [{ heading: 'All', names: list, others: 'others' }] });

/** Text without white space, which programs find and miss between letters as they like. */
const dense = (words: string) => words.replace(/\s+/gu, '');
const denseText = ({ pages }: PdfText) => dense(pages.map((page) => page.replace(/\n?\d+ \/ \d+$/, '')).join(''));

/** That the pieces stand in the text one after the other. */
function expectInOrder(whole: string, pieces: string[]) {
  let from = 0;
  for (const piece of pieces.map(dense)) {
    const at = whole.indexOf(piece, from);
    expect(at, `"${piece}" after ${from}`).toBeGreaterThanOrEqual(0);
    from = at + piece.length;
  }
}

/** A TrueType font with the weight of a regular one in its table OS/2. */
function claimingToBeRegular(font: Buffer): Buffer {
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    if (font.toString('latin1', at, at + 4) === 'OS/2') font.writeUInt16BE(400, font.readUInt32BE(at + 8) + 4);
  }
  return font;
}

/** How high each text stands on its page, in points, in the order in which they are read. */
async function heightsOfText(bytes: Uint8Array): Promise<number[][]> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, isEvalSupported: false, verbosity: 0 });
  const document = await task.promise;
  const pages = Array.from({ length: document.numPages }, async (_, index) => {
    const { items } = await (await document.getPage(index + 1)).getTextContent();
    return items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [Number(item.transform[5])] : []));
  });
  const heights = await Promise.all(pages);
  await task.destroy();
  return heights;
}

/** The languages that blocks, and words in lines, are said to be in. Those of words stand between the drawing of the page. */
function languagesOf(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes);
  const streams = [...file.toString('latin1').matchAll(/\/FlateDecode[^]*?stream\r?\n/g)].map(({ 0: head, index }) => {
    return inflateSync(file.subarray(index + head.length)).toString('latin1');
  });
  return [file.toString('latin1'), ...streams].flatMap((part) => [...part.matchAll(/\/Lang ?\((.*?)\)/g)].map(([, language]) => language ?? ''));
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('the PDF of the joint letter', () => {
  it('holds every part of the printed document in order, then all names, then the two others', async () => {
    const { parts, lists } = JOINT;
    const pdf = await pdfText(letterPdf(JOINT));
    expectInOrder(denseText(pdf), [
      parts.title,
      parts.subject ?? '',
      parts.dateLine,
      parts.salutation,
      ...parts.body.replaceAll('*', '').split('\n\n'),
      parts.callsIntro ?? '',
      ...parts.calls,
      parts.closing ?? '',
      parts.valediction,
      ...lists.flatMap((list) => [list.heading ?? '', ...list.names.map(({ en }) => en ?? ''), list.others ?? '']),
      'Delivered on 23 April 2025.',
    ]);
    expect(pdf.pages).toHaveLength(3);
    expect(pdf.pages.map((page) => page.split('\n').at(-1))).toEqual(['1 / 3', '2 / 3', '3 / 3']);
  });

  it('has each name in both languages, the leading one first; one that is the same in both stands once', async () => {
    const both = names.flatMap(({ ja, en }) => (ja === en ? [en ?? ''] : [ja ?? '', en ?? '']));
    const printed = denseText(await pdfText(letterPdf({ ...JOINT, leading: 'ja' })));
    expect(printed.slice(printed.indexOf('25organizations'))).toBe(dense(['25 organizations, Japanese alphabetical order', ...both, '2 other organizations', 'Delivered on 23 April 2025.'].join('')));
  });

  it('tells programs its title, authors, language and structure, and conforms to PDF/UA', async () => {
    const pdf = await pdfText(letterPdf(JOINT));
    expect(pdf).toMatchObject({ title: fullTitle({ ...text, language: 'en' }), author: 'Human Rights Watch, Human Rights Now', language: 'en-GB', tagged: true, accessible: true });
    expect(pdf.roles.filter((role) => /^H\d$/.test(role))).toEqual(['H1', 'H2', 'H2', 'H2']);
    expect(pdf.roles.filter((role) => role === 'LI')).toHaveLength(3 + 2 + 23 + 1);
  });

  it('is the same, byte for byte, when made again, whatever was made between', () => {
    const once = hash(letterPdf(JOINT));
    letterPdf(JAPANESE);
    expect(hash(letterPdf(JOINT))).toBe(once);
  });

  it('is the same, byte for byte, in other processes, also where other fonts are installed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'undersigned-pdf-'));
    try {
      await writeFile(path.join(folder, 'letter.json'), JSON.stringify(JAPANESE));
      // Where these are all the fonts of the system: one that claims to be the letter's, but is black.
      await writeFile(path.join(folder, 'impostor.ttf'), claimingToBeRegular(await readFile('node_modules/@expo-google-fonts/noto-serif-jp/900Black/NotoSerifJP_900Black.ttf')));
      await writeFile(path.join(folder, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}</dir></fontconfig>`);
      const program = `
        import { createHash } from 'node:crypto';
        import { readFileSync } from 'node:fs';
        import { letterPdf } from './lib/delivery/pdf.ts';
        const letter = JSON.parse(readFileSync(process.argv[1], 'utf8'));
        process.stdout.write(createHash('sha256').update(letterPdf({ ...letter, createdAt: new Date(letter.createdAt) })).digest('hex'));`;
      const elsewhere = async (env: Record<string, string>) => {
        const args = ['--import', 'tsx', '--input-type=module', '--eval', program, path.join(folder, 'letter.json')];
        return (await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } })).stdout;
      };
      const here = hash(letterPdf(JAPANESE));
      expect(await elsewhere({})).toBe(here);
      expect(await elsewhere({ FONTCONFIG_FILE: path.join(folder, 'fonts.conf'), TZ: 'Pacific/Apia', LC_ALL: 'C' })).toBe(here);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says which of its words are Japanese, so that they are read out in Japanese', async () => {
    const languages = (letter: PrintedLetter) => languagesOf(letterPdf(letter)).filter((language) => language !== 'en-GB');
    expect(languages({ ...withBody('The *Kokkai* (国会), the 外務省 and メディア were told.'), lists: [] })).toEqual(['ja-JP', 'ja-JP', 'ja-JP']);
    expect(new Set(languages(JOINT))).toEqual(new Set(['ja-JP']));
    expect((await pdfText(letterPdf(withBody('The 外務省、メディア「国会」 were told.')))).pages.join()).toContain('The 外務省、メディア「国会」 were told.');
  });

  it('marks what is not delivered on every page', async () => {
    const { pages } = await pdfText(letterPdf({ ...JOINT, draft: 'Draft, 23 November 2026. Not delivered.' }));
    expect(pages).toHaveLength(3);
    for (const page of pages) expect(page).toContain('Draft, 23 November 2026. Not delivered.');
    expect((await pdfText(letterPdf(JOINT))).pages.join()).not.toContain('Draft');
  });
});

describe('a PDF in Japanese', () => {
  it('holds every part, and says its language', async () => {
    const pdf = await pdfText(letterPdf(JAPANESE));
    expect(pdf).toMatchObject({ language: 'ja-JP', accessible: true, title: fullTitle({ language: 'ja', ...PARTS_JA }) });
    const { title, subject, dateLine, addressee, salutation, callsIntro, calls, closing, valediction } = PARTS_JA;
    expectInOrder(denseText(pdf), [title, subject, dateLine, addressee, salutation, '具体的な行動を求めます。', '声明は、', callsIntro, ...calls, closing, valediction]);
  });

  it('begins no line with a closing mark, ends none with an opening one, and hyphenates nothing', async () => {
    const lines = (await pdfText(letterPdf(JAPANESE))).lines.flat();
    expect(lines.length).toBeGreaterThan(120);
    for (const line of lines) {
      // ・ stands before the calls.
      expect(line).not.toMatch(/^\s*・?[、。」』）ー々]/u);
      expect(line).not.toMatch(/[「『（]\s*$/u);
      expect(line).not.toMatch(/[\p{Script=Han}\p{Script=Hiragana}][-\u2010\u00AD]$/u);
    }
  });
});

describe('the pages of a letter', () => {
  const imprint = `Delivered on 23 April 2025 to the Minister for Foreign Affairs. Revision 3 of the text. Delivery 1, SHA-256 ${'0123456789abcdef'.repeat(4)}.`;
  const organizations = (count: number, ja: boolean): PrintedName[] =>
    Array.from({ length: count }, (_, index) => ({ ja: ja ? `第${index + 1}団体` : null, en: `Organization ${index + 1}.` }));
  /** That all texts of a line stand on it, and each line under the one before, but for the first of a list's second column. */
  const expectNoOverlap = async (bytes: Uint8Array, columns = 0) => {
    for (const heights of await heightsOfText(bytes)) {
      const steps = heights.slice(1).map((height, index) => (heights[index] ?? 0) - height);
      expect(steps.filter((step) => step < -8).length).toBeLessThanOrEqual(columns);
      expect(steps.filter((step) => Math.abs(step) > 0.5 && Math.abs(step) < 8)).toEqual([]);
    }
  };
  const pagesOf = async (letter: PrintedLetter, columns = 0) => {
    const bytes = letterPdf(letter);
    await expectNoOverlap(bytes, columns);
    return (await pdfText(bytes)).pages.map((page) => page.replace(/\n?\d+ \/ \d+$/, ''));
  };
  const withText = ({ language }: PrintedLetter, parts: Partial<PrintedLetter['parts']>): PrintedLetter => ({
    ...JOINT,
    language,
    lists: [],
    parts: { ...JOINT.parts, title: 'Title', subject: null, salutation: 'Dear all,', body: 'A body.', calls: [], callsIntro: null, closing: null, ...parts },
  });
  /** As many lines as push what follows down a whole page, one more each time. */
  const pushed = Array.from({ length: 50 }, (_, count) => Array.from({ length: count + 1 }, () => 'line').join('\n'));
  /** What would be parted is higher than two lines. */
  const towardsTheEnd = pushed.filter((_, index) => index > 14 && index % 2 === 0);

  it.each([
    ['English, both names', JOINT, true, [[2, 45]]],
    ['English, one name', JOINT, false, [[60, 85], [130, 155]]],
    ['Japanese, both names', JAPANESE, true, [[2, 45]]],
    ['Japanese, one name', JAPANESE, false, [[60, 85]]],
  ] as const)('end with two names at least over those that are not named and the imprint: %s', async (_, letter, ja, counts) => {
    for (const count of counts.flatMap(([least, most]) => Array.from({ length: most - least }, (_each, index) => least + index))) {
      const { parts } = withText(letter, {});
      const set = { ...letter, parts, imprint, lists: [{ heading: 'All', names: organizations(count, ja), others: '2 other organizations' }] };
      expectInOrder(dense((await pagesOf(set, ja ? 0 : 1)).at(-1) ?? ''), [`Organization ${count - 1}.`, `Organization ${count}.`, '2 other organizations', 'Delivered on', 'cdef.']);
    }
  });

  it('have the imprint under the valediction where there are no names', async () => {
    for (const addressee of towardsTheEnd) {
      const last = (await pagesOf({ ...withText(JOINT, { addressee, valediction: 'Sincerely,' }), imprint })).at(-1) ?? '';
      expectInOrder(dense(last), ['A body.', 'Sincerely,', 'Delivered on']);
    }
  });

  it.each([
    ['a closing', { closing: `${'We hope for it. '.repeat(20)}The end.` }],
    ['calls', { callsIntro: 'We ask:', calls: ['to do', 'The end.'] }],
    ['a body', { body: `${'We hope for it. '.repeat(20)}The end.` }],
    ['a list', { body: 'We ask:\n\n- to do\n- to say\n  1. what\n  2. The end.' }],
    ['a quotation', { body: 'We quote:\n\n> We hope.\n>\n> The *end.*' }],
  ])('have the valediction under the end of %s', async (_, parts) => {
    for (const letter of [JOINT, JAPANESE]) {
      for (const addressee of towardsTheEnd) {
        const page = (await pagesOf(withText(letter, { ...parts, addressee }))).find((text) => text.includes('Sincerely,')) ?? '';
        expectInOrder(dense(page), ['The end.', 'Sincerely,']);
      }
    }
  });

  it('have the valediction under the text where nothing is its last line', async () => {
    for (const parts of [{ body: 'We ask:\n\n- to do\n-' }, { body: '' }, { body: '', callsIntro: '' }, { body: '', calls: [''] }, { body: '', closing: '' }]) {
      expectInOrder(dense((await pagesOf(withText(JOINT, parts)))[0] ?? ''), ['Dear all,', 'Sincerely,']);
    }
  });

  it.each([true, false])('have two names at least under a heading, and a short list whole; both names: %s', async (ja) => {
    for (const addressee of pushed) {
      const lists = [
        { heading: '8 Coordinating organizations', names: organizations(8, ja), others: '1 other organization' },
        { heading: 'All organizations', names: organizations(30, ja), others: null },
      ];
      const pages = await pagesOf({ ...withText(JOINT, { addressee }), lists }, ja ? 0 : 2);
      expectInOrder(dense(pages.find((page) => page.includes('8 Coord')) ?? ''), ['8 Coord', 'Organization 1.', 'Organization 8.', '1 other']);
      const long = dense(pages.find((page) => page.includes('All org')) ?? '');
      expectInOrder(long.slice(long.indexOf('Allorg')), ['Organization 1.', 'Organization 2.']);
    }
  });

  it('break a long title into lines of about one length, in Japanese where a phrase begins', async () => {
    const titles = [
      [JAPANESE, '気候変動への取り組みの強化と再生可能エネルギーの拡大を求める書簡'],
      [JAPANESE, '国際刑事裁判所（ICC）の独立を守り、法の支配を支える具体的な行動を求める'],
      [JOINT, 'Joint letter to the Government of Japan on the protection of human rights'],
    ] as const;
    for (const [letter, title] of titles) {
      const bytes = letterPdf({ ...letter, lists: [], parts: { ...letter.parts, title, subject: null } });
      await expectNoOverlap(bytes);
      const lines = (await pdfText(bytes)).lines[0] ?? [];
      const of = lines.slice(0, lines.findIndex((_, index) => dense(lines.slice(0, index).join('')) === dense(title))).map((line) => line.trim().length);
      expect(of).toHaveLength(2);
      expect(Math.min(...of) / Math.max(...of)).toBeGreaterThan(0.75);
      expect(lines[0]).toMatch(/[\p{Script=Hiragana}、 a-z]$/u);
      expect(lines[1]).toMatch(/^[\p{Script=Han}\p{Script=Katakana}a-z]/u);
    }
  });

  it('break an address after its marks only, stretch no line for it, and leave its link as it is', async () => {
    const address = 'https://www.example.org/campaigns/international-criminal-court/statements/index.html?language=japanese&revision=final_text';
    const bodies = [
      [JAPANESE, `くわしい声明の全文と賛同団体の一覧は、次の頁に載せていますので、${address}をご覧ください。私たちは、`],
      [JAPANESE, `くわしい声明の全文は[${address}](${address})をご覧ください。私たちは、`],
      [JOINT, `The statement and the organizations that support it stand at ${address}, which [${address}](${address}) repeats.`],
    ] as const;
    for (const [letter, body] of bodies) {
      const plain = body.replace(/\[(.*?)\]\(.*?\)/g, '$1');
      for (const parts of [{ body }, { body: '', calls: [plain] }, { body: '', calls: [], closing: plain }]) {
        const bytes = letterPdf({ ...letter, lists: [], parts: { ...letter.parts, ...parts } });
        await expectNoOverlap(bytes);
        const pdf = await pdfText(bytes);
        expect(denseText(pdf)).toContain(dense(plain));
        for (const url of pdf.links) expect(url).toBe(address);
        const lines = pdf.lines.flat().map((line) => line.trim());
        const first = lines.findIndex((line) => line.includes('https'));
        expect(first).toBeGreaterThan(0);
        for (const line of lines.slice(first, lines.findIndex((each) => each.includes('final_')))) expect(line).toMatch(/[/\-.?&=_]$/);
        for (const line of lines.slice(first - 1, first + 1)) expect(line).not.toMatch(/(?:[\p{Script=Han}\p{Script=Hiragana}、] +){3}/u);
      }
    }
  });
});

describe('what is typed into a letter', () => {
  it('is never Typst code', async () => {
    const typed = [
      '#eval("1 + 1") #image("/etc/passwd") #read("package.json") #sys.inputs #panic()',
      '$x^2$ @label `raw` = heading /* comment */ // comment',
      '\\u{41} \\# ~ -- --- ... "straight" \'quotes\' <label> [bracket] {brace} ]',
    ];
    const printed = denseText(
      await pdfText(
        letterPdf({
          ...JOINT,
          parts: { ...JOINT.parts, title: typed.join(' '), dateLine: typed[0] ?? '', calls: typed, valediction: typed.join('\n') },
          lists: [{ heading: typed[1] ?? '', names: typed.map((en) => ({ ja: null, en })), others: typed[2] ?? '' }],
          imprint: typed.join(' '),
        }),
      ),
    );
    expectInOrder(printed, [typed.join(' '), typed[0] ?? '', ...typed, ...typed, typed[1] ?? '', ...typed, typed[2] ?? '', typed.join(' ')]);
    const body = denseText(await pdfText(letterPdf(withBody('#eval("1 + 1") #image("/etc/passwd") $x^2$ C:\\\\dir \\* @a'))));
    expectInOrder(body, ['#eval("1 + 1") #image("/etc/passwd") $x^2$ C:\\dir * @a']);
  });

  it('keeps emphasis, quotations, lists and links, which can be pressed', async () => {
    const pdf = await pdfText(
      letterPdf(withBody('A **strong *inner*** [page](https://example.org/a?b=c&d=#e) and [mail](mailto:a@example.org).\n\n> Quoted\n\n3. three\n4. four\n   - inner\n\nA line  \nand one')),
    );
    expect(pdf.links).toEqual(['https://example.org/a?b=c&d=#e', 'mailto:a@example.org']);
    expectInOrder(denseText(pdf), ['A strong inner page and mail.', 'Quoted', '3. three', '4. four', '• inner', 'A line', 'and one']);
    expect(pdf.roles).toEqual(expect.arrayContaining(['Link', 'BlockQuote', 'L', 'LI', 'Lbl', 'LBody']));
    expect(pdf.accessible).toBe(true);
  });

  it('is printed in rare kanji and in Greek and Cyrillic; what neither font has is a geta mark', async () => {
    const pdf = await pdfText(letterPdf(withNames([{ ja: '髙﨑𠮷の会', en: 'Ελλάδα Владимир ệ' }, { ja: '葛\u{E0100}城', en: '한국 العربية 😀 ☮\uFE0F' }])));
    expect(pdf.accessible).toBe(true);
    expectInOrder(denseText(pdf), ['Ελλάδα Владимир ệ', '髙﨑𠮷の会', '〓〓 〓〓〓〓〓〓〓 〓 〓', '葛']);
  });

  it('is printed where the fonts cannot join a letter and a mark, if not for PDF/UA', async () => {
    const pdf = await pdfText(letterPdf(withNames([{ ja: null, en: 'Group ж\u3099' }])));
    expect(denseText(pdf)).toContain('Group');
  });

  it('is printed however it is nested, and with empty parts', async () => {
    const nested = ['> '.repeat(19) + 'quoted', ...Array.from({ length: 19 }, (_, depth) => `${'  '.repeat(depth)}- item ${depth}`)].join('\n');
    const emphasised = `${'**a *b '.repeat(19)}x${'* c**'.repeat(19)}`;
    const pdf = denseText(await pdfText(letterPdf(withBody(`${nested}\n\n${emphasised}\n\n- \n- last`))));
    expectInOrder(pdf, ['quoted', 'item 0', 'item 18', 'x', 'last', 'To this end']);
    const parts = { ...JOINT.parts, subject: '', addressee: '', salutation: '', body: '', calls: [''], closing: '', valediction: '' };
    expectInOrder(denseText(await pdfText(letterPdf({ ...JOINT, parts, imprint: '', draft: '' }))), [text.title, text.dateLine, '2 other organizations']);
  });

  it('is printed whatever it is', () => {
    const marks = fc.constantFrom('*', '**', '_', '`', '> ', '- ', '1. ', '\n', '\n\n', '  ', '[a](https://a.example)', '#', '$', '\\', '"', '」', 'あ', 'word', '\u3000', '\u0301', '\u200D', '😀', '한');
    const typed = fc.oneof(fc.array(marks, { maxLength: 50 }).map((list) => list.join('')), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(typed, fc.constantFrom(JOINT, JAPANESE), (body, letter) => {
        const parts = { ...letter.parts, body, title: body, addressee: body, calls: [body], valediction: body };
        expect(letterPdf({ ...letter, parts, lists: [{ heading: body, names: [{ ja: body, en: null }], others: body }] }).length).toBeGreaterThan(1000);
      }),
      { numRuns: 150 },
    );
  });

  it('never turns the direction of what stands behind it', async () => {
    expect(denseText(await pdfText(letterPdf(withBody('not \u202Etroppus\u202C it'))))).toContain('nottroppusit');
  });
});

describe('long letters', () => {
  const numbered = (count: number, make: (number: number) => PrintedName) => Array.from({ length: count }, (_, index) => make(index + 1));

  it('prints 1,000 organizations in order, in one register', async () => {
    const list = numbered(1000, (number) => ({ ja: `第${number}団体の会`, en: `Organization no. ${number} of Japan` }));
    const pdf = await pdfText(letterPdf(withNames(list)));
    expectInOrder(denseText(pdf), [...list.flatMap(({ ja, en }) => [en ?? '', ja ?? '']), 'others']);
  });

  it('prints organizations with one name in two columns, read down the first and then down the second', async () => {
    const list = numbered(300, (number) => ({ ja: `特定非営利活動法人${'長い名称の団体'.repeat(number % 3)}第${number}号`, en: null }));
    const pdf = await pdfText(letterPdf(withNames(list)));
    expectInOrder(denseText(pdf), [...list.map(({ ja }) => ja ?? ''), 'others']);
    // Pages are full but for the last, and the heading stands over names.
    for (const page of pdf.pages.slice(3, -1)) expect(page.match(/号/g)?.length).toBeGreaterThan(40);
    expect(pdf.lines.find((lines) => lines.includes('All'))?.length).toBeGreaterThan(20);
  });

  it('breaks names of 200 letters without a space, and addresses, inside the page', async () => {
    const list = [{ ja: '長'.repeat(200), en: 'W'.repeat(200) }, { ja: null, en: 'x'.repeat(200) }];
    const pdf = await pdfText(letterPdf({ ...withNames(list), parts: { ...JOINT.parts, title: 'T'.repeat(200), body: `https://example.org/${'a'.repeat(300)}` } }));
    expectInOrder(denseText(pdf), ['T'.repeat(200), `https://example.org/${'a'.repeat(300)}`, 'W'.repeat(200), '長'.repeat(200), 'x'.repeat(200), 'others']);
    expect(pdf.rightmost).toBeLessThan(515);
  });

  it('sets a body of 50,000 characters', async () => {
    const body = `${text.body}\n\n`.repeat(9).slice(0, 50_000);
    const pdf = await pdfText(letterPdf(withBody(body)));
    expect(pdf.pages.length).toBeGreaterThan(12);
    expectInOrder(denseText(pdf), [body.slice(-300).replaceAll('*', '')]);
  });
});
