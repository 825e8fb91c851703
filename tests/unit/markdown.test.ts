import fc from 'fast-check';
import type { Root, RootContent } from 'hast';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { letterTree, plainText } from '@/lib/letter/text/markdown';

const INPUTS = 100_000;
/**
 * Number of inputs per text, since the parser starts slowly. Code fences are closed here; open ones
 * are tested in tests/e2e/markdown.spec.ts.
 */
const INPUTS_A_TEXT = 20;
/** Maximum length of a body. */
const LONGEST = 50_000;

const BLOCKS = ['p', 'blockquote', 'ul', 'ol', 'li', 'table', 'section'];
const INLINE = ['em', 'strong', 'a', 'br', 'sup'];
/** The parents of what tables are made of. */
const TABLE_PARTS: Record<string, string[]> = {
  thead: ['table'],
  tbody: ['table'],
  tr: ['thead', 'tbody'],
  th: ['tr'],
  td: ['tr'],
};

/** The HTML of the page (components/letter/text/markdown.tsx). */
const rendered = (tree: Root) => renderToStaticMarkup(toJsxRuntime(tree, { Fragment, jsx, jsxs }));

/** What is wrong with a letter's tree, or undefined. */
function faultsOf(tree: Root): string[] {
  const faults: string[] = [];
  const look = (node: RootContent, parent: string, inLink: boolean) => {
    if (node.type === 'text') {
      if (['root', 'blockquote', 'ul', 'ol', 'table', 'thead', 'tbody', 'tr'].includes(parent))
        faults.push(`text in ${parent}`);
      if (node.value === '' || node.value.includes('\n'))
        faults.push('an empty text or a line break in one');
      return;
    }
    if (node.type !== 'element') return void faults.push(node.type);
    const { tagName, properties, children } = node;
    if (![...BLOCKS, ...INLINE, ...Object.keys(TABLE_PARTS)].includes(tagName))
      faults.push(tagName);
    if (TABLE_PARTS[tagName] && !TABLE_PARTS[tagName].includes(parent))
      faults.push(`${tagName} in ${parent}`);
    if (tagName === 'section' && node !== tree.children.at(-1)) faults.push('notes before the end');
    if ((tagName === 'li') !== ['ul', 'ol'].includes(parent))
      faults.push(`${tagName} in ${parent}`);
    if (BLOCKS.includes(tagName) && ['p', 'th', 'td', ...INLINE].includes(parent))
      faults.push(`${tagName} in ${parent}`);
    if (INLINE.includes(tagName) && ['root', 'blockquote'].includes(parent))
      faults.push(`${tagName} in ${parent}`);
    if (['a', 'sup'].includes(tagName) && inLink) faults.push(`${tagName} in a link`);
    const { href, start, align, dataNote, dataUse, dataUses, ...more } = properties;
    if (align !== undefined && !['th', 'td'].includes(tagName))
      faults.push(`${tagName} with alignment`);
    for (const [name, value] of Object.entries({ dataNote, dataUse, dataUses }))
      if (value !== undefined && !(['sup', 'li'].includes(tagName) && Number.isSafeInteger(value)))
        faults.push(`${tagName} with ${name} ${String(value)}`);
    if (Object.keys(more).length > 0) faults.push(`${tagName} with ${Object.keys(more).join()}`);
    if (start !== undefined && (tagName !== 'ol' || !Number.isSafeInteger(start)))
      faults.push(`${tagName} with start ${String(start)}`);
    if ((tagName === 'a') !== (href !== undefined))
      faults.push(`${tagName} with href ${String(href)}`);
    if (tagName === 'a' && !/^(https?:\/\/[^/]|mailto:.)/i.test(String(href)))
      faults.push(`a link to ${String(href)}`);
    if (tagName === 'a' && !['http:', 'https:', 'mailto:'].includes(new URL(String(href)).protocol))
      faults.push(`a link to ${String(href)}`);
    children.forEach((child) => look(child, tagName, inLink || tagName === 'a'));
  };
  tree.children.forEach((node) => look(node, 'root', false));
  return faults;
}

