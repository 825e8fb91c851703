/**
 * Normalises coordinators' input for storage. Callers limit the raw text first
 * (lib/platform/text/raw-text.ts).
 */

/** Control characters, lone surrogates and byte order marks. */
const UNSTORABLE = /[\p{Cs}\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufeff]/gu;

/**
 * Normalises text for storage: LF line breaks, NFC, no control characters. Not NFKC, which would
 * replace Japanese full-width punctuation. Trailing spaces of lines stay, since two of them are a
 * hard break in Markdown.
 */
export function normaliseText(typed: string): string {
  return typed
    .replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g, '\n')
    .replace(UNSTORABLE, '')
    .normalize('NFC')
    .replace(/^\s*\n/, '')
    .trimEnd();
}

/**
 * Like {@link normaliseText} for several lines without markup, whose trailing spaces are removed.
 */
export function normaliseLines(typed: string): string {
  return normaliseText(typed)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Like {@link normaliseText} for a single line: line breaks become spaces. */
export function normaliseOneLine(typed: string): string {
  return normaliseText(typed)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')
    .replace(/[^\S\u3000]+/g, ' ');
}

/**
 * Whether a text shows nothing: it is empty, or has only white space, combining marks and invisible
 * characters.
 */
export function isBlank(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}\p{M}\u2800\u{1d159}]*$/u.test(text);
}
