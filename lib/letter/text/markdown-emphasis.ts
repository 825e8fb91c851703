import { attention } from 'micromark-core-commonmark';
import type {
  Code,
  Construct,
  Extension,
  TokenizeContext,
  Effects,
  State,
} from 'micromark-util-types';

/**
 * Emphasis as Japanese is written. CommonMark looks for spaces around `**`; Japanese has none, so `これは**「重要」**です`
 * would show its asterisks. Beside a Japanese character, a mark of punctuation does not stand in the way of emphasis: the
 * rule of the "CJK-friendly amendments" to CommonMark. Otherwise this is CommonMark's own rule.
 */
export const emphasis: Extension = {
  disable: { null: ['attention'] },
  text: { 42: construct(), 95: construct() },
};

/** One Japanese (or Chinese, or full-width) character at the place that the pattern is tied to. */
export const CJK = '[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\uff00-\\uff60]';

const cjk = new RegExp(CJK, 'u');
const ASTERISK = 42;

interface Neighbour {
  space: boolean;
  mark: boolean;
  cjk: boolean;
}

function neighbour(code: Code): Neighbour {
  if (code === null || code < 0) return { space: true, mark: false, cjk: false };
  const character = String.fromCharCode(code);
  return {
    space: /\s/u.test(character),
    mark: /[\p{P}\p{S}]/u.test(character),
    cjk: cjk.test(character),
  };
}

/** Whether a run of asterisks or underscores between these two may begin emphasis (or end it, asked the other way round). */
const mayOpen = (before: Neighbour, after: Neighbour) =>
  !after.space && (!after.mark || before.space || before.mark || before.cjk);

function construct(): Construct {
  return { name: 'letterAttention', tokenize, resolveAll: attention.resolveAll };
}

function tokenize(this: TokenizeContext, effects: Effects, ok: State): State {
  const before = neighbour(this.previous);
  return (first) => {
    effects.enter('attentionSequence');
    const inside: State = (code) => {
      if (code === first) {
        effects.consume(code);
        return inside;
      }
      const token = effects.exit('attentionSequence');
      const after = neighbour(code);
      const opens = mayOpen(before, after);
      const closes = mayOpen(after, before);
      token._open = first === ASTERISK ? opens : opens && (before.space || before.mark || !closes);
      token._close = first === ASTERISK ? closes : closes && (after.space || after.mark || !opens);
      return ok(code);
    };
    return inside(first);
  };
}