/** The tags of a page's HTML; quoted values can contain anything but quotation marks. */
const TAGS = /<(?:"[^"]*"|[^>"])*>/g;
const tagsOf = (markup: string) => markup.match(TAGS) ?? [];
const TAG =
  /^<\/?(?:p|em|strong|ul|li(?: data-note="\d+" data-uses="\d+")?|blockquote|br\/|section|sup(?: data-note="\d+" data-use="\d+")?|table|thead|tbody|tr|t[hd](?: style="text-align:(?:left|center|right)")?|ol(?: start="\d+")?|a(?: href="(?:https?:\/\/|mailto:)[^"<>]*")?)>$/i;

const target = fc.oneof(
  fc.constantFrom(
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '&#106;avascript:alert(1)',
    '&#x6A;avascript&colon;alert(1)',
    'java\nscript:alert(1)',
    'java&Tab;script:alert(1)',
    'javascript\t:alert(1)',
    '\u0001javascript:alert(1)',
    ' javascript:alert(1)',
    'javascript&#58;alert(1)',
    'vbscript:msgbox(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    'view-source:https://example.org',
    'intent://x',
    'tel:1',
    '//example.org',
    '\\\\example.org',
    'https:/\\example.org',
    'https:example.org',
    '/path',
    './path',
    '?q',
    '#hash',
    '',
    'https://',
    'https://a:b@example.org',
    'https://example.org@evil.example',
    'https://example.org/"onclick="x',
    "https://example.org/'><script>",
    'https://example.org/?a=1&b=2',
    'https://日本.example/道',
    'http://[::1]/',
    'https://exa mple.org',
    'mailto:a@example.org',
    'mailto:a@example.org?subject=%0D%0Ax',
    'mailto:',
    'x:y',
    ':',
    '%6Aavascript:alert(1)',
  ),
  fc.webUrl(),
  fc.string(),
);
const word = fc.oneof(
  fc.constantFrom(
    'peace',
    '平和',
    '「平和」',
    'これは',
    '。',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\r\n',
    '\t',
    '\u00a0',
    '\u3000',
    '\\',
    '\\\n',
    '  \n',
    '&lt;',
    '&#0;',
    '&#x110000;',
    '&amp;lt;',
    '<',
    '>',
    '"',
    "'",
    '`',
    '``',
    '*',
    '**',
    '***',
    '_',
    '__',
    '[',
    ']',
    '(',
    ')',
    '!',
    '#',
    '# ',
    '---',
    '===',
    '> ',
    '- ',
    '1. ',
    '0) ',
    '999999999. ',
    '    ',
    '|',
    '\n|a|b|\n|-|:-:|\n',
    '|-|\n',
    ':',
    '[^a]',
    '[^b]',
    '\n\n[^a]: ',
    '\n\n[^__proto__]: x[^a]\n\n',
    '\u0000',
    '\u202e',
    '\ud800',
    '😀',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">',
    '</a>',
    '<iframe srcdoc="<script>alert(1)</script>">',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?php',
    '<!DOCTYPE html>',
    '<style>',
    '<textarea>',
    '</p>',
    '<b>',
    '<div>\n',
    '<details open ontoggle=alert(1)>',
    '<math><mtext></mtext>',
    '{{constructor}}',
    '<x onclick=alert(1)>',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const { markdown: fragment } = fc.letrec<{ markdown: string; piece: string }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 3, depthSize: 'xsmall' },
    { weight: 5, arbitrary: word },
    fc.tuple(tie('markdown'), target).map(([label, to]) => `[${label}](${to})`),
    fc.tuple(tie('markdown'), target).map(([label, to]) => `![${label}](<${to}> "title")`),
    fc
      .tuple(tie('markdown'), target, word)
      .map(([label, to, title]) => `[${label}](<${to}> '${title}')`),
    target.map((to) => `<${to}>`),
    fc
      .tuple(fc.constantFrom('a', 'b', 'ß', '__proto__', 'toString'), target)
      .map(
        ([label, to]) =>
          `\n\n[${label}]: ${to} "onclick=x"\n\n[${label}] ![${label}][] [x][${label}]`,
      ),
    fc
      .tuple(fc.constantFrom('*', '_', '**', '__', '***', '`', '``', '"', '~~'), tie('markdown'))
      .map(([mark, inside]) => `${mark}${inside}${mark}`),
    fc
      .tuple(
        fc.constantFrom('> ', '- ', '* ', '1. ', '7) ', '# ', '    ', '\t', '> - '),
        tie('markdown'),
      )
      .map(
        ([mark, inside]) => `\n${mark}${inside.replaceAll('\n', `\n${' '.repeat(mark.length)}`)}\n`,
      ),
    fc
      .tuple(fc.constantFrom('div', 'script', 'p', 'pre', 'x-y'), tie('markdown'))
      .map(([name, inside]) => `\n<${name} onclick="alert(1)">\n${inside}\n</${name}>\n`),
    tie('markdown').map((inside) => `${inside}\n===\n`),
    fc
      .tuple(fc.constantFrom('```', '~~~'), target, tie('markdown'))
      .map(([fence, info, inside]) => `\n${fence} ${info}\n${inside}\n${fence}\n`),
  ),
  markdown: fc.array(tie('piece'), { minLength: 1, maxLength: 2 }).map((pieces) => pieces.join('')),
}));

