/** What the form of a posting holds. Messages are codes: the form turns them into words. */
import { z } from 'zod';

/** Longest title and longest body, in characters. */
export const TITLE_MAX = 300;
export const BODY_MAX = 20_000;

export type PostingFieldError = 'oneRequired' | 'titleRequired' | 'bodyRequired' | 'tooLong' | 'invalidDate' | 'invalidChoice';

const clean = (value: unknown) => (typeof value === 'string' ? value.normalize('NFC').replace(/\r\n?/gu, '\n').replaceAll('\0', '') : '');

/** Empty is null. */
const text = (max: number, of: (value: string) => string) =>
  z.preprocess(
    (value) => of(clean(value)) || null,
    z
      .string()
      .refine((value) => [...value].length <= max, { error: 'tooLong' })
      .nullable(),
  );

const title = text(TITLE_MAX, (value) => value.replace(/\s+/gu, ' ').trim());
/** White space at the start of a line says something in Markdown; empty lines before and after the text do not. */
const body = text(BODY_MAX, (value) => value.replace(/^(?:[^\S\n]*\n)+|\s+$/gu, ''));

/** A day that there is, `2025-04-23`. */
const day = z
  .string({ error: 'invalidDate' })
  .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(value).toJSON()?.slice(0, 10) === value, { error: 'invalidDate' });

/** A posting as typed: each language is whole or absent, and one there is. */
export const postingSchema = z
  .object({
    kind: z.enum(['reply', 'update'], { error: 'invalidChoice' }),
    date: day,
    titleJa: title,
    bodyJa: body,
    titleEn: title,
    bodyEn: body,
  })
  .superRefine((typed, context) => {
    const wrong = (path: string, message: PostingFieldError) => context.addIssue({ code: 'custom', path: [path], message });
    if (!typed.titleJa && !typed.bodyJa && !typed.titleEn && !typed.bodyEn) return wrong('titleJa', 'oneRequired');
    for (const language of ['Ja', 'En'] as const) {
      if (typed[`body${language}`] && !typed[`title${language}`]) wrong(`title${language}`, 'titleRequired');
      if (typed[`title${language}`] && !typed[`body${language}`]) wrong(`body${language}`, 'bodyRequired');
    }
  });

export type Posted = z.output<typeof postingSchema>;

/** Which posting is meant, and the version that was read. */
export const whichPostingSchema = z.object({ id: z.uuid(), version: z.coerce.number().int().min(1).max(1_000_000_000) });

export type WhichPosting = z.output<typeof whichPostingSchema>;
