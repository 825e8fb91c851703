/** How long a short text is where it is posted. */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The letters of a text as readers count them, each with its marks. */
export const graphemes = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

/** What an address counts as on X and Mastodon, however long it is. */
const ADDRESS = 23;

/**
 * Code points that X counts as one character: Latin and other letters up to Georgian, and some
 * punctuation. All others, such as kanji, kana and emoji, count as two.
 */
const isNarrow = (codePoint: number): boolean =>
  codePoint <= 0x10ff ||
  (codePoint >= 0x2000 && codePoint <= 0x200d) ||
  (codePoint >= 0x2010 && codePoint <= 0x201f) ||
  (codePoint >= 0x2032 && codePoint <= 0x2037);

const onX = (text: string): number =>
  Array.from(text.normalize('NFC')).reduce(
    (sum, character) => sum + (isNarrow(character.codePointAt(0)!) ? 1 : 2),
    0,
  );

/** Networks with a maximum length of posts; `length` is that of a text without its address. */
const NETWORKS = [
  { name: 'X', max: 280, length: (text: string, _url: string) => onX(text) + ADDRESS },
  {
    name: 'Bluesky',
    max: 300,
    length: (text: string, url: string) => graphemes(text).length + url.length,
  },
  {
    name: 'Mastodon',
    max: 500,
    length: (text: string, _url: string) => graphemes(text).length + ADDRESS,
  },
] as const;

export interface PostLength {
  network: string;
  length: number;
  max: number;
}

/** The length of a post, a text and an address on the next line, on each network. */
export const postLengths = (text: string, url: string): PostLength[] =>
  NETWORKS.map(({ name, max, length }) => ({
    network: name,
    max,
    length: length(`${text}\n`, url),
  }));

/** Whether a post is short enough for every network. */
export const fitsEverywhere = (text: string, url: string): boolean =>
  postLengths(text, url).every(({ length, max }) => length <= max);