const ordinary =
  'The undersigned write to *you* about [this](https://example.org/a) and **that**, again.\n\n'
    .repeat(600)
    .slice(0, LONGEST);

/** In milliseconds. */
function timeOf(markdown: string): number {
  const start = performance.now();
  rendered(letterTree(markdown));
  return performance.now() - start;
}

/** The longest of three measurements after a first, since other tests run concurrently. */
const ordinaryTime = Math.max(...[1, 2, 3, 4].map(() => timeOf(ordinary)).slice(1));

describe('the Markdown parser, whatever is typed,', () => {
  it('produces only allowed elements and properties, links to the open web, and no scripts', () => {
    const input = fc.oneof(
      { weight: 4, arbitrary: fragment },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
    );
    fc.assert(
      fc.property(
        fc.array(input, { minLength: INPUTS_A_TEXT, maxLength: INPUTS_A_TEXT }),
        (inputs) => {
          const tree = letterTree(inputs.join('\n\n'));
          const markup = rendered(tree);
          // One assertion per run, since `expect` is slower than the parser.
          const faults = [
            ...faultsOf(tree),
            ...tagsOf(markup).filter((tag) => !TAG.test(tag)),
            ...(markup.replace(TAGS, '').match(/[<>]/g) ?? []),
          ];
          if (faults.length > 0) expect(faults).toEqual([]);
        },
      ),
      { numRuns: INPUTS / INPUTS_A_TEXT },
    );
  }, 300_000);

  it.each([
    ['nested quotations', '>'.repeat(LONGEST)],
    ['nested lists', '- '.repeat(LONGEST / 2)],
    ['nested numbered lists', '1. '.repeat(LONGEST / 3)],
    ['unclosed emphasis', '*a'.repeat(LONGEST / 2)],
    ['nested strong emphasis', `${'**'.repeat(LONGEST / 4)}a${'**'.repeat(LONGEST / 4)}`],
    [
      'nested images',
      `[x]: https://example.org\n\n${'!['.repeat(LONGEST / 5)}x${'](a)'.repeat(LONGEST / 5)}`,
    ],
    ['deep quotations on many lines', `${'>'.repeat(8)} a\n\n`.repeat(LONGEST / 11)],
    ['lines that continue a deep quotation', `${'>'.repeat(30)}a\n${'a\n'.repeat(LONGEST / 2)}`],
    ['lists in lists', '* a\n  * b\n    1. c\n'.repeat(LONGEST / 20)],
    ['brackets', '[[a]'.repeat(LONGEST / 4)],
    ['headings', '# a\n'.repeat(LONGEST / 4)],
    ['backticks', '\\``'.repeat(LONGEST / 3)],
    ['brackets after an address', `https://example.org/${')'.repeat(LONGEST)}`],
    ['addresses', 'https://a.b('.repeat(LONGEST / 12)],
    ['closing brackets', '\n.]'.repeat(LONGEST / 3)],
    ['less-than signs', ':<\n'.repeat(LONGEST / 3)],
    ['underlines', '=\n'.repeat(LONGEST / 2)],
    ['tables', '|a|\n|-|\n|b|\n\n'.repeat(LONGEST / 14)],
    ['rows without cells', `|a\n|-\n${'|\n'.repeat(LONGEST / 2)}`],
    ['rows that end no row', '|-\n'.repeat(LONGEST / 3)],
    ['rows with marks', `|a|\n|-|\n${`|${'[a'.repeat(100)}|\n`.repeat(LONGEST / 203)}`],
    ['columns', `${'|a'.repeat(8_000)}\n${'|-'.repeat(8_000)}\n${'|\n'.repeat(9_000)}`],
    [
      'notes',
      Array.from({ length: 2_500 }, (_, index) => `[^${index}]: b [^${index + 1}]\n\n`).join(''),
    ],
    ['notes in notes', '[^a]: '.repeat(LONGEST / 6)],
    ['lines that continue a note', `[^a]: x\n${'y\n'.repeat(LONGEST / 2)}`],
    ['references to a note', `[^a]: b\n\n${'[^a] \n\n'.repeat(LONGEST / 7)}`],
    ['halves of references', '[^'.repeat(LONGEST / 2)],
    ['underlined lines', 'a\n=\n'.repeat(LONGEST / 4)],
  ])(
    'takes at most 30 times as long as for an ordinary letter when the text is full of %s',
    (_what, markdown) => {
      const text = markdown.slice(0, LONGEST);
      expect(faultsOf(letterTree(text))).toEqual([]);
      // Without markdown-limits.ts most of these take 40 to 500 times as long as a letter.
      const limit = ordinaryTime * 30;
      const time = timeOf(text);
      // A second chance, since other tests run concurrently.
      expect(time < limit ? time : timeOf(text)).toBeLessThan(limit);
    },
    120_000,
  );
});

