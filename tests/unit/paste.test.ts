import fc from 'fast-check';
import type { Root, RootContent } from 'hast';
import { describe, expect, it } from 'vitest';
import { pastedMarkdown } from '@/lib/letter/text/paste/paste';
import { letterTree, plainText } from '@/lib/letter/text/markdown';
import { treeOf } from '@/lib/letter/text/paste/html-tree';

const pasted = (html: string) => pastedMarkdown(treeOf(html)).markdown;

const WORD_LIST = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal { margin: 0 } --></style></head><body lang=EN-US>
<!--StartFragment-->
<p class=MsoNormal>We&nbsp;&nbsp;call on the <b>Japanese
government</b> to:<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>protect the court<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp;</span></span><![endif]>its <i>judges</i></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·</span><![endif]>cite the <a href="https://www.icc-cpi.int/">court</a></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>&nbsp;</span></span><![endif]>third</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Note<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference>[1]</span></a> of <st1:place w:st="on">Tokyo</st1:place>.</p>
<!--EndFragment--></body></html>`;

describe('pasted HTML', () => {
  it.each([
    [
      'from Word, with lists that are paragraphs, links and emphasis',
      WORD_LIST,
      'We call on the **Japanese government** to:\n\n- protect the court\n  - its *judges*\n- cite the [court](https://www.icc-cpi.int/)\n\n3. third\n\nNote\\[1] of Tokyo.',
    ],
    [
      'from Word Online, with each list item in a list of its own and emphasis by styles',
      '<div class="OutlineElement"><p><span style="font-weight:bold">A</span><span style="font-weight:bold">&nbsp;B</span><span> c</span></p></div><div class="ListContainerWrapper"><ul><li data-aria-level="1"><p>one</p></li></ul></div><div class="ListContainerWrapper"><ol><li data-aria-level="2"><p>in one</p></li></ol></div><div class="ListContainerWrapper"><ul><li data-aria-level="1"><p>two</p></li></ul></div>',
      '**A B** c\n\n- one\n  1. in one\n- two',
    ],
    [
      'from Google Docs, with a bold element that is not bold and lists directly in lists',
      '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700;white-space:pre-wrap">Bold</span><span style="font-style:italic;font-weight:400"> and slanted</span></p><br><ul><li dir="ltr" aria-level="1"><p><span style="font-weight:400">a</span></p></li><ul><li aria-level="2"><p>b</p></li></ul><li><p>c</p></li></ul></b><br class="Apple-interchange-newline">',
      '**Bold** *and slanted*\n\n- a\n  - b\n- c',
    ],
    [
      'from LibreOffice and Pages, with paragraphs in list items and font elements',
      '<p style="line-height:100%"><font face="Liberation Serif"><i>x</i></font></p><ol start="4"><li><p>d</p></li><li><p>e</p><p>more</p></li></ol>',
      '*x*\n\n4. d\n\n5. e\n\n   more',
    ],
    [
      'from Outlook, with two line breaks between paragraphs',
      '<div>a<br>b<br><br>c<div>d</div></div>',
      'a\\\nb\n\nc\n\nd',
    ],
    [
      'from a web page, with headings, quotations and tables, without images and scripts',
      '<h2>Title <span style="font-weight:400">x</span></h2><blockquote><p>q</p></blockquote><table><tr><td>1<td>2</table><img src="x.png" alt="y"><script>alert(1)</script><hr><p style="display:none">hidden</p><pre>l1\nl2</pre>',
      '**Title x**\n\n> q\n\n| | |\n| - | - |\n| 1 | 2 |\n\nl1\\\nl2',
    ],
    [
      'links only if they lead to the web or a mail address',
      '<p><a href="javascript:alert(1)">a</a> <a href="/b">b</a> <a href="#c">c</a> <a href="mailto:d@example.org">d</a></p>',
      'a b c [d](mailto:d@example.org)',
    ],
    [
      'an address that is its own link text as an autolink',
      '<p><a href="https://example.org/a_b">https://example.org/a_b</a></p>',
      '<https://example.org/a_b>',
    ],
    [
      'Japanese, with line ends in the source, ruby text, and emphasis without spaces',
      '<p>　国際刑事\n裁判所は<b>「法の支配」</b>を<ruby>担<rp>(</rp><rt>にな</rt><rp>)</rp></ruby>う\u00ad。</p>',
      '国際刑事裁判所は**「法の支配」**を担（にな）う。',
    ],
    [
      'spaces at the edges of emphasis are moved out of it',
      '<p>a<b> b </b>c<i> </i>d<b></b></p>',
      'a **b** c d',
    ],
    [
      'emphasis next to and within emphasis',
      '<p><b>a<i>b</i></b> <i>c</i><b>d</b></p>',
      '**a*b*** _c_**d**',
    ],
    [
      'characters that Markdown would read as marks are escaped',
      '<p>2 * 3 * 4 [sic] _x_ #1</p><p># a</p><p>1. b</p><p>- c</p><p>3.5 - 4, e.g. (d) A & B! Really?</p>',
      '2 \\* 3 \\* 4 \\[sic] \\_x\\_ #1\n\n\\# a\n\n1\\. b\n\n\\- c\n\n3.5 - 4, e.g. (d) A & B! Really?',
    ],
    ['empty elements become an empty text', '<p>&nbsp;</p><ul><li></li></ul>', ''],
  ])('is converted to Markdown: %s', (_what, html, markdown) => {
    expect(pasted(html)).toBe(markdown);
  });

  it('has the same text when the Markdown is parsed again, whatever is pasted', () => {
    const name = fc.constantFrom(
      'p',
      'div',
      'span',
      'b',
      'i',
      'a',
      'ul',
      'ol',
      'li',
      'blockquote',
      'h2',
      'td',
      'pre',
      'u',
      'o:p',
    );
    const style = fc.constantFrom(
      '',
      'font-weight:700',
      'font-weight:normal',
      'font-style:italic',
      'mso-list:l0 level1 lfo1',
      'mso-list:l0 level3 lfo1',
      'color:red',
    );
    const href = fc.constantFrom(
      'https://example.org/(a)_b*',
      'https://例え.jp/?q=<x>&y="z"',
      'javascript:alert(1)',
      '#x',
      'mailto:a@example.org',
    );
    const value = fc.oneof(
      fc.constantFrom(
        '*',
        '_',
        '**',
        '[',
        '](',
        ')',
        '\\',
        '`',
        '```',
        '#',
        '1.',
        '2)',
        '-',
        '+',
        '>',
        '---',
        '===',
        '<b>',
        '&amp;',
        '&#65;',
        '!',
        '~~~',
        ' ',
        '\n',
        '\u00a0',
        '\u3000',
        'a',
        'b c',
        '平和',
        '「',
        '」',
        '。',
        '"',
        'https://example.org',
        '[a]: b',
        '[^a]',
        '[^1]: b',
        '|',
        '|-|',
        'a|b',
        ':-',
        '<https://example.org>',
        '![',
        '\u00ad',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    const { nodes } = fc.letrec<{ nodes: RootContent[]; node: RootContent }>((tie) => ({
      nodes: fc.array(tie('node'), { maxLength: 4 }),
      node: fc.oneof(
        { maxDepth: 5 },
        value.map((text): RootContent => ({ type: 'text', value: text })),
        fc.constant<RootContent>({ type: 'element', tagName: 'br', properties: {}, children: [] }),
        fc.record({ name, style, href, children: tie('nodes') }).map((made): RootContent => ({
          type: 'element',
          tagName: made.name,
          properties: { style: made.style, ...(made.name === 'a' && { href: made.href }) },
          children: made.children.filter((child) => child.type !== 'doctype'),
        })),
      ),
    }));
    const textOf = (node: Root | RootContent): string =>
      node.type === 'text'
        ? node.value
        : 'children' in node
          ? node.children.map(textOf).join('')
          : '';
    const seen = (text: string) =>
      text.replace(/[\s\u0000-\u001f\u007f\u0085\u00ad\u200b\u2060\ufeff]/g, '');
    fc.assert(
      fc.property(nodes, (children) => {
        const tree: Root = { type: 'root', children };
        const { markdown } = pastedMarkdown(tree);
        expect(seen(plainText(markdown))).toBe(seen(textOf(tree)));
        // Copying from the letter's page and pasting gives the same text.
        expect(plainText(pastedMarkdown(letterTree(markdown)).markdown)).toBe(plainText(markdown));
      }),
      { numRuns: 3_000 },
    );
  }, 60_000);
});
