/**
 * A BCP 47 language tag, such as `ja`. Texts, names and labels can be in any language; the database
 * validates tags.
 */
export type Language = string;

/** The languages offered by forms for texts, names and labels, in display order. */
export const LANGUAGES: readonly Language[] = ['ja', 'en'];

/** Values by language. Languages without a value have no member. */
export type ByLanguage<T = string> = Readonly<Record<Language, T>>;

/** Compares languages by their order in {@link LANGUAGES}, others after them by tag. */
export function inOrder(languages: Iterable<Language>): Language[] {
  const rank = (language: Language) =>
    LANGUAGES.includes(language) ? LANGUAGES.indexOf(language) : LANGUAGES.length;
  return [...languages].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Values by language in the order of {@link LANGUAGES}; null and empty ones are absent. */
export function present(values: Record<Language, string | null | undefined>): ByLanguage {
  return Object.fromEntries(
    inOrder(Object.keys(values)).flatMap((language): [string, string][] => {
      const value = values[language];
      return value ? [[language, value]] : [];
    }),
  );
}

/** The best available language for a reader: theirs, else the first. Null if there is none. */
export function preferredLanguage(said: ByLanguage<unknown>, reader: Language): Language | null {
  return said[reader] === undefined ? (inOrder(Object.keys(said))[0] ?? null) : reader;
}

/** The value in the reader's language, else in the first one, together with its language. */
export function preferred<T>(
  said: ByLanguage<T>,
  reader: Language,
): { language: Language; said: T } | null {
  const language = preferredLanguage(said, reader);
  const found = language === null ? undefined : said[language];
  return language === null || found === undefined ? null : { language, said: found };
}

/** Rows with a language, as an object by language. */
export function byLanguage<R extends { language: Language }, T>(
  rows: readonly R[],
  value: (row: R) => T,
): ByLanguage<T> {
  const found = new Map(rows.map((row) => [row.language, value(row)]));
  return Object.fromEntries(
    inOrder(found.keys()).map((language) => [language, found.get(language)!]),
  );
}

/**
 * The values typed into a form, together with the existing ones in languages that forms do not
 * offer: a form must not delete what it did not show.
 */
export function keepingUnoffered<T>(existing: ByLanguage<T>, typed: ByLanguage<T>): ByLanguage<T> {
  const unoffered = Object.entries(existing).filter(([language]) => !LANGUAGES.includes(language));
  const rows = [...unoffered, ...Object.entries(typed)].map(([language, value]) => ({
    language,
    value,
  }));
  return byLanguage(rows, ({ value }) => value);
}

/** Whether two objects by language are equal. */
export function sameByLanguage(a: ByLanguage, b: ByLanguage): boolean {
  return (
    Object.keys(a).length === Object.keys(b).length &&
    Object.entries(a).every(([language, value]) => b[language] === value)
  );
}

/** The name of a form field for one language: `title` in `ja` is `titleJa`. */
export function fieldIn(field: string, language: Language): string {
  return field + language.charAt(0).toUpperCase() + language.slice(1);
}

/** The name of a language in another: 英語, Japanese. */
export function languageName(language: Language, reader: Language): string {
  return new Intl.DisplayNames(reader, { type: 'language' }).of(language) ?? language;
}
