import { stringify } from 'csv-stringify/sync';
import type { ByLanguage } from '@/lib/platform/languages';

/** The row of an organization; its words are in the language of the file. */
export interface SignatoryRow {
  /** Position in the list, from 1. */
  number: number;
  names: ByLanguage;
  /** "yes" for a coordinating organization, "" for others. */
  coordinating: string;
  /** A remark: signed an earlier text, or was added after the delivery. */
  note: string | null;
}

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

/** A cell with words of ours, which no spreadsheet evaluates. */
function words(value: string | null): string {
  const text = inOneLine(value);
  return isEvaluated(text) ? `'${text}` : text;
}

/** A cell with a name, which stays the text that it is in every spreadsheet (docs/csv.md). */
function named(value: string | undefined): string {
  const text = inOneLine(value);
  return isEvaluated(text) || isConverted(text) ? `'${text}` : text;
}

/** The names of the columns; those of organizations' names by language. */
export interface CsvHeader extends Record<'number' | 'coordinating' | 'note', string> {
  names: ByLanguage;
}

/**
 * The list of signatories as CSV that Excel opens correctly in Japanese and English: UTF-8 with a
 * byte order mark, records ending in CRLF (RFC 4180). Names come out as they went in after removing
 * one apostrophe from the beginning of a cell, if there is one.
 * @param others note for a last row without names, which says how many signatories are counted but
 * not named; null if none
 */
export function signatoriesCsv(
  rows: SignatoryRow[],
  header: CsvHeader,
  others: string | null,
): string {
  const languages = Object.keys(header.names);
  const line = (
    number: string | number,
    names: string[],
    coordinating: string | null,
    note: string | null,
  ) => [number, ...names, words(coordinating), words(note)];
  const of = (names: ByLanguage) => languages.map((language) => named(names[language]));
  return stringify(
    [
      line(
        words(header.number),
        Object.values(header.names).map(words),
        header.coordinating,
        header.note,
      ),
      ...rows.map(({ number, names, coordinating, note }) =>
        line(number, of(names), coordinating, note),
      ),
      ...(others === null ? [] : [line('', of({}), null, others)]),
    ],
    { bom: true, record_delimiter: '\r\n' },
  );
}
