/** Fields of the tool's forms, by what is typed in them. Messages are codes: each form has its own words for them. */
import { z } from 'zod';
import { isDay } from './time.ts';
import { normaliseLines, normaliseOneLine, normaliseText } from './typing.ts';

/** What a field holds; a missing one, or a file in its place, is empty. */
export const typed = z.string().catch('');

const normalised = (of: (typed: string) => string) => (max: number) => typed.transform(of).pipe(z.string().max(max, { error: 'tooLong' }));

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

/** JSON that a form carries unseen: what it was filled with. */
export const carried = z.string().transform((json, context): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    context.addIssue('malformed');
    return z.NEVER;
  }
});
