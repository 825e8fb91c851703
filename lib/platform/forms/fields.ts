/**
 * Schemas of form fields by type of input. Messages are error codes, which each form translates.
 */
import { z } from 'zod';
import { fieldIn, LANGUAGES, present, type ByLanguage } from '@/lib/platform/languages';
import { rawProblem } from '@/lib/platform/text/raw-text';
import { isDay } from '@/lib/platform/dates';
import { normaliseLines, normaliseOneLine, normaliseText } from '@/lib/platform/text/normalise';

/** The text of a field; a missing field or a file counts as empty. */
export const typed = z.string().catch('');

/**
 * A field parsed by `read`, after its raw text was checked not to exceed what `max` characters can
 * need.
 */
export const bounded = <T>(max: number, read: (raw: string) => T) =>
  typed.transform((raw, context): T => {
    const problem = rawProblem(raw, max);
    if (!problem) return read(raw);
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

const normalised = (of: (typed: string) => string) => (max: number) =>
  bounded(max, of).pipe(z.string().max(max, { error: 'tooLong' }));

/** Single-line text of at most `max` characters. */
export const oneLine = normalised(normaliseOneLine);
/** Multi-line plain text of at most `max` characters. */
export const lines = normalised(normaliseLines);
/** Markdown of at most `max` characters. */
export const markdown = normalised(normaliseText);

/** Converts empty text to null. */
export const orNull = (text: string): string | null => text || null;

/** A date of a letter, `2025-04-23`. */
export const day = typed.refine(isDay, { error: 'invalidDate' });

/**
 * Maximum length of JSON in a hidden field; headings and labels in two languages take less than a
 * quarter.
 */
const CARRIED_MAX = 20_000;

/** JSON in a hidden field: the values that the form was rendered with. */
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

/** One of the languages offered by forms. */
export const offeredLanguage = z
  .string({ error: 'invalidChoice' })
  .refine((language) => LANGUAGES.includes(language), { error: 'invalidChoice' });

/** Fields of a form that exist once per language: `title` becomes `titleJa`, `titleEn`. */
export function perLanguage<T extends z.ZodType>(field: string, schema: T) {
  const shape = Object.fromEntries(LANGUAGES.map((language) => [fieldIn(field, language), schema]));
  return z.object(shape as Record<string, T>);
}

/** The values of {@link perLanguage} by language; empty ones are absent. */
export function readByLanguage(typed: Record<string, unknown>, field: string): ByLanguage {
  return present(
    Object.fromEntries(
      LANGUAGES.map((language) => [language, typed[fieldIn(field, language)] as string | null]),
    ),
  );
}

/** The error codes of a failed parse by field, without duplicates, in the order found. */
export function errorsByField(error: z.ZodError): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const codes = (errors[String(path[0] ?? 'form')] ??= []);
    if (!codes.includes(message)) codes.push(message);
  }
  return errors;
}
