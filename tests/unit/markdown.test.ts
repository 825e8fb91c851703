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

const BLOCKS = ['p', 'blockquote', 'ul', 'ol', 'li'];
const INLINE = ['em', 'strong', 'a', 'br'];

/** The HTML of the page (components/letter/text/markdown.tsx). */
const rendered = (tree: Root) => renderToStaticMarkup(toJsxRuntime(tree, { Fragment, jsx, jsxs }));

/** What is wrong with a letter's tree, or undefined. */
function faultsOf(tree: Root): string[] {
  const faults: string[] = [];
  const look = (node: RootContent, parent: string, inLink: boolean) => {
    if (node.type === 'text') {
      if (['root', 'blockquote', 'ul', 'ol'].includes(parent)) faults.push(`text in ${parent}`);
      if (node.value === '' || node.value.includes('\n'))
        faults.push('an empty text or a line break in one');
      return;
    }
    if (node.type !== 'element') return void faults.push(node.type);
    const { tagName, properties, children } = node;
    if (![...BLOCKS, ...INLINE].includes(tagName)) faults.push(tagName);
    if ((tagName === 'li') !== ['ul', 'ol'].includes(parent))
      faults.push(`${tagName} in ${parent}`);
    if (BLOCKS.includes(tagName) && ['p', ...INLINE].includes(parent))
      faults.push(`${tagName} in ${parent}`);
    if (INLINE.includes(tagName) && ['root', 'blockquote'].includes(parent))
      faults.push(`${tagName} in ${parent}`);
    if (tagName === 'a' && inLink) faults.push('a link in a link');
    const { href, start, ...more } = properties;
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
  /^<\/?(?:p|em|strong|ul|li|blockquote|br\/|ol(?: start="\d+")?|a(?: href="(?:https?:\/\/|mailto:)[^"<>]*")?)>$/i;

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
    ':',
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

/** The minimum of two measurements, since other tests run concurrently. */
function timeOf(markdown: string): number {
  const times = [1, 2].map(() => {
    const start = performance.now();
    rendered(letterTree(markdown));
    return performance.now() - start;
  });
  return Math.min(...times);
}

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
    ['underlined lines', 'a\n=\n'.repeat(LONGEST / 4)],
  ])(
    'takes at most 30 times as long as for an ordinary letter when the text is full of %s',
    (_what, markdown) => {
      const text = markdown.slice(0, LONGEST);
      expect(faultsOf(letterTree(text))).toEqual([]);
      // Without markdown-limits.ts most of these take 40 to 500 times as long as a letter.
      expect(timeOf(text)).toBeLessThan(timeOf(ordinary) * 30);
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

  it('also gives a letter’s text without markup', () => {
    expect(plainText('# A *b*\n\n- c\n- [d](https://example.org)\\\ne')).toBe('A b\n\nc\n\nd\ne');
  });
});
