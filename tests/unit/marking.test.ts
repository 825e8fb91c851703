import { describe, expect, it } from 'vitest';
import { marked, type Mark } from '@/components/letter/text/toolbar/marking';

/** Applies a mark to a text with the selection in ⟦ ⟧, and shows the new one in the same way. */
function after(mark: Mark, text: string): string {
  const start = text.indexOf('⟦');
  const end = text.indexOf('⟧') - 1;
  const value = text.replace(/[⟦⟧]/g, '');
  const { from, to, text: put, select } = marked(mark, { value, start, end }, 'Column');
  const now = value.slice(0, from) + put + value.slice(to);
  return `${now.slice(0, select[0])}⟦${now.slice(select[0], select[1])}⟧${now.slice(select[1])}`;
}

describe('a mark', () => {
  it.each<[Mark, string, string]>([
    ['bold', 'We ⟦ask ⟧you.', 'We **⟦ask⟧** you.'],
    ['bold', 'We **⟦ask⟧** you.', 'We ⟦ask⟧ you.'],
    ['italic', 'We **⟦ask⟧** you.', 'We ***⟦ask⟧*** you.'],
    ['italic', 'We ***⟦ask⟧*** you.', 'We **⟦ask⟧** you.'],
    ['bold', '⟦⟧', '**⟦⟧**'],
    ['bold', '⟦one\n\ntwo⟧', '**⟦one**\n\n**two⟧**'],
    ['link', 'See ⟦why⟧.', 'See [why](⟦https://⟧).'],
    ['link', '⟦https://example.org/a⟧', '[⟦⟧](https://example.org/a)'],
    ['link', '⟦⟧', '[⟦⟧](https://)'],
    ['heading', 'one\ntw⟦⟧o', 'one\n## two⟦⟧'],
    ['heading', '## tw⟦⟧o', 'two⟦⟧'],
    ['list', 'x\n⟦one\n\ntwo\n⟧y', 'x\n⟦- one\n\n- two⟧\ny'],
    ['list', '⟦- one\n- two⟧', '⟦one\ntwo⟧'],
    ['numbers', '⟦one\ntwo⟧', '⟦1. one\n2. two⟧'],
    ['quotation', '⟦one⟧', '⟦> one⟧'],
    ['note', 'One⟦⟧. Two[^3].\n\n[^3]: x\n', 'One[^4]. Two[^3].\n\n[^3]: x\n\n[^4]: ⟦⟧'],
    ['table', 'o⟦⟧ne\ntwo', 'one\n\n| ⟦Column⟧ | Column |\n| --- | --- |\n|  |  |\n\ntwo'],
    ['table', '⟦⟧', '| ⟦Column⟧ | Column |\n| --- | --- |\n|  |  |'],
  ])('%s makes of %j %j', (mark, before, expected) => {
    expect(after(mark, before)).toBe(expected);
  });
});
