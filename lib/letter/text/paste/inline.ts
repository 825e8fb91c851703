import type { PhrasingContent } from 'mdast';
import { CJK } from '@/lib/letter/text/markdown';

/** The inline formatting that a letter can have. */
export interface Look {
  strong: boolean;
  emphasis: boolean;
  href: string | null;
  /** Set above or below the line, until raised.ts has written it as plain text. */
  raised: 'super' | 'sub' | null;
}

/** Text of equal formatting, or a hard line break (`BREAK`). */
export interface Run extends Look {
  text: string;
  /** The label of the note that the text refers to. */
  note?: string | undefined;
}

export const PLAIN: Look = { strong: false, emphasis: false, href: null, raised: null };
/** Never part of a run's own text, whose white space is normalised to single spaces. */
export const BREAK = '\u2028';

/** Characters that are removed because they are invisible. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u0000-\u0008\u000e-\u001f\u007f]/g;
/** White space that is collapsed: all but ideographic spaces. */
const WHITE = /((?:(?!\u3000)[\s\u0085])+)/;

const endsInJapanese = new RegExp(`${CJK}$`, 'u');
const beginsInJapanese = new RegExp(`^${CJK}`, 'u');
const same = (a: Run | Look, b: Run | Look) =>
  a.strong === b.strong && a.emphasis === b.emphasis && a.href === b.href && !isNote(a, b);
const isNote = (...runs: (Run | Look)[]) => runs.some((run) => 'note' in run && run.note);

interface Word extends Run {
  /** The separator from the previous word. */
  gap: '' | ' ' | typeof BREAK;
  gapLook: Look;
}

/**
 * The words of a paragraph with their separators. A line end in the source separates no Japanese
 * characters.
 */
function words(runs: Run[]): Word[] {
  const all: Word[] = [];
  let white = '';
  let breaks = false;
  let gapLook: Look = PLAIN;
  for (const run of runs) {
    if (run.text === BREAK) {
      breaks = true;
      continue;
    }
    for (const piece of run.text.replace(INVISIBLE, '').split(WHITE)) {
      if (piece === '') continue;
      if (piece.trim() === '' && !piece.includes('\u3000')) {
        white += piece;
        gapLook = run;
        continue;
      }
      const before = all.at(-1)?.text;
      const text = before === undefined || breaks ? piece.replace(/^\u3000+/, '') : piece;
      if (text === '') continue;
      const joined =
        before !== undefined &&
        /[\r\n]/.test(white) &&
        endsInJapanese.test(before) &&
        beginsInJapanese.test(text);
      const gap = before === undefined ? '' : breaks ? BREAK : white && !joined ? ' ' : '';
      all.push({ ...run, text, gap, gapLook });
      white = '';
      breaks = false;
    }
  }
  // Invisible at the end, too; and trimming the form field later would change how emphasis before
  // them is parsed.
  for (let last = all.at(-1); last?.text.endsWith('\u3000'); last = all.at(-1)) {
    last.text = last.text.replace(/\u3000+$/, '');
    if (last.text === '') all.pop();
  }
  return all;
}

/**
 * Normalises the runs of a paragraph: merges neighbours of equal formatting, collapses white space,
 * moves it out of emphasis and links, and removes it at both ends of a line.
 */
export function tidyRuns(runs: Run[]): Run[] {
  const tidy: Run[] = [];
  const add = (run: Run) => {
    const last = tidy.at(-1);
    if (last && run.text !== BREAK && last.text !== BREAK && same(last, run)) last.text += run.text;
    else tidy.push(run);
  };
  for (const { gap, gapLook, text, note, strong, emphasis, href } of words(runs)) {
    const look = { strong, emphasis, href, raised: null };
    const last = tidy.at(-1);
    const within = last !== undefined && same(last, look) && same(gapLook, look);
    if (gap !== '') add({ ...(within && gap === ' ' ? look : PLAIN), text: gap });
    add({ ...look, text, note });
  }
  return tidy;
}

/** Groups consecutive runs that share a value. */
function grouped<Value>(
  runs: Run[],
  valueOf: (run: Run) => Value,
): { value: Value; runs: Run[] }[] {
  const groups: { value: Value; runs: Run[] }[] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last && last.value === valueOf(run)) last.runs.push(run);
    else groups.push({ value: valueOf(run), runs: [run] });
  }
  return groups;
}

/** Normalised runs as mdast nodes, nested as link > strong > emphasis. */
export function phrasing(runs: Run[]): PhrasingContent[] {
  const leaf = ({ text, note }: Run): PhrasingContent => {
    if (note) return { type: 'footnoteReference', identifier: note, label: note };
    return text === BREAK ? { type: 'break' } : { type: 'text', value: text };
  };
  const emphasized = (some: Run[]) =>
    grouped(some, (run) => run.emphasis).flatMap(({ value, runs: inside }): PhrasingContent[] =>
      value ? [{ type: 'emphasis', children: inside.map(leaf) }] : inside.map(leaf),
    );
  const strong = (some: Run[]) =>
    grouped(some, (run) => run.strong).flatMap(({ value, runs: inside }): PhrasingContent[] =>
      value ? [{ type: 'strong', children: emphasized(inside) }] : emphasized(inside),
    );
  return grouped(runs, (run) => run.href).flatMap(({ value, runs: inside }): PhrasingContent[] =>
    value === null ? strong(inside) : [{ type: 'link', url: value, children: strong(inside) }],
  );
}
