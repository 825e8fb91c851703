import type { Visibility } from '@/lib/platform/db/generated/enums';
import { byLanguage, type ByLanguage, type Language } from '@/lib/platform/languages';
import { openText, sealText } from '@/lib/platform/sealing';

/** An organization's names by language, and the reading of its Japanese name. */
export interface Names {
  names: ByLanguage;
  /** In kana; null if there is no Japanese name or its reading is unknown. */
  reading: string | null;
}

/** A row of `organization_name` or `endorsement_name`. */
export interface NameRow {
  language: Language;
  name: string;
  reading: string | null;
}

/** The Prisma selection for {@link namesOf}. */
export const nameFields = { language: true, name: true, reading: true } as const;

/** Names from their rows, opened if they are sealed. */
export function namesOf(rows: readonly NameRow[]): Names {
  return openNames({
    names: byLanguage(rows, ({ name }) => name),
    reading: rows.find(({ language }) => language === 'ja')?.reading ?? null,
  });
}

const each = (
  { names, reading }: Names,
  change: (text: string) => string,
): Names & { names: ByLanguage } => ({
  names: Object.fromEntries(
    Object.entries(names).map(([language, name]) => [language, change(name)]),
  ),
  reading: reading === null ? null : change(reading),
});

/** Names as they may stand in the database: sealed if they are withheld. */
export const storedNames = (names: Names, visibility: Visibility): Names =>
  visibility === 'withheld' ? each(names, sealText) : names;

/** The reverse of {@link storedNames}. */
export const openNames = (names: Names): Names => each(names, openText);

/** Names as rows; the reading is stored with the Japanese one. */
export function nameRows({ names, reading }: Names): NameRow[] {
  return Object.entries(names).map(([language, name]) => ({
    language,
    name,
    reading: language === 'ja' ? reading : null,
  }));
}
