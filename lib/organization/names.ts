import { byLanguage, type ByLanguage, type Language } from '@/lib/platform/languages';

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

/** Names from their rows. */
export function namesOf(rows: readonly NameRow[]): Names {
  return {
    names: byLanguage(rows, ({ name }) => name),
    reading: rows.find(({ language }) => language === 'ja')?.reading ?? null,
  };
}

/** Names as rows; the reading is stored with the Japanese one. */
export function nameRows({ names, reading }: Names): NameRow[] {
  return Object.entries(names).map(([language, name]) => ({
    language,
    name,
    reading: language === 'ja' ? reading : null,
  }));
}
