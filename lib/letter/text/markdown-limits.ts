/*
 * The parser's time grows with the square of nesting and of unmatched marks: a hostile text of fifty thousand characters
 * could hold a server for a minute. These bounds are far beyond any letter and keep the worst case to a second or two.
 */
const MARKS_IN_A_BLOCK = 250;
const DEPTH_OF_A_LINE = 32;
const DEPTH_OF_ALL_LINES = 5_000;
const UNDERLINES = 100;

/** A line of nothing but `=` underlines a heading; each is looked for through the whole paragraph. */
const UNDERLINE = /^ {0,3}=+[ \t]*$/;
/** A list's item is a block of its own, as far as the bullet stands where nothing else can be meant. */
const BULLET = /^ {0,3}[*+-][ \t]+\S/;
const LIST_AND_QUOTATION_MARKS = /^(?:[ \t]|[>*+-]|\d{1,9}[.)])*/;
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** How deep a line may stand in lists and quotations: its marks, and two spaces for one. */
function depthOf(line: string): number {
  const start = LIST_AND_QUOTATION_MARKS.exec(line)![0];
  return (
    count(start, /[>*+-]|\d+[.)]/g) + Math.floor(count(start, / /g) / 2) + count(start, /\t/g) * 2
  );
}

/** Whether a Markdown text is nested or marked so heavily that parsing it would take long. */
export function asksTooMuch(markdown: string): boolean {
  let total = 0;
  let depth = 0;
  let marks = 0;
  let underlines = 0;
  for (const line of markdown.split(/\r\n?|\n/)) {
    const ends = line.trim() === '';
    // A line without marks goes on with the line above it, as deep as that is.
    depth = ends ? 0 : Math.max(depth, depthOf(line));
    marks = (ends || BULLET.test(line) ? 0 : marks) + count(line, /[*_[\]<&\\]|!(?=\[)|`+/g);
    total += depth;
    if (UNDERLINE.test(line)) underlines += 1;
    if (
      depth > DEPTH_OF_A_LINE ||
      total > DEPTH_OF_ALL_LINES ||
      marks > MARKS_IN_A_BLOCK ||
      underlines > UNDERLINES
    )
      return true;
  }
  return false;
}
