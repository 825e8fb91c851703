const WORD_JOINER = '\u2060';

/**
 * A stranger's text on one line, with an invisible joiner in everything that a mail program would turn into a link by
 * itself (addresses, domains): our mails must not carry links that others wrote.
 */
export function unlinked(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .trim()
    .replace(/(?<=[\p{L}\p{N}])(?=[@.:][\p{L}\p{N}/])/gu, WORD_JOINER)
    .replace(/(?<=[@.:])(?=[\p{L}\p{N}/])/gu, WORD_JOINER);
}
