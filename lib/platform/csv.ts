import { stringify } from 'csv-stringify/sync';

/** Characters with which formulas begin in spreadsheets. */
const FORMULA = /^[=+\-@\u2212]/;
/** Characters that spreadsheets skip before a formula. */
const SKIPPED = /^[\s\p{Default_Ignorable_Code_Point}]+/u;
/** Truth values and errors, in the languages of most spreadsheets. */
const CONSTANT =
  /^(?:#.*|true|false|wahr|falsch|vrai|faux|verdadero|falso|verdadeiro|vero|waar|onwaar|sant|falskt|prawda|fałsz|истина|ложь)$/iu;

/** Whether a spreadsheet would evaluate a text, or take its first sign for a mark of its own. */
function isEvaluated(text: string): boolean {
  // The first code point alone, since NFKC could compose it with a combining mark after it (`=` and
  // U+0338: ≠).
  const [first = ''] = text.replace(SKIPPED, '');
  return text.startsWith("'") || FORMULA.test(first.normalize('NFKC'));
}

/**
 * Whether a spreadsheet could take a text for a number, a date, a time or a constant. Any digit
 * counts, since what else makes a date differs with the reader's language: `March 1`, `5月1日`,
 * `H5.5.1`.
 */
const isConverted = (text: string): boolean => /\p{Nd}/u.test(text) || CONSTANT.test(text.trim());

/** Line breaks become spaces: csv-stringify does not quote a lone LF where records end in CRLF. */
const inOneLine = (value: string | null | undefined): string =>
  (value ?? '').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** A cell with words of ours or an e-mail address, which no spreadsheet evaluates. */
export function words(value: string | null | undefined): string {
  const text = inOneLine(value);
  return isEvaluated(text) ? `'${text}` : text;
}

/** A cell with a name, which stays the text that it is in every spreadsheet (docs/csv.md). */
export function named(value: string | null | undefined): string {
  const text = inOneLine(value);
  return isEvaluated(text) || isConverted(text) ? `'${text}` : text;
}

/**
 * Records as CSV that Excel opens correctly in Japanese and English: UTF-8, with a byte order mark
 * where it begins, records ending in CRLF (RFC 4180).
 */
export function records(
  lines: (string | number)[][],
  { isBeginning = true }: { isBeginning?: boolean } = {},
): string {
  return stringify(lines, { bom: isBeginning, record_delimiter: '\r\n' });
}
