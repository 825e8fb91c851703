import { z } from 'zod';
import {
  CATEGORIES_MAX,
  CATEGORY_ID_MAX,
  CATEGORY_NAME_MAX,
  type Category,
} from '@/lib/letter/categories';
import { listSettingsSchema } from '@/lib/letter/list-settings';
import { bounded, carried, oneLine, readByLanguage } from '@/lib/platform/forms/fields';
import { fieldIn, LANGUAGES, type ByLanguage } from '@/lib/platform/languages';
import { holdsWebAddress } from '@/lib/platform/text/web-address';

/** All error codes of the form. Their messages are under `signatories.categories.errors`. */
export type CategoriesError =
  'tooLong' | 'controlCharacter' | 'webAddress' | 'sameName' | 'place' | 'inUse';

/** What becomes of the organizations of a category that is removed: they are in none. */
export const NOWHERE = 'none';

/** The rows of the form, by the end of their fields' names. */
export const ROWS = Array.from({ length: CATEGORIES_MAX }, (_, index) => index + 1);

/** The fields of a row: its name by language, its place, and where its organizations go. */
export const nameField = (row: number, language: string) => fieldIn(`category${row}`, language);
export const placeField = (row: number) => `place${row}`;
export const idField = (row: number) => `id${row}`;
export const moveField = (row: number) => `move${row}`;

/** A category as typed; `id` null: a new one. */
export interface TypedCategory {
  row: number;
  id: string | null;
  names: ByLanguage;
}

const fields = Object.fromEntries(
  ROWS.flatMap((row) => [
    ...LANGUAGES.map((language) => [nameField(row, language), oneLine(CATEGORY_NAME_MAX)] as const),
    [idField(row), bounded(CATEGORY_ID_MAX, (raw) => raw)] as const,
    [moveField(row), bounded(CATEGORY_ID_MAX, (raw) => raw)] as const,
    [placeField(row), bounded(4, (raw) => raw.trim())] as const,
  ]),
);

type Typed = Record<string, unknown>;

/** The fields are all text. */
const textOf = (typed: Typed, field: string) => typed[field] as string;
const namesIn = (typed: Typed, row: number) => readByLanguage(typed, `category${row}`);
const isEmpty = (names: ByLanguage) => Object.keys(names).length === 0;

function check(typed: Typed, context: z.RefinementCtx): void {
  const fail = (path: string, message: CategoriesError) =>
    context.addIssue({ code: 'custom', path: [path], message });
  for (const language of LANGUAGES) {
    const seen = new Set<string>();
    for (const row of ROWS) {
      const field = nameField(row, language);
      const name = textOf(typed, field);
      if (holdsWebAddress(name)) fail(field, 'webAddress');
      if (name && seen.has(name)) fail(field, 'sameName');
      seen.add(name);
    }
  }
  for (const row of ROWS)
    if (!/^(?:[1-9]\d?)?$/.test(textOf(typed, placeField(row)))) fail(placeField(row), 'place');
}

/** The categories in the order of their places, and where those of the emptied rows go. */
function read(typed: Typed) {
  const place = (row: number) => Number(textOf(typed, placeField(row)) || CATEGORIES_MAX + row);
  const filled = ROWS.map((row): TypedCategory => {
    const id = textOf(typed, idField(row)) || null;
    return { row, id, names: namesIn(typed, row) };
  });
  const moves = filled.flatMap(({ row, id, names }) =>
    id !== null && isEmpty(names) ? [{ row, id, to: textOf(typed, moveField(row)) || null }] : [],
  );
  return {
    categories: filled
      .filter(({ names }) => !isEmpty(names))
      .sort((a, b) => place(a.row) - place(b.row) || a.row - b.row),
    /** `to` null: nothing was chosen. */
    moves,
  };
}

/** The schema of the form of a letter's categories. */
export const categoriesFormSchema = z.object(fields).superRefine(check).transform(read);

export type TypedCategories = z.output<typeof categoriesFormSchema>;

/** Categories as JSON in a hidden field: those that the form was rendered with. */
export const seenCategoriesSchema = carried.pipe(listSettingsSchema.shape.categories.unwrap());

/** The form values of {@link categoriesFormSchema} for `categories`. */
export function categoriesForm(categories: readonly Category[]): Record<string, string> {
  const entries = categories.flatMap(({ id, names }, index) => [
    [idField(index + 1), id],
    [placeField(index + 1), String(index + 1)],
    ...LANGUAGES.map((language) => [nameField(index + 1, language), names[language] ?? '']),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
