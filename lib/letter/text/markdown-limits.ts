/*
 * Parsing takes quadratic time in the depth of nesting and in the number of unmatched marks: a
 * hostile text of 50,000 characters could block a server for a minute. These limits are far beyond
 * any letter and keep the worst case to a second or two.
 */
const MARKS_IN_A_BLOCK = 250;
const DEPTH_OF_A_LINE = 32;
const DEPTH_OF_ALL_LINES = 3_000;
const UNDERLINES = 100;
/** Beyond any page; more could not be printed either. */
export const COLUMNS = 40;

/**
 * A line of `=` only, which may underline a heading. The parser scans the whole paragraph for each
 * one.
 */
const UNDERLINE = /^ {0,3}=+[ \t]*$/;
/** A bullet or the label of a note, which can only begin a block of their own. */
const BEGINS = /^ {0,3}(?:[*+-]|\[\^[^\]\s]{1,999}\]:)[ \t]+\S/;
/** A row of a table as it is usually written, between pipes. */
const ROW = /^ {0,3}\|/;
/** Marks that begin a list, a quotation or a note, whose lines the parser compares with all of it. */
const CONTAINER_MARKS = /^(?:[ \t]|[>*+-]|\d{1,9}[.)]|\[\^[^\]\s]{1,999}\]:)*/;
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * An upper bound on how deeply a line is nested in lists, quotations and notes: its marks, plus one level
 * per two spaces.
 */
function depthOf(line: string): number {
  const start = CONTAINER_MARKS.exec(line)![0];
  return (
    count(start, /[>*+-]|\d+[.)]|\]:/g) +
    Math.floor(count(start, / /g) / 2) +
    count(start, /\t/g) * 2
  );
}

/** The cells of a row; an escaped pipe separates none. */
const cellsOf = (row: string) =>
  row
    .replace(/\\[\\|]/g, '')
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|');

/** Whether a line makes a head of the row before it. */
const isDelimiterOf = (head: string, line: string) => {
  const cells = cellsOf(line);
  return (
    cells.every((cell) => /^[ \t]*:?-+:?[ \t]*$/.test(cell)) &&
    cells.length === cellsOf(head).length
  );
};

/**
 * Whether parsing a Markdown text could take too long, judged by its nesting and its number of
 * marks.
 */
export function asksTooMuch(markdown: string): boolean {
  let total = 0;
  let depth = 0;
  let marks = 0;
  let underlines = 0;
  let inTable = false;
  let [before, last] = ['', ''];
  for (const line of markdown.split(/\r\n?|\n/)) {
    const ends = line.trim() === '';
    // A line without marks may continue the line above it, at that line's depth.
    depth = ends ? 0 : Math.max(depth, depthOf(line));
    // The rows of a table are blocks, too; but only lines that are sure to be rows count as such.
    const isRow = ROW.test(line);
    inTable =
      isRow && (inTable || (before.trim() === '' && ROW.test(last) && isDelimiterOf(last, line)));
    [before, last] = [last, line];
    marks =
      (ends || inTable || BEGINS.test(line) ? 0 : marks) + count(line, /[*_[\]<&\\]|!(?=\[)|`+/g);
    total += depth;
    if (UNDERLINE.test(line)) underlines += 1;
    if (
      depth > DEPTH_OF_A_LINE ||
      total > DEPTH_OF_ALL_LINES ||
      marks > MARKS_IN_A_BLOCK ||
      underlines > UNDERLINES ||
      count(line, /\|/g) > COLUMNS + 1
    )
      return true;
  }
  return false;
}
