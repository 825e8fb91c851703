/*
 * Parsing takes quadratic time in the depth of nesting and in the number of unmatched marks: a
 * hostile text of 50,000 characters could block a server for a minute. These limits are far beyond
 * any letter and keep the worst case to a second or two.
 */
const MARKS_IN_A_BLOCK = 250;
const DEPTH_OF_A_LINE = 32;
const DEPTH_OF_ALL_LINES = 5_000;
const UNDERLINES = 100;

/**
 * A line of `=` only, which may underline a heading. The parser scans the whole paragraph for each
 * one.
 */
const UNDERLINE = /^ {0,3}=+[ \t]*$/;
/** A bullet that can only begin a list item, which is a block of its own. */
const BULLET = /^ {0,3}[*+-][ \t]+\S/;
const LIST_AND_QUOTATION_MARKS = /^(?:[ \t]|[>*+-]|\d{1,9}[.)])*/;
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * An upper bound on how deeply a line is nested in lists and quotations: its marks, plus one level
 * per two spaces.
 */
function depthOf(line: string): number {
  const start = LIST_AND_QUOTATION_MARKS.exec(line)![0];
  return (
    count(start, /[>*+-]|\d+[.)]/g) + Math.floor(count(start, / /g) / 2) + count(start, /\t/g) * 2
  );
}

/**
 * Whether parsing a Markdown text could take too long, judged by its nesting and its number of
 * marks.
 */
export function asksTooMuch(markdown: string): boolean {
  let total = 0;
  let depth = 0;
  let marks = 0;
  let underlines = 0;
  for (const line of markdown.split(/\r\n?|\n/)) {
    const ends = line.trim() === '';
    // A line without marks may continue the line above it, at that line's depth.
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
