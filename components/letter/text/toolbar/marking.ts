/** What the buttons above a Markdown field do to its text. Pure. */

export const MARKS = [
  'bold',
  'italic',
  'link',
  'heading',
  'list',
  'numbers',
  'quotation',
  'note',
  'table',
] as const;

export type Mark = (typeof MARKS)[number];

/** Replaces `from` to `to` by `text`, and then selects `select`. */
export interface Edit {
  from: number;
  to: number;
  text: string;
  select: [number, number];
}

/** A part of a text. */
interface Selection {
  value: string;
  start: number;
  end: number;
}

/** How many asterisks make emphasis and strong emphasis; three make both. */
const SIGNS = { bold: '**', italic: '*' };

const hasSign = (stars: string, sign: string) => stars.length === 3 || stars === sign;

/** Sets a sign around each paragraph of the selection, or takes it away if it is there. */
function emphasised({ value, start, end }: Selection, sign: string): Edit {
  const selected = value.slice(start, end);
  const from = start + selected.length - selected.trimStart().length;
  const to = Math.max(from, start + selected.trimEnd().length);
  const inner = value.slice(from, to);
  const [before = ''] = /\*{0,3}$/.exec(value.slice(Math.max(0, from - 3), from)) ?? [];
  const [after = ''] = /^\*{0,3}/.exec(value.slice(to, to + 3)) ?? [];
  if (inner !== '' && hasSign(before, sign) && hasSign(after, sign))
    return {
      from: from - sign.length,
      to: to + sign.length,
      text: inner,
      select: [from - sign.length, to - sign.length],
    };
  const text = inner
    .split(/(\n{2,})/)
    .map((part, index) => (index % 2 === 0 ? sign + part + sign : part))
    .join('');
  return { from, to, text, select: [from + sign.length, from + text.length - sign.length] };
}

/** Puts a mark before each line of the selection, or takes it away if all have it. */
function prefixed({ value, start, end }: Selection, pattern: RegExp, mark: (n: number) => string) {
  const from = value.lastIndexOf('\n', start - 1) + 1;
  const next = value.indexOf('\n', Math.max(start, end > start ? end - 1 : end));
  const to = next === -1 ? value.length : next;
  const lines = value.slice(from, to).split('\n');
  const isEmpty = (line: string) => line.trim() === '' && lines.length > 1;
  const all = lines.every((line) => isEmpty(line) || pattern.test(line));
  let count = 0;
  const text = lines
    .map((line) => {
      if (isEmpty(line)) return line;
      count += 1;
      return all ? line.replace(pattern, '') : mark(count) + line;
    })
    .join('\n');
  const caret = from + text.length;
  return { from, to, text, select: [start === end ? caret : from, caret] } satisfies Edit;
}

function linked({ value, start, end }: Selection): Edit {
  const selected = value.slice(start, end);
  if (/^(?:https?:\/\/|mailto:)\S+$/.test(selected))
    return { from: start, to: end, text: `[](${selected})`, select: [start + 1, start + 1] };
  const text = `[${selected}](https://)`;
  const address = start + selected.length + 3;
  const select: [number, number] =
    selected === '' ? [start + 1, start + 1] : [address, start + text.length - 1];
  return { from: start, to: end, text, select };
}

/** A mark after the selection, and its note at the end of the text, where the caret goes. */
function noted({ value, end }: Selection): Edit {
  const labels = [...value.matchAll(/\[\^(\d{1,6})\]/g)].map(([, number]) => Number(number));
  const label = labels.reduce((most, number) => Math.max(most, number), 0) + 1;
  const rest = value.slice(end).trimEnd();
  const text = `[^${label}]${rest}\n\n[^${label}]: `;
  return { from: end, to: value.length, text, select: [end + text.length, end + text.length] };
}

/** A table of two columns after the line of the selection; the first cell is selected. */
function tabled({ value, end }: Selection, cell: string): Edit {
  const next = value.indexOf('\n', end);
  const at = next === -1 ? value.length : next;
  const before = value.slice(0, at).trim() === '' ? '' : '\n\n';
  const after = value.slice(at).trim() === '' ? '' : '\n';
  const text = `${before}| ${cell} | ${cell} |\n| --- | --- |\n|  |  |${after}`;
  const first = at + before.length + 2;
  return { from: at, to: at, text, select: [first, first + cell.length] };
}

/**
 * The edit that a mark makes.
 * @param cell what the head of a new table says
 */
export function marked(mark: Mark, selection: Selection, cell: string): Edit {
  switch (mark) {
    case 'bold':
    case 'italic':
      return emphasised(selection, SIGNS[mark]);
    case 'link':
      return linked(selection);
    case 'heading':
      return prefixed(selection, /^#{1,6} +/, () => '## ');
    case 'list':
      return prefixed(selection, /^[-*+] +/, () => '- ');
    case 'numbers':
      return prefixed(selection, /^\d{1,9}[.)] +/, (n) => `${n}. `);
    case 'quotation':
      return prefixed(selection, /^> ?/, () => '> ');
    case 'note':
      return noted(selection);
    case 'table':
      return tabled(selection, cell);
  }
}
