const WORD_JOINER = '\u2060';

/** Longest subject, in characters; mail programs show less. */
export const SUBJECT_MAX = 200;

/** What parts of addresses stand between, in the widths that browsers take for the same. */
const SIGNS = '.．․:：/／@＠';
/** The full stop of Japanese is one to browsers, too. It stays breakable in Japanese: only next to Latin letters or digits is it joined. */
const STOPS = '。｡';
const LATIN = 'A-Za-z0-9Ａ-Ｚａ-ｚ０-９-';

const BEFORE_SIGN = new RegExp(
  `(?<=[^\\s${WORD_JOINER}])(?=[${SIGNS}])|(?<=[${LATIN}])(?=[${STOPS}])`,
  'gu',
);
const AFTER_SIGN = new RegExp(
  `(?<=[${SIGNS}])(?=[^\\s${WORD_JOINER}])|(?<=[${STOPS}])(?=[${LATIN}])`,
  'gu',
);

/** A text on one line: a line break in a subject could begin another header, and marks of direction rearrange ours. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cs}\p{Bidi_Control}]+/gu, ' ').trim();
}

/** A subject: one line of bounded length. */
export function asSubject(text: string): string {
  const characters = Array.from(oneLine(text));
  return characters.length <= SUBJECT_MAX
    ? characters.join('')
    : `${characters
        .slice(0, SUBJECT_MAX - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * A text with an invisible joiner in everything that a mail program would turn into a link by itself (addresses,
 * domains): our mails must not carry links that others wrote. Keeps line breaks.
 */
export function withoutLinks(text: string): string {
  return text
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(BEFORE_SIGN, WORD_JOINER)
    .replace(AFTER_SIGN, WORD_JOINER);
}

/**
 * Members of mails that the product itself makes; the addresses and moments made of them must stay as they are. And the
 * body of a mailing, in which the letter's owners set links.
 */
const OURS: readonly string[] = [
  ...['letterSlug', 'contact', 'expiresAt', 'closesAt', 'deletesAt', 'timeZone'],
  'body',
];

/** The same data with every text in it {@link withoutLinks}, at any depth, but for what is ours. */
export function defuseLinks<T>(data: T): T {
  if (typeof data === 'string') return withoutLinks(data) as T;
  if (Array.isArray(data)) return data.map(defuseLinks) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      OURS.includes(key) ? value : defuseLinks(value),
    ]),
  ) as T;
}
