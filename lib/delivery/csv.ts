import { stringify } from 'csv-stringify/sync';
import type { ByLanguage } from '@/lib/platform/languages';

/** An organization's line; all words are in the file's language. */
export interface SignatoryRow {
  /** Its place in the list, from 1. */
  number: number;
  names: ByLanguage;
  /** "yes" for a coordinating organization, "" for others. */
  coordinating: string;
  /** What is to be said of it: that it signed an earlier text, or was added after delivery. */
  note: string | null;
}

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\u2212]/;
/** What does not keep a formula from being one, before it. */
const BEFORE = /^[\s\p{Default_Ignorable_Code_Point}]+/u;

/**
 * A cell of one line that no spreadsheet takes for a formula: an apostrophe, which shows it as text, goes before (OWASP,
 * "CSV Injection"). Signs in full width and small ones count, too, and so does a sign behind white space. csv-stringify's
 * `escape_formulas` lets the last pass, and it does not quote a lone line feed where lines end in CR LF.
 */
function cell(value: string | null): string {
  const text = (value ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  // The first character by itself: with the mark behind it, NFKC may make another sign of it (`=` and U+0338: ≠).
  const [first = ''] = text.replace(BEFORE, '');
  return FORMULA.test(first.normalize('NFKC')) ? `'${text}` : text;
}

/** The columns' names, those of names by language. */
export interface CsvHeader extends Record<'number' | 'coordinating' | 'note', string> {
  names: ByLanguage;
}

/**
 * The list of signatories as CSV that Excel opens correctly in Japanese and English: UTF-8 with a byte order mark, lines
 * ending in CR LF (RFC 4180).
 * @param others how many are counted but not named, in words; null when there are none. Its line has a note and no names.
 */
export function signatoriesCsv(
  rows: SignatoryRow[],
  header: CsvHeader,
  others: string | null,
): string {
  const languages = Object.keys(header.names);
  const line = (
    number: string | number,
    names: ByLanguage,
    coordinating: string | null,
    note: string | null,
  ) => [
    number,
    ...languages.map((language) => cell(names[language] ?? null)),
    cell(coordinating),
    cell(note),
  ];
  return stringify(
    [
      line(cell(header.number), header.names, header.coordinating, header.note),
      ...rows.map(({ number, names, coordinating, note }) =>
        line(number, names, coordinating, note),
      ),
      ...(others === null ? [] : [line('', {}, null, others)]),
    ],
    { bom: true, record_delimiter: '\r\n' },
  );
}
