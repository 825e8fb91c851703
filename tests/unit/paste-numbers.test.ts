import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { describe, expect, it } from 'vitest';
import { pastedMarkdown } from '@/lib/letter/text/paste/paste';
import { letterTree, plainText } from '@/lib/letter/text/markdown';
import { treeOf } from '@/lib/letter/text/paste/html-tree';

const pasted = (html: string) => pastedMarkdown(treeOf(html));
/** The Markdown of a paragraph, without the backslashes before its brackets. */
const read = (html: string) => pasted(`<p>${html}</p>`).markdown.replaceAll('\\', '');

describe('raised and lowered text', () => {
  it.each([
    // Footnote marks
    ['Since 2019<sup>1</sup> some 500<sup>2,3</sup> people', 'Since 2019[1] some 500[2,3] people'],
    ['2019年<sup>1</sup>に<sup>注2</sup>', '2019年[1]に[注2]'],
    ['2019<sup>1)</sup> 2020<sup>(2)</sup> 2021<sup>[3]</sup>', '2019[1] 2020[2] 2021[3]'],
    ['the court<sup>a</sup><sup>, </sup><sup>b</sup> 9<sup>1</sup>', 'the court[a, b] 9[1]'],
    ['2019<sup>*</sup> 2020<sup>†</sup>', '2019* 2020†'],
    ['500<span style="vertical-align:super;font-size:0.6em">1</span>0', '500[1]0'],
    ['500<span style="mso-text-raise:4.0pt;position:relative;top:-4.0pt">1</span>', '500[1]'],
    [
      '500<span class="TextRun Superscript SCXW1"><span class="NormalTextRun">1</span></span>',
      '500[1]',
    ],
    ['500<sup>1</sup> 000', '500[1] 000'],
    // Powers and units
    ['10<sup>6</sup> Bq', '10⁶ Bq'],
    ['3 × 10<sup>-6</sup>, 2<sup>n</sup>', '3 × 10⁻⁶, 2ⁿ'],
    ['5 m<sup>2</sup>, 5 km<sup>2</sup>, ５ｍ<sup>3</sup>', '5 m², 5 km², ５ｍ³'],
    ['Bq/m<sup>3</sup>, 5 m s<sup>−1</sup>', 'Bq/m³, 5 m s⁻¹'],
    ['E = mc<sup>2</sup>, x<sup>2</sup>', 'E = mc², x²'],
    ['210<sup>6</sup> and 1,10<sup>6</sup> and Tom<sup>2</sup>', '210[6] and 1,10[6] and Tom[2]'],
    // Chemistry
    ['CO<sub>2</sub>, H<sub>2</sub>SO<sub>4</sub>, Ca<sup>2+</sup>', 'CO₂, H₂SO₄, Ca²⁺'],
    ['CO<span style="vertical-align:sub">2</span>eq, <sup>137</sup>Cs', 'CO₂eq, [137]Cs'],
    ['v<sub>max</sub>', 'v[max]'],
    // Words
    ['the 1<sup>st</sup>, 2<sup>nd</sup> and XXI<sup>e</sup>', 'the 1st, 2nd and XXIe'],
    ['n<sup>o</sup> 5, Org<sup>TM</sup>, Org<sup>®</sup>', 'nº 5, Org™, Org®'],
    // What is not raised
    [
      '<span style="vertical-align:baseline">2019</span><span style="vertical-align:top">1</span>',
      '20191',
    ],
    ['<b>2019<sup>1</sup></b>', '**2019[1]**'],
  ])('is written so that no number changes: %s', (html, text) => {
    expect(read(html)).toBe(text);
  });

  it('never joins a number, whatever stands around it', () => {
    const piece = fc.constantFrom('2019', '10', 'm', '年', ' ', ',', '.', 'CO', '/', '5', 'a', '%');
    const raised = fc.constantFrom('1', '2', '2,3', '-1', '12', ' 1', '1 ', '[1]', '1)', 'a', '*');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(piece, fc.option(raised)), { minLength: 1, maxLength: 6 }),
        (pieces) => {
          const html = pieces.map(([text, up]) => text + (up ? `<sup>${up}</sup>` : '')).join('');
          const lone = pieces.map(([text, up]) => text + (up ? '\u0000' : '')).join('');
          const numbers = (text: string) => text.match(/[0-9]+/g)?.join(' ') ?? '';
          const said = plainText(pasted(`<p>${html}</p>`).markdown).replace(
            /\[[^\]]*\]/g,
            '\u0000',
          );
          expect(numbers(said.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|[*]/g, '\u0000'))).toBe(numbers(lone));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('footnotes and endnotes', () => {
  const WORD = (kind: 'ftn' | 'edn', mark: string, name: 'footnote' | 'endnote') =>
    `<p class=MsoNormal>Since 2019<a style='mso-${name}-id:${kind}1' href="#_${kind}1" name="_${kind}ref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference><span style='font-size:11.0pt'>[${mark}]</span></span><![endif]></span></span></a> some.</p>
<div style='mso-element:${name}-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]><div style='mso-element:${name}' id=${kind}1><p class=MsoFootnoteText><a style='mso-${name}-id:${kind}1' href="#_${kind}ref1" name="_${kind}1" title=""><span class=MsoFootnoteReference>[${mark}]</span></a> A <i>report</i>.</p></div></div>`;
  const SAID = 'Since 2019[^1] some.\n\n[^1]: A *report*.';

  it.each([
    ['Word’s footnotes', WORD('ftn', '1', 'footnote'), SAID],
    ['Word’s endnotes', WORD('edn', 'i', 'endnote'), SAID],
    [
      'LibreOffice’s',
      '<p>Since 2019<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> some.</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> A <i>report</i>.</p></div>',
      SAID,
    ],
    [
      'Google Docs’',
      '<p><span>Since 2019</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> some.</span></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;A </span><span style="font-style:italic">report</span><span>.</span></p></div>',
      SAID,
    ],
    [
      'those of a page of this product, whose links browsers make absolute',
      '<p>Since 2019<sup><a id="en-ref-1-1" href="https://example.org/en/letters/a#en-note-1" role="doc-noteref">1</a></sup> some.</p><section role="doc-endnotes"><ol><li id="en-note-1"><p>A <em>report</em>.</p><p><a href="https://example.org/en/letters/a#en-ref-1-1" role="doc-backlink"><span aria-hidden="true">↩</span></a></p></li></ol></section>',
      SAID,
    ],
  ])('become notes in Markdown with their text: %s', (_what, html, markdown) => {
    const { markdown: said, notices } = pasted(html);
    expect(said).toBe(markdown);
    expect(notices).toEqual({ notes: 1 });
    expect(plainText(said)).toBe('Since 2019[1] some.\n\n[1] A report.');
  });

  it('stay as numbers in brackets where only the text was copied', () => {
    const html = WORD('ftn', '1', 'footnote');
    expect(pasted(html.slice(0, html.indexOf('<div')))).toEqual({
      markdown: 'Since 2019\\[1] some.',
      notices: { loneNotes: 1 },
    });
    expect(
      pasted('<p>2019<a class="sdfootnoteanc" href="#sdfootnote1sym">1</a></p>').markdown,
    ).toBe('2019\\[1]');
  });

  it('get numbers that the letter does not have yet', () => {
    expect(pastedMarkdown(treeOf(WORD('ftn', '1', 'footnote')), 4).markdown).toBe(
      'Since 2019[^4] some.\n\n[^4]: A *report*.',
    );
  });

  it('can be referred to in emphasis, before brackets and twice', () => {
    const note = '<a href="#fn1" id="fnref1"><sup>1</sup></a>';
    expect(
      pasted(`<p><b>a${note}</b>(b)${note}</p><ol><li id="fn1">c <a href="#fnref1">↩</a></li></ol>`)
        .markdown,
    ).toBe('**a[^1]**(b)[^1]\n\n[^1]: c');
  });
});

describe('pasted tables', () => {
  it.each([
    [
      'become tables, with the head that is marked as one',
      '<table><thead><tr><td>Year</td><td align=right>n</td></tr></thead><tbody><tr><td>2019<sup>1</sup></td><td style="text-align:right"><b>5</b>|6</td></tr></tbody></table>',
      '| Year | n |\n| - | -: |\n| 2019\\[1] | **5**\\|6 |',
      { raised: 1 },
    ],
    [
      'have a head if all of the first row is strong',
      `<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>年</b></p></td><td><p class=MsoNormal><b>件</b></p></td></tr><tr><td><p class=MsoNormal>2019</p></td><td><p class=MsoNormal>5</p></td></tr></table>`,
      '| 年 | 件 |\n| - | - |\n| 2019 | 5 |',
      {},
    ],
    [
      'have an empty head otherwise: no row is made one that was none',
      '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>',
      '| | |\n| - | - |\n| a | b |\n| c | d |',
      {},
    ],
    [
      'keep the text of merged cells and of cells with several paragraphs, and say so',
      '<table><tr><th colspan=2>a</th></tr><tr><td rowspan=2>b</td><td><p>2019</p><p>500</p></td></tr><tr><td><ul><li>c</li><li>d</li></ul></td></tr></table>',
      '| a | |\n| - | - |\n| b | 2019 500 |\n| | c d |',
      { cells: 4 },
    ],
    [
      'of one column are paragraphs',
      '<table><tr><td>a</td></tr><tr><td>b</td></tr></table>',
      'a\n\nb',
      {},
    ],
  ])('%s', (_what, html, markdown, notices) => {
    const said = pasted(html);
    expect(said).toEqual({ markdown, notices });
    if (markdown.includes('|'))
      expect(letterTree(said.markdown).children).toMatchObject([{ tagName: 'table' }]);
  });

  it('and notes are the same when they are copied from a page and pasted again', () => {
    const markdown = '| a | b |\n| - | :-: |\n| 1 | *2* |\n\n| | |\n| - | - |\n| c | d |';
    const page = renderToStaticMarkup(toJsxRuntime(letterTree(markdown), { Fragment, jsx, jsxs }));
    expect(pasted(page).markdown).toBe(markdown);
  });
});

describe('pasted quotations and lists', () => {
  it.each([
    [
      'Word’s quotation styles become one quotation',
      '<p class=MsoNormal>He said:</p><p class=MsoQuote>One.</p><p class=MsoIntenseQuote>Two.</p><p class=MsoNormal>So.</p><p class=MsoQuote>Three.</p>',
      'He said:\n\n> One.\n>\n> Two.\n\nSo.\n\n> Three.',
    ],
    [
      'so do those of a Japanese Word, which names classes by number',
      '<style>p.a3 {mso-style-name:"引用文 2"; margin:0mm;}</style><p class=a3>一</p><p class=MsoNormal>二</p>',
      '> 一\n\n二',
    ],
    [
      'and of Word for the web, which names styles in the runs',
      '<div class="OutlineElement"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun" data-ccp-parastyle="Quote">One.</span></span></p></div><div class="OutlineElement"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun" data-ccp-parastyle="Normal">Two.</span></span></p></div>',
      '> One.\n\nTwo.',
    ],
    [
      'Word’s marks that Markdown does not have stay as they are written',
      ['一、', '①', '(1)', 'a.', '第1条', 'イ．']
        .map(
          (mark) =>
            `<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>x</p>`,
        )
        .join(''),
      '一、x\n\n①x\n\n(1) x\n\na. x\n\n第1条x\n\nイ．x',
    ],
    [
      'Word’s bullets in fonts of symbols are bullets, and its numbers numbers',
      `<p style='mso-list:l0 level1 lfo1'><span style='font-family:Wingdings'><span style='mso-list:Ignore'>v<span>&nbsp;</span></span></span>a</p><p style='mso-list:l0 level2 lfo1'><span style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span></span>b</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>３．</span>c</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>5.</span>d</p>`,
      '- a\n  - b\n\n3. c\n\n5) d',
    ],
    [
      'lists of letters and kanji keep the marks that the page showed',
      '<ol type="a"><li>x</li><li>y</li></ol><ol><li style="list-style-type:upper-roman" value="4">z</li></ol><ol style="list-style-type:cjk-ideographic" start="11"><li>w</li></ol>',
      'a. x\n\nb. y\n\nIV. z\n\n十一、w',
    ],
    [
      'Word for the web says what stands around its numbers',
      '<ol start="1"><li data-aria-level="1" data-leveltext="%1、">x</li></ol><ol start="2"><li data-aria-level="1" data-leveltext="(%1)">y</li></ol><ol start="3"><li data-aria-level="1" data-leveltext="%1.">z</li></ol>',
      '1、x\n\n(2) y\n\n3. z',
    ],
  ])('%s', (_what, html, markdown) => {
    const said = pasted(html).markdown;
    expect(said).toBe(markdown.replace(/^(\([0-9]\))/gm, '$1'));
  });
});
