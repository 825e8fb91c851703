import type { Root } from 'hast';
import { describe, expect, it } from 'vitest';
import { markSuggestions } from '@/components/letter/text/paste/google';
import { pastedMarkdown } from '@/lib/letter/text/paste/paste';
import { treeOf } from '@/lib/letter/text/paste/html-tree';

const pasted = (html: string) => pastedMarkdown(treeOf(html));

/** Word's comment, as its mark in the text and as the text after the letter. */
const WORD_COMMENT = {
  mark: `<a style='mso-comment-reference:AB_1;mso-comment-date:20261101T0900'>the court</a><span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanchor id="_anchor_1" href="#_msocom_1" language=JavaScript name="_msoanchor_1">[AB1]</a><![endif]><span style='mso-special-character:comment'>&nbsp;</span></span></span>`,
  text: `<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff align=left size=1 width="33%"><![endif]><div style='mso-element:comment'><div id="_com_1" class=msocomtxt language=JavaScript><span style='mso-comment-author:"A B"'><a name="_msocom_1"></a></span><p class=MsoCommentText><span class=MsoCommentReference><a href="#_msoanchor_1" class=msocomoff>[AB1]</a></span>Are we sure? They are liars.</p></div></div></div>`,
};

describe('what a word processor has deleted, hidden or commented', () => {
  it.each([
    [
      'Word marks deletions twice, by a class and by an element',
      `<p class=MsoNormal>We call on <span class=msoDel><del cite="mailto:A" datetime="2026-11-01T09:00">the liars in</del></span><span class=msoIns><ins cite="mailto:A" datetime="2026-11-01T09:00">the members of</ins></span> the government.</p>`,
      'We call on the members of the government.',
      { deleted: 1 },
    ],
    [
      'Word for the web marks deletions by a class alone',
      `<p class="Paragraph SCXW1234 BCX0"><span class="TextRun SCXW1234 BCX0"><span class="NormalTextRun SCXW1234 BCX0">We call on </span></span><span class="TrackChangeTextDeletionMarker TrackedChange SCXW1234 BCX0"><span class="TextRun TrackChangeTextDeletion SCXW1234 BCX0" style="text-decoration:line-through"><span class="NormalTextRun SCXW1234 BCX0">the liars</span></span></span><span class="TextRun TrackedChange TrackChangeTextInsertion SCXW1234 BCX0"><span class="NormalTextRun SCXW1234 BCX0">the ministers</span></span><span class="EOP SCXW1234 BCX0">&nbsp;</span></p>`,
      'We call on the ministers',
      { deleted: 1 },
    ],
    [
      'LibreOffice marks deletions by an element',
      '<p class="western">We call on <del><font color="#c00">the liars</font></del><ins>the ministers</ins>.</p>',
      'We call on the ministers.',
      { deleted: 1 },
    ],
    [
      'others mark deletions by classes and roles',
      '<p>a <span class="Deletion">b</span><span class="ice-del">c</span><span class="ck-suggestion-marker-deletion">d</span><span role="deletion">e</span>f</p>',
      'a f',
      { deleted: 4 },
    ],
    [
      'text struck through stays, since its writer kept it',
      '<p>a <s>b</s> <span style="text-decoration:underline line-through">c <strike>d</strike></span> <span style="text-decoration:none">e</span></p>',
      'a b c d e',
      { struck: 2 },
    ],
    [
      'Word’s comments stand in the text and after it',
      `<p class=MsoNormal>We support ${WORD_COMMENT.mark}.</p>${WORD_COMMENT.text}`,
      'We support the court.',
      { comments: 2 },
    ],
    [
      'Google Docs’ comments are links and paragraphs',
      '<p>We support the court.<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><div style="border:1px solid black"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Are we sure?</span></p></div>',
      'We support the court.',
      { comments: 2 },
    ],
    [
      'text is hidden by inline styles and attributes',
      `<p>a<span style='display:none;mso-hide:all'>1</span><span style="visibility: hidden">2</span><span hidden>3</span><span style="font-size:0">4</span><span style="DISPLAY:NONE !important">5</span>b</p>`,
      'ab',
      { hidden: 5 },
    ],
    [
      'text is hidden by the classes of a style sheet',
      `<style><!-- /* Style Definitions */ p.MsoNormal, li.MsoNormal {margin:0in;} span.Secret\n\t{mso-style-name:Secret; mso-style-unhide:no; display:none; mso-hide:all;}\n@page WordSection1 {size:8.5in 11.0in;} @media print { .shown { display:none } } .other:hover {display:none} --></style><p class=MsoNormal>a <span class=Secret>the secret</span><span class=shown>b</span> <span class=other>c</span></p>`,
      'a b c',
      { hidden: 1 },
    ],
    [
      'headers and footers belong to the pages',
      `<div style='mso-element:header' id=h1><p class=MsoHeader>Draft 3, confidential</p></div><div title="header"><p>Confidential</p></div><p>a</p><div title="footer"><p>Page 1</p></div><div style='mso-element:footer'><p>1</p></div>`,
      'a',
      { margins: 4 },
    ],
    [
      'pictures and formulas cannot be pasted',
      '<p>a<img src="x.png" alt="A chart"></p><math><mi>x</mi></math>',
      'a',
      { pictures: 2 },
    ],
    [
      'what is deleted in lists and tables goes, too',
      '<ul><li>a</li><li><del>b</del></li></ul><table><tr><th>c</th><th>d</th></tr><tr class="msoDel"><td>e</td><td>f</td></tr><tr><td>g <del>h</del></td><td>i</td></tr></table>',
      '- a\n\n| c | d |\n| - | - |\n| g | i |',
      { deleted: 3 },
    ],
    [
      'nothing is said of empty elements',
      '<p>a<del></del><span style="display:none"> </span></p>',
      'a',
      {},
    ],
  ])('never reaches the letter: %s', (_what, html, markdown, notices) => {
    expect(pasted(html)).toEqual({ markdown, notices });
  });
});

