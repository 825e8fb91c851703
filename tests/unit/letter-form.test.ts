import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LetterDocument } from '@/components/letter/text/letter-document';
import { columnsOf, contentOf, sameContent, type LetterContent } from '@/lib/letter/text/content';
import { textDifference } from '@/lib/letter/text/difference';
import { merge, missingFields, typedContent, unmarkedCalls } from '@/lib/letter/text/rules';
import { textSchema } from '@/lib/letter/text/schema';
import { canonicalJson } from '@/lib/platform/canonical-json';
import { someParts } from '@/tests/support/factories';
import { dense, expectInOrder, JAPANESE, JOINT, pdfOf } from '@/tests/support/pdf-letters';
import { pdfText } from '@/tests/support/pdf-text';

const PLAIN = someParts({ calls: ['Act', 'Speak'] });
const REQUEST: LetterContent = someParts({
  title: '要望書',
  dateLine: '2026年11月28日',
  addressee: '外務大臣 見本 太郎 様',
  salutation: null,
  body: '本文です。',
  callsIntro: '下記のとおり要望します。',
  calls: ['一つ目', '二つ目'],
  closing: '結びの文です。',
  valediction: '敬具',
  callMarks: 'numbers',
  kigaki: true,
});

const pageOf = (text: LetterContent, language = 'ja') =>
  renderToStaticMarkup(createElement(LetterDocument, { text: { language, ...text } }));

describe('the form of a letter', () => {
  it('leaves out of what is hashed whatever is usual', () => {
    const columns = columnsOf(PLAIN);
    expect(columns).toMatchObject({ callMarks: 'bullets', kigaki: false });
    expect(canonicalJson(contentOf(columns))).toBe(canonicalJson(PLAIN));
    expect(contentOf(columnsOf(REQUEST))).toEqual(REQUEST);
  });

  it('is part of what is saved, and only Japanese letters have 記 and 以上', () => {
    const typed = { version: '1', title: 'T', calls: '1. Act\n2. Speak', callMarks: 'numbers' };
    const content = (language: string) =>
      textSchema.parse({ ...typed, language, kigaki: 'on' }).content;
    expect(content('ja')).toMatchObject({ callMarks: 'numbers', kigaki: true });
    expect(content('en')).not.toHaveProperty('kigaki');
    expect(content('en').calls).toEqual(['Act', 'Speak']);
    const usual = textSchema.parse({ ...typed, language: 'ja', callMarks: 'stars' }).content;
    expect(usual).not.toHaveProperty('callMarks');
    expect(usual).not.toHaveProperty('kigaki');
  });

  it('is previewed as it is saved, whatever is typed', () => {
    const raw: Record<string, string> = {
      title: ' か\u3099\r\nく ',
      subject: ' ',
      dateLine: '',
      addressee: 'X  \r\nY\t',
      salutation: '',
      body: 'one  \r\n\u0000two\n\n',
      callsIntro: 'a\nb',
      calls: '\n１）甲\n２）乙\n',
      closing: ' \nend ',
      valediction: '敬具',
      callMarks: 'numbers',
      kigaki: 'on',
    };
    for (const language of ['ja', 'en']) {
      const saved = textSchema.parse({ ...raw, language, version: '0' }).content;
      expect(typedContent((name) => raw[name] ?? '', language)).toEqual(saved);
    }
    expect(typedContent(() => '', 'en')).toMatchObject({ title: '', calls: [], valediction: null });
  });

  it('takes typed marks away where the page sets its own, and numbers only if they count the calls', () => {
    expect(unmarkedCalls(['（１）甲', '(2) 乙', '3、丙'], 'numbers')).toEqual(['甲', '乙', '丙']);
    expect(unmarkedCalls(['2. b', '3. c'], 'numbers')).toEqual(['2. b', '3. c']);
    expect(unmarkedCalls(['1.5 degrees'], 'numbers')).toEqual(['1.5 degrees']);
    expect(unmarkedCalls(['1. a', '- b'], 'bullets')).toEqual(['1. a', 'b']);
    expect(unmarkedCalls(['・甲', '一、乙'], 'none')).toEqual(['・甲', '一、乙']);
  });

  it('needs neither salutation nor valediction to be published', () => {
    expect(missingFields({ ...PLAIN, salutation: null, valediction: null })).toEqual([]);
  });

  it('shows in the difference between two texts', () => {
    expect(sameContent(PLAIN, { ...PLAIN, callMarks: 'none' })).toBe(false);
    const after: LetterContent = { ...PLAIN, callMarks: 'numbers', kigaki: true };
    const [change] = textDifference(PLAIN, after, 'ja');
    expect(change?.field).toBe('calls');
    const side = (kind: string) =>
      change?.pieces.flatMap((piece) =>
        piece.kind === 'same' || piece.kind === kind ? [piece.text] : [],
      );
    expect(side('removed')?.join('')).toBe('・Act\n・Speak');
    expect(side('added')?.join('')).toBe('記\n1. Act\n2. Speak\n以上');
  });

  it('is merged with the calls when two people write at once', () => {
    const theirs: LetterContent = { ...PLAIN, callMarks: 'numbers', kigaki: true };
    const taken = merge(PLAIN, theirs, { ...PLAIN, title: 'Mine' });
    expect(taken).toEqual({
      content: { ...theirs, title: 'Mine' },
      taken: ['calls'],
      both: [],
    });
    const mine: LetterContent = { ...PLAIN, callMarks: 'none' };
    expect(merge(PLAIN, theirs, mine)).toEqual({ content: mine, taken: [], both: ['calls'] });
    expect(merge(theirs, PLAIN, theirs).content).toEqual(PLAIN);
  });
});

