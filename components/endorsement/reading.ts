/**
 * The reading of a Japanese name, from the kana typed into the input method before it made kanji of
 * them. Pure; use-reading.ts listens to the browser.
 */

/** A part of a name, and how it is read as far as that is known. */
interface Part {
  text: string;
  reading: string;
}

/** A name as the parts in which it was typed. */
export type TypedName = readonly Part[];

const KANA = /^[\u3041-\u3096\u309d\u309e\u30a1-\u30f6\u30fc-\u30fe]+$/;
/** Romaji that the input method has not made kana of yet. */
const UNFINISHED = /[a-zａ-ｚ]+$/i;

const hiragana = (kana: string) =>
  kana.replace(/[\u30a1-\u30f6]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x60));

/** The reading of a text that is its own reading; empty for others. */
const ownReading = (text: string) => (KANA.test(text) ? hiragana(text) : '');

/** What an input method shows while a part is composed, with how that is read. */
export interface Composition {
  /** What has been converted so far; some input methods convert while more is typed. */
  converted: string;
  convertedReading: string;
  reading: string;
}

export const NOTHING_COMPOSED: Composition = { converted: '', convertedReading: '', reading: '' };

/** A composition after the input method shows `shown`. */
export function composed(before: Composition, shown: string): Composition {
  const kana = (typed: string) => {
    const rest = typed.replace(UNFINISHED, '');
    // An `n` at the end is ん once it is converted.
    return ownReading(rest) + (ownReading(rest) && /[nｎ]$/i.test(typed) ? 'ん' : '');
  };
  const all = kana(shown);
  if (all) return { converted: '', convertedReading: '', reading: all };
  const { converted, convertedReading } = before;
  if (converted && shown.startsWith(converted)) {
    const added = shown.slice(converted.length);
    if (added === '' || kana(added)) return { ...before, reading: convertedReading + kana(added) };
  }
  return { converted: shown, convertedReading: before.reading, reading: before.reading };
}

/** The text of a name. */
export const textOf = (name: TypedName) => name.map(({ text }) => text).join('');

/** The reading of a name, of its parts that are known. */
export const readingOf = (name: TypedName) => name.map(({ reading }) => reading).join('');

/** A name that is there already. */
export const givenName = (text: string): TypedName =>
  text ? [{ text, reading: ownReading(text) }] : [];

/** Part of a name; of a part that is cut, only kana keep a reading. */
function slice(name: TypedName, from: number, to: number): Part[] {
  let at = 0;
  return name.flatMap((part): Part[] => {
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, part.text.length);
    at += part.text.length;
    if (start >= end) return [];
    if (end - start === part.text.length) return [part];
    const text = part.text.slice(start, end);
    return [{ text, reading: ownReading(text) }];
  });
}

/**
 * A name after an edit that made its text `text`.
 * @param reading of what was added; by default only kana have one
 */
export function edited(name: TypedName, text: string, reading?: string): TypedName {
  const before = textOf(name);
  const shorter = Math.min(before.length, text.length);
  let kept = 0;
  while (kept < shorter && before[kept] === text[kept]) kept += 1;
  let after = 0;
  while (after < shorter - kept && before.at(-1 - after) === text.at(-1 - after)) after += 1;
  const added = text.slice(kept, text.length - after);
  return [
    ...slice(name, 0, kept),
    ...(added ? [{ text: added, reading: reading ?? ownReading(added) }] : []),
    ...slice(name, before.length - after, before.length),
  ];
}
