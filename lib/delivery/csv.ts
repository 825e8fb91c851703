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

/**
 * A single-line cell that no spreadsheet evaluates: an apostrophe before a formula makes it text
 * (OWASP, "CSV Injection"). Full-width and small variants of the characters count, also after white
 * space, which csv-stringify's `escape_formulas` does not check. Line breaks are replaced because
 * csv-stringify does not quote a lone LF where records end in CRLF.
 */
function cell(value: string | null): string {
  const text = (value ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  // The first code point alone, since NFKC could compose it with a combining mark after it (`=` and
  // U+0338: ≠).
  const [first = ''] = text.replace(SKIPPED, '');
  return FORMULA.test(first.normalize('NFKC')) ? `'${text}` : text;
}

/** The names of the columns; those of organizations' names by language. */
export interface CsvHeader extends Record<'number' | 'coordinating' | 'note', string> {
  names: ByLanguage;
}

/**
 * The list of signatories as CSV that Excel opens correctly in Japanese and English: UTF-8 with a
 * byte order mark, records ending in CRLF (RFC 4180).
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
