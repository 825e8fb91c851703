/** Fields of the tool's forms, by what is typed in them. Messages are codes: each form has its own words for them. */
import { z } from 'zod';
import { fieldIn, LANGUAGES, present, type ByLanguage } from '@/lib/platform/languages';
import { rawProblem } from '@/lib/platform/text/raw-text';
import { isDay } from '@/lib/platform/dates';
import { normaliseLines, normaliseOneLine, normaliseText } from '@/lib/platform/text/normalise';

/** What a field holds; a missing one, or a file in its place, is empty. */
export const typed = z.string().catch('');

/** A field that `read` makes something of, once its raw text is known to be no more than one of `max` characters needs. */
export const bounded = <T>(max: number, read: (raw: string) => T) =>
  typed.transform((raw, context): T => {
    const problem = rawProblem(raw, max);
    if (!problem) return read(raw);
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

const normalised = (of: (typed: string) => string) => (max: number) =>
  bounded(max, of).pipe(z.string().max(max, { error: 'tooLong' }));

/** A text of one line, of at most `max` characters. */
export const oneLine = normalised(normaliseOneLine);
/** Several lines without markup, of at most `max` characters. */
export const lines = normalised(normaliseLines);
/** Markdown of at most `max` characters. */
export const markdown = normalised(normaliseText);

/** An empty text is none. */
export const orNull = (text: string): string | null => text || null;

/** A day that a letter can have, `2025-04-23`. */
export const day = typed.refine(isDay, { error: 'invalidDate' });

/** Longest JSON that a form carries; headings and labels in two languages take less than a quarter. */
const CARRIED_MAX = 20_000;

/** JSON that a form carries unseen: what it was filled with. */
export const carried = z.string().transform((json, context): unknown => {
  if (json.length > CARRIED_MAX) {
    context.addIssue('tooLong');
    return z.NEVER;
  }
  try {
    return JSON.parse(json);
  } catch {
    context.addIssue('malformed');
    return z.NEVER;
  }
});

/** One of the languages that forms offer. */
export const offeredLanguage = z
  .string({ error: 'invalidChoice' })
  .refine((language) => LANGUAGES.includes(language), { error: 'invalidChoice' });

/** A form's fields of which there is one a language: `title` is typed in `titleJa`, `titleEn`. */
export function perLanguage<T extends z.ZodType>(field: string, schema: T) {
  const shape = Object.fromEntries(LANGUAGES.map((language) => [fieldIn(field, language), schema]));
  return z.object(shape as Record<string, T>);
}

/** What was typed in the fields of {@link perLanguage}, by language; empty ones are absent. */
export function readByLanguage(typed: Record<string, unknown>, field: string): ByLanguage {
  return present(
    Object.fromEntries(
      LANGUAGES.map((language) => [language, typed[fieldIn(field, language)] as string | null]),
    ),
  );
}

/** The codes of a failed parse by field, each once, in the order found. */
export function errorsByField(error: z.ZodError): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const codes = (errors[String(path[0] ?? 'form')] ??= []);
    if (!codes.includes(message)) codes.push(message);
  }
  return errors;
}
