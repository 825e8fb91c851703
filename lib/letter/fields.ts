/** Fields of the tool's forms, by what is typed in them. Messages are codes: each form has its own words for them. */
import { z } from 'zod';
import { rawMax } from '../platform/raw-text.ts';
import { isDay } from './time.ts';
import { normaliseLines, normaliseOneLine, normaliseText } from './typing.ts';

/** What a field holds; a missing one, or a file in its place, is empty. */
export const typed = z.string().catch('');

/** What a field of at most `max` characters can hold at all; checked before anything reads the text. */
export const bounded = (max: number) => typed.refine((text) => text.length <= rawMax(max), { error: 'tooLong', abort: true });

const normalised = (of: (typed: string) => string) => (max: number) => bounded(max).transform(of).pipe(z.string().max(max, { error: 'tooLong' }));

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

/** The longest JSON that a form carries unseen, in UTF-16 units; what forms are filled with takes a few hundred. */
const CARRIED_MAX = 20_000;

/** JSON that a form carries unseen: what it was filled with. */
export const carried = z.string().max(CARRIED_MAX).transform((json, context): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    context.addIssue('malformed');
    return z.NEVER;
  }
});
