import { z } from 'zod';
import { sectionPath } from '@/components/admin/sections';

/** Parses the notices of the imports from the query string; malformed values are ignored. */
export const importsViewSchema = z.object({
  notice: z.enum(['forgotten', 'fileRemoved']).optional().catch(undefined),
  refused: z.enum(['gone', 'tooLate']).optional().catch(undefined),
});

/** Which rows of a list are shown. */
export const SHOWN_ROWS = ['all', 'faults', 'duplicates', 'known'] as const;

/** Parses the view of an import. */
export const importViewSchema = importsViewSchema.extend({
  show: z.enum(SHOWN_ROWS).catch('all'),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
  live: z.enum(['on', 'off']).nullable().catch(null),
});

export type ImportsView = Partial<z.output<typeof importViewSchema>>;

/** The path of the imports of a letter, or of one of them, without the locale. */
export function importsPath(
  slug: string,
  view: ImportsView = {},
  path: string = sectionPath(slug, 'imports'),
): string {
  const given = Object.entries(view).flatMap(([name, value]): [string, string][] =>
    value == null || value === 'all' || value === 1 ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
