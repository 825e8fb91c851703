import { preferred, type ByLanguage, type Language } from '@/lib/platform/languages';

/** Maximum number of categories of a letter, and length of a name of one in characters. */
export const CATEGORIES_MAX = 12;
export const CATEGORY_NAME_MAX = 80;
/** Maximum length of a category's id, a UUID. */
export const CATEGORY_ID_MAX = 36;

/** A category of signatories, such as national or international organizations. */
export interface Category {
  id: string;
  /** In at least one language. */
  names: ByLanguage;
}

interface Categorised {
  categories: readonly Category[];
}

/** The category with an id, or null if the letter has none such (any more). */
export const categoryOf = ({ categories }: Categorised, id: string | null): Category | null =>
  categories.find((category) => category.id === id) ?? null;

/**
 * The place of a category in the list, from 1; what is in none comes last. 0 everywhere in a letter
 * without categories.
 */
export function categoryPlace({ categories }: Categorised, id: string | null): number {
  const index = categories.findIndex((category) => category.id === id);
  return categories.length > 0 && index < 0 ? categories.length + 1 : index + 1;
}

/** A category's name for a reader, or null if the letter has none such. */
export function categoryName(
  letter: Categorised,
  id: string | null,
  language: Language,
): string | null {
  const category = categoryOf(letter, id);
  return category && (preferred(category.names, language)?.said ?? null);
}

/** A run of neighbours in one category; null: in none. */
export interface Group<T> {
  category: Category | null;
  items: T[];
}

/** Signatories in printed order by category; one group in a letter without categories. */
export function byCategory<T extends { category: string | null }>(
  letter: Categorised,
  items: readonly T[],
): Group<T>[] {
  const groups: Group<T>[] = [];
  for (const item of items) {
    const category = categoryOf(letter, item.category);
    const last = groups.at(-1);
    if (last && last.category?.id === category?.id) last.items.push(item);
    else groups.push({ category, items: [item] });
  }
  return groups;
}
