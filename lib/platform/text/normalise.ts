/** What coordinators type, as it is stored. Callers bound the raw text first (lib/platform/text/raw-text.ts). */

/** Control characters that no text needs, halves of characters, and byte order marks. */
const UNWRITABLE = /[\p{Cs}\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufeff]/gu;

/**
 * A text as it is stored: line breaks as LF, composed (NFC), without characters that cannot be written. Not NFKC: it would
 * turn Japanese full-width signs into others. Spaces at the ends of lines stay, since in Markdown two of them break a line.
 */
export function normaliseText(typed: string): string {
  return typed
    .replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g, '\n')
    .replace(UNWRITABLE, '')
    .normalize('NFC')
    .replace(/^\s*\n/, '')
    .trimEnd();
}

/** Several lines without markup: as {@link normaliseText}, and without spaces at the ends of lines. */
export function normaliseLines(typed: string): string {
  return normaliseText(typed)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A text of one line: its breaks become spaces. */
export function normaliseOneLine(typed: string): string {
  return normaliseText(typed)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')
    .replace(/[^\S\u3000]+/g, ' ');
}

/** Whether a reader would see nothing of a text: nothing stands there, or only spaces, marks on nothing and characters without a shape. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}\p{M}\u2800\u{1d159}]*$/u.test(text);
}
