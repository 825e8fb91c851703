import { LANGUAGE_OF_SCRIPT } from '@/lib/platform/text/written-language';
import type { Block, Cell, Inline } from './tree';

/** Latin words with what stands between them. */
const LATIN = /[A-Za-z][\w'’-]*(?:(?:[.,;:]? |[.&])[\w'’-]+)*/gu;
/** More than an acronym, which is read out letter by letter in Japanese, too. */
const WORD = /[A-Za-z][a-z]{2}/;
/** Addresses and file names. */
const ADDRESS = /\.[a-z]/;
/** Beside it, a word is part of an address, or of another language than English. */
const NOT_ENGLISH = /[@/]|[^\P{Script=Latin}A-Za-z]/u;

const JAPANESE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・、。「」『』]*/gu;

/** Whether Latin words of a Japanese text are English ones. */
function isEnglish(words: string, index: number, text: string): boolean {
  const around = text.slice(Math.max(0, index - 1), index) + text.charAt(index + words.length);
  const isProtocol = text.startsWith('://', index + words.length);
  return WORD.test(words) && !ADDRESS.test(words) && !NOT_ENGLISH.test(around) && !isProtocol;
}

/** Words in scripts of one language, each with its language; with the spaces between them. */
const OTHERS = LANGUAGE_OF_SCRIPT.map(
  ([script, lang]) =>
    [
      new RegExp(
        `\\p{Script=${script}}[\\p{Script=${script}}\\p{M}]*(?: \\p{Script=${script}}[\\p{Script=${script}}\\p{M}]*)*`,
        'gu',
      ),
      lang,
    ] as const,
);
/** Anything that {@link OTHERS} could find. */
const OTHER = new RegExp(
  `[${LANGUAGE_OF_SCRIPT.map(([script]) => `\\p{Script=${script}}`).join('')}]`,
  'u',
);

/** A text with the words in other scripts apart, and what is between them as `rest` says. */
function byScript(text: string, rest: (between: string) => Inline[]): Inline[] {
  if (!OTHER.test(text)) return rest(text);
  const found = OTHERS.flatMap(([words, lang]) =>
    [...text.matchAll(words)].map(({ 0: said, index }) => ({ said, index, lang })),
  ).sort((a, b) => a.index - b.index);
  const pieces: Inline[] = [];
  let done = 0;
  for (const { said, index, lang } of found) {
    pieces.push(...rest(text.slice(done, index)), { kind: 'words', lang, content: [said] });
    done = index + said.length;
  }
  return [...pieces, ...rest(text.slice(done))];
}

/** A text with the words of the other language apart. */
function apart(text: string, isJapanese: boolean): Inline[] {
  const pieces: Inline[] = [];
  let done = 0;
  for (const { 0: words, index } of text.matchAll(isJapanese ? LATIN : JAPANESE)) {
    if (isJapanese && !isEnglish(words, index, text)) continue;
    const lang = isJapanese ? 'en' : 'ja';
    pieces.push(text.slice(done, index), { kind: 'words', lang, content: [words] });
    done = index + words.length;
  }
  return [...pieces, text.slice(done)].filter((piece) => piece !== '');
}

/**
 * Inline content with the English words of a Japanese text, or the Japanese ones of another, and
 * words in scripts of one language marked for screen readers.
 */
export function withOtherWords(content: Inline[], isJapanese: boolean): Inline[] {
  const isBreak = (node: Inline | undefined) => typeof node === 'object' && node.kind === 'break';
  return content.flatMap((node, index): Inline[] => {
    if (typeof node === 'string')
      // With a break beside it, the text is a piece of an address or of an endless word.
      return isJapanese && (isBreak(content[index - 1]) || isBreak(content[index + 1]))
        ? [node]
        : byScript(node, (between) => apart(between, isJapanese));
    if ('content' in node) return [{ ...node, content: withOtherWords(node.content, isJapanese) }];
    return node.kind === 'note' && node.body
      ? [{ ...node, body: withOtherWords(node.body, isJapanese) }]
      : [node];
  });
}

/** The same for blocks. */
export function blocksWithOtherWords(blocks: Block[], isJapanese: boolean): Block[] {
  const within = (inner: Block[]) => blocksWithOtherWords(inner, isJapanese);
  return blocks.map((block) => {
    if (block.kind === 'p') return { ...block, content: withOtherWords(block.content, isJapanese) };
    if (block.kind === 'blockquote') return { ...block, content: within(block.content) };
    if (block.kind === 'table') {
      const row = (cells: Cell[]) =>
        cells.map((cell) => ({ ...cell, content: withOtherWords(cell.content, isJapanese) }));
      return { ...block, head: block.head && row(block.head), rows: block.rows.map(row) };
    }
    return { ...block, items: block.items.map(within) };
  });
}
