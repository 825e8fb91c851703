/**
 * A text without the characters at its beginning that match `before`, and those at its end that
 * match `after`. Each pattern is tried on one character at a time: as one pattern with `+$`, it
 * would take quadratic time.
 */
export function trimMatching(text: string, before: RegExp, after: RegExp = before): string {
  let [start, end] = [0, text.length];
  while (start < end && before.test(text.charAt(start))) start += 1;
  while (end > start && after.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
