import { named, records, words } from '@/lib/platform/csv';
import type { ByLanguage } from '@/lib/platform/languages';

/** Rows in a part of the file. */
const ROWS = 500;

/** The row of an organization; its words are in the language of the file. */
export interface SignatoryRow {
  /** Position in the list, from 1. */
  number: number;
  names: ByLanguage;
  /** The name of its category, if the list is divided into them. */
  category?: string;
  /** "yes" for a coordinating organization, "" for others. */
  coordinating: string;
  /** A remark: signed an earlier text, or was added after the delivery. */
  note: string | null;
}

/** The names of the columns; those of organizations' names by language. */
export interface CsvHeader extends Record<'number' | 'coordinating' | 'note', string> {
  names: ByLanguage;
  /** Null: the list is not divided into categories and has no such column. */
  category?: string | null;
}

/**
 * The list of signatories as CSV, part by part. Names come out as they went in after removing one apostrophe from
 * the beginning of a cell, if there is one.
 * @param others note for a last row without names, which says how many signatories are counted but
 * not named; null if none
 */
export function* signatoriesCsv(
  rows: SignatoryRow[],
  header: CsvHeader,
  others: string | null,
): Generator<string> {
  const languages = Object.keys(header.names);
  const line = (
    number: string | number,
    names: string[],
    category: string | null,
    coordinating: string | null,
    note: string | null,
  ) => [
    number,
    ...names,
    ...(header.category == null ? [] : [named(category)]),
    words(coordinating),
    words(note),
  ];
  const of = (names: ByLanguage) => languages.map((language) => named(names[language]));
  yield records([
    line(
      words(header.number),
      Object.values(header.names).map(words),
      header.category ?? null,
      header.coordinating,
      header.note,
    ),
  ]);
  const more = (lines: ReturnType<typeof line>[]) => records(lines, { isBeginning: false });
  for (let from = 0; from < rows.length; from += ROWS)
    yield more(
      rows
        .slice(from, from + ROWS)
        .map(({ number, names, category = null, coordinating, note }) =>
          line(number, of(names), category, coordinating, note),
        ),
    );
  if (others !== null) yield more([line('', of({}), null, null, others)]);
}