describe('the Markdown parser', () => {
  it.each([
    [
      'paragraphs, emphasis and links into their elements',
      'A *b* **c** [d](https://example.org/?a=1).\n\nE',
      '<p>A <em>b</em> <strong>c</strong> <a href="https://example.org/?a=1">d</a>.</p><p>E</p>',
    ],
    [
      'lists and quotations into their elements',
      '- a\n  1. b\n\n> c\n\n3. d',
      '<ul><li>a<ol><li>b</li></ol></li></ul><blockquote><p>c</p></blockquote><ol start="3"><li>d</li></ol>',
    ],
    ['hard line breaks into br elements', 'a\\\nb  \nc', '<p>a<br/>b<br/>c</p>'],
    ['a heading into a strong paragraph', '## A *b*', '<p><strong>A <em>b</em></strong></p>'],
    [
      'an image into its alternative text',
      '![a flag](https://example.org/flag.png)',
      '<p>a flag</p>',
    ],
    ['code into text', '`a` b\n\n```\nc\nd\n```', '<p>a b</p><p>c<br/>d</p>'],
    ['a rule into nothing', 'a\n\n---\n\nb', '<p>a</p><p>b</p>'],
    [
      'HTML into text as typed',
      '<b>a</b>\n\n<div>b</div>',
      '<p>&lt;b&gt;a&lt;/b&gt;</p><p>&lt;div&gt;b&lt;/div&gt;</p>',
    ],
    ['an indented line into a paragraph', '    a', '<p>a</p>'],
    [
      'a refused link into its text',
      '[a](javascript:x) [b](//example.org) [c](https://d:e@example.org) <data:x>',
      '<p>a b c data:x</p>',
    ],
    [
      'bare addresses into links, without the punctuation around them',
      'See https://example.org/a_b?c=1. (https://example.org/d_(e)) https://例え.jp',
      '<p>See <a href="https://example.org/a_b?c=1">https://example.org/a_b?c=1</a>. (<a href="https://example.org/d_(e)">https://example.org/d_(e)</a>) https://例え.jp</p>',
    ],
    [
      'bare addresses within Japanese text into links',
      '詳しくはhttps://example.org/をご覧ください。',
      '<p>詳しくは<a href="https://example.org/">https://example.org/</a>をご覧ください。</p>',
    ],
    [
      'no part of an address that continues in another script into a link',
      'https://bücher.de/a https://p\u0430ypal.com/ https://wwwのexample.org https://ex\u200bample.org https://www.日本.jp https://a.org/日本語/パス https://a.org/__init__.py http://a https:///b',
      '<p>https://bücher.de/a https://p\u0430ypal.com/ https://wwwのexample.org https://ex\u200bample.org https://www.日本.jp https://a.org/日本語/パス https://a.org/<strong>init</strong>.py http://a https:///b</p>',
    ],
    [
      'two addresses separated by a comma into two links',
      'https://a.org,https://b.org/c',
      '<p><a href="https://a.org">https://a.org</a>,<a href="https://b.org/c">https://b.org/c</a></p>',
    ],
    [
      'no bare address with a password or another scheme into a link',
      'https://a:b@example.org ftp://example.org xhttps://example.org',
      '<p>https://a:b@example.org ftp://example.org xhttps://example.org</p>',
    ],
    [
      'a table into its elements',
      '| 年 | n |\n| --- | ---: |\n| 2019 | **5** |',
      '<table><thead><tr><th>年</th><th style="text-align:right">n</th></tr></thead><tbody><tr><td>2019</td><td style="text-align:right"><strong>5</strong></td></tr></tbody></table>',
    ],
    [
      'a table with rows of unequal length into all of its cells, and a first row without text into none',
      '||\n|-|\n|a|b|\n|c|',
      '<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>',
    ],
    [
      'footnotes into numbers, in the order of the text, and notes at the end',
      'A[^x] b[^1] c[^x].\n\n[^1]: one\n\n[^x]: two\n\n    more\n\nD',
      '<p>A<sup data-note="1" data-use="1">1</sup> b<sup data-note="2" data-use="1">2</sup> c<sup data-note="1" data-use="2">1</sup>.</p><p>D</p><section><ol><li data-note="1" data-uses="2"><p>two</p><p>more</p></li><li data-note="2" data-uses="1"><p>one</p></li></ol></section>',
    ],
    [
      'a note without a reference, and a second note of the same name, into notes: no text is lost',
      '[^u]: unused\n\na[^b]\n\n[^b]: c\n\n[^b]: d',
      '<p>a<sup data-note="1" data-use="1">1</sup></p><section><ol><li data-note="1" data-uses="1"><p>c</p></li><li data-note="2" data-uses="0"><p>unused</p></li><li data-note="3" data-uses="0"><p>d</p></li></ol></section>',
    ],
    [
      'a reference without a note into text, and one within a link behind it',
      'a[^no] [b[^1]](https://example.org/)\n\n[^1]: c',
      '<p>a[^no] <a href="https://example.org/">b</a><sup data-note="1" data-use="1">1</sup></p><section><ol><li data-note="1" data-uses="1"><p>c</p></li></ol></section>',
    ],
    [
      'a line end after a reference between Japanese characters into nothing',
      '日本[^1]\n語\n\n[^1]: 注',
      '<p>日本<sup data-note="1" data-use="1">1</sup>語</p><section><ol><li data-note="1" data-uses="1"><p>注</p></li></ol></section>',
    ],
    [
      'the rest of GFM into text as typed: strikethrough, tasks, addresses without a scheme',
      '~~a~~ www.example.org a@example.org\n\n- [ ] b',
      '<p>~~a~~ www.example.org a@example.org</p><ul><li>[ ] b</li></ul>',
    ],
    [
      'emphasis next to Japanese punctuation into emphasis',
      'これは**「重要」**です。',
      '<p>これは<strong>「重要」</strong>です。</p>',
    ],
    [
      'asterisks and underscores within English words into text, as CommonMark does',
      'a**"b"**c snake_case_name',
      '<p>a**&quot;b&quot;**c snake_case_name</p>',
    ],
    [
      'line ends into spaces, except between Japanese characters',
      '日本\n語と\nEnglish\nwords',
      '<p>日本語と English words</p>',
    ],
    [
      'ideographic spaces that indent a paragraph into nothing',
      '　平和を　願う',
      '<p>平和を　願う</p>',
    ],
  ])('turns %s', (_what, markdown, markup) => {
    expect(rendered(letterTree(markdown))).toBe(markup);
  });

  it('reads a letter whose tables and notes are full of links', () => {
    const link = '[a](https://example.org/a_b)';
    const rows = Array.from({ length: 90 }, (_, row) => `| ${row} | ${link} |`);
    const notes = Array.from({ length: 90 }, (_, note) => `[^${note}]: ${link}`);
    const table = ['', '| n | source |', '| --- | --- |', ...rows, '', ''].join('\n');
    expect(rendered(letterTree(table + notes.join('\n'))).match(/<a /g)).toHaveLength(180);
  });

  it('gives a letter’s tables and notes without markup, their cells and numbers apart', () => {
    expect(plainText('2019[^1]\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[^1]: c')).toBe(
      '2019[1]\n\na\tb\n1\t2\n\n[1] c',
    );
  });

  it('also gives a letter’s text without markup', () => {
    expect(plainText('# A *b*\n\n- c\n- [d](https://example.org)\\\ne')).toBe('A b\n\nc\n\nd\ne');
  });
});