describe('what Google Docs has suggested to delete', () => {
  /** A slice of a document, with `[`…`]` around suggested deletions. */
  const sliceOf = (marked: string) => {
    const places: (string[] | null)[] = [];
    let text = '';
    for (const character of marked) {
      if (character === '[') places[text.length] = ['suggest.1'];
      else if (character === ']') places[text.length] = [];
      else text += character;
    }
    const resolved = {
      dsl_spacers: text,
      dsl_suggestedinsertions: { sgsl_sugg: [[]] },
      dsl_suggesteddeletions: { sgsl_sugg: Array.from(places, (place) => place ?? null) },
    };
    return JSON.stringify({ dih: 1, data: JSON.stringify({ resolved }), dct: 'kix', ds: false });
  };
  const html = (...paragraphs: string[]) =>
    treeOf(
      `<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1">${paragraphs
        .map((text) => `<p dir="ltr">${text}</p>`)
        .join('<br>')}</b>`,
    );
  const markdownOf = (tree: Root) => pastedMarkdown(tree).markdown;

  it('never reaches the letter, wherever it begins and ends', () => {
    const tree = html(
      '<span>We call on the li</span><span style="font-weight:700">ars the ministers.</span>',
      '<span>Since 2019 we wait.</span>',
    );
    expect(
      markSuggestions(
        tree,
        sliceOf('We call on [the liars ]the ministers.\nSince [2019 ]we wait.'),
      ),
    ).toBe('marked');
    expect(markdownOf(tree)).toBe('We call on **the ministers.**\n\nSince we wait.');
  });

  it('is not looked for where there is none', () => {
    const tree = html('<span>a</span>');
    expect(markSuggestions(tree, sliceOf('something else'))).toBe('marked');
    expect(markdownOf(tree)).toBe('a');
  });

  it('is unknown where the browser does not hand over the slice', () => {
    for (const slice of ['', '{', 'null', '{"data":"[]"}'])
      expect(markSuggestions(html('<span>a</span>'), slice)).toBe('unknown');
  });

  it('stops the paste where it cannot be found in the text', () => {
    expect(markSuggestions(html('<span>a b</span>'), sliceOf('a [c] b'))).toBe('refused');
    expect(markSuggestions(html('<span>a</span>'), sliceOf('a [b]'))).toBe('refused');
  });
});