describe('the page of a letter', () => {
  it('has 敬具 before 記, and 以上 after the calls', () => {
    expectInOrder(dense(pageOf(REQUEST)), [
      'letter-addressee',
      'letter-body',
      '下記のとおり',
      '結びの文',
      'letter-valediction',
      'letter-kigaki">記',
      '<ol class="letter-calls">',
      '一つ目',
      'letter-kigaki-end">以上',
    ]);
  });

  it('has nothing where a letter has nothing', () => {
    const page = pageOf({ ...REQUEST, valediction: null, calls: [] });
    for (const part of ['salutation', 'valediction', 'kigaki', 'calls"'])
      expect(page, part).not.toContain(`letter-${part}`);
    expect(page).not.toContain('<p class="letter-closing"></p>');
  });

  it('has calls as paragraphs, as typed', () => {
    const page = pageOf({ ...PLAIN, callMarks: 'none' }, 'en');
    expect(page).toContain('<div class="letter-calls"><p>Act</p><p>Speak</p></div>');
    expect(pageOf(PLAIN, 'en')).toContain('<ul class="letter-calls">');
  });
});

describe('the PDF of a letter', { timeout: 60_000 }, () => {
  const set = async (language: string, parts: LetterContent) =>
    (await pdfText(await pdfOf({ ...JAPANESE, language, lists: [], imprint: '末尾', parts })))
      .pages;

  it('has the Japanese form in the order of the page', async () => {
    expectInOrder(dense((await set('ja', REQUEST)).join('')), [
      '外務大臣',
      '本文です。',
      '下記のとおり',
      '結びの文',
      '敬具',
      '記',
      '1.一つ目',
      '2.二つ目',
      '以上',
      '末尾',
    ]);
  });

  it('keeps 以上 and the imprint with the last call', async () => {
    for (let lines = 20; lines < 34; lines += 2) {
      const addressee = Array.from({ length: lines }, () => '行').join('\n');
      const pages = await set('ja', { ...REQUEST, addressee });
      const last = pages.find((page) => page.includes('以上')) ?? '';
      expectInOrder(dense(last), ['二つ目', '以上', '末尾']);
    }
  });

  it('has no line for a salutation or valediction that a letter does not have', async () => {
    const paragraphs = async (over: Partial<LetterContent>) => {
      const parts = { ...JOINT.parts, body: 'Text.', calls: [], callsIntro: null, ...over };
      const { roles } = await pdfText(
        await pdfOf({ ...JAPANESE, language: 'en', lists: [], parts }),
      );
      return roles.filter((role) => role === 'P').length;
    };
    const both = await paragraphs({});
    expect(await paragraphs({ salutation: null, valediction: null })).toBe(both - 2);
  });

  it('has calls as paragraphs', async () => {
    const pages = await set('en', { ...PLAIN, callMarks: 'none' });
    expectInOrder(dense(pages.join('')), ['Text.', 'Act', 'Speak', 'Sincerely,']);
    expect(pages.join('')).not.toContain('•');
  });
});
