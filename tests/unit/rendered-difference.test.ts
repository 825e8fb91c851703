import { describe, expect, it } from 'vitest';
import { fieldChanges, linesOf, type Line } from '@/lib/letter/text/rendered-difference';
import { EMPTY_TEXT } from '@/lib/letter/text/rules';

const MARKS = { same: '', removed: '-', added: '+', restyled: '~', gap: '' };

/** A line in short: what it is, and its changes in brackets. */
function inShort({ block, segments }: Line): string {
  const { tag, number, depth, quote, note, head, continued } = block;
  const what = [
    tag,
    depth && depth > 1 && `depth ${depth}`,
    quote && 'quoted',
    number,
    note && 'note',
    head && 'head',
    continued && 'continued',
  ].filter(Boolean);
  const said = segments.map(({ kind, text, style: { strong, em, href, note }, was }) => {
    const set = [strong && 'strong', em && 'em', href, note && `note ${note}`].filter(Boolean);
    const words = set.length > 0 ? `${text}(${set.join(' ')})` : text;
    const before = was && 'href' in was ? `, was ${was.href}` : '';
    return MARKS[kind] ? `[${MARKS[kind]}${words}${before}]` : words;
  });
  return `${what.join(' ')}: ${said.join('')}`;
}

const compared = (before: string, after: string, around = 5) =>
  fieldChanges({ ...EMPTY_TEXT, body: before }, { ...EMPTY_TEXT, body: after }, 'en')
    .flatMap((change) => linesOf(change, around))
    .map(inShort);

describe('a difference as readers see it', () => {
  it.each<[what: string, before: string, after: string, lines: string[]]>([
    [
      'says that a link leads elsewhere, and shows no Markdown',
      'See [the survey](https://example.org/a) of **2023** now.',
      'See [the survey](https://example.org/b) of **2024** now.',
      [
        'p: See [~the survey(https://example.org/b), was https://example.org/a] of [-2023(strong)][+2024(strong)] now.',
      ],
    ],
    [
      'says that words became a link',
      'See the survey now.',
      'See [the survey](https://example.org/) now.',
      ['p: See [~the survey(https://example.org/), was null] now.'],
    ],
    [
      'leaves it to the words where an address is in the text',
      'See https://example.org/a now.',
      'See https://example.org/b now.',
      [
        'p: See https://example.org/(https://example.org/b)[-a(https://example.org/a)][+b(https://example.org/b)] now.',
      ],
    ],
    ['says that words are emphasised', 'One two.', 'One *two*.', ['p: One [~two(em)].']],
    [
      'keeps the items of lists',
      'One.\n\n- first\n- second\n\nLast.',
      'One.\n\n- first\n- 2nd\n- third\n\nLast.',
      ['p: One.', 'li: first', 'li: [-second][+2nd]', 'li: [+third]', 'p: Last.'],
    ],
    [
      'does not take other numbers of items for changes',
      '1. one\n2. two',
      '1. zero\n2. one\n3. two',
      ['li 1: [+zero]', 'li 2: one', 'li 3: two'],
    ],
    [
      'keeps the items of lists in lists, and paragraphs in items',
      '- a\n\n  b\n  - c',
      '- a\n\n  b\n  - d',
      ['li: a', 'p: b', 'li depth 2: [-c][+d]'],
    ],
    [
      'shows a removed paragraph as one',
      'One.\n\nTwo is here.\n\nThree.',
      'One.\n\nThree.',
      ['p: One.', 'p: [-Two is here.]', 'p: Three.'],
    ],
    [
      'shows that a paragraph was split',
      'One two. Three four.',
      'One two.\n\nThree four.',
      ['p: One two.[- ][+¶]', 'p: Three four.'],
    ],
    [
      'keeps the rows and cells of tables',
      '| a | b |\n|-|-|\n| 1 | 2 |\n| 3 | 4 |',
      '| a | b |\n|-|-|\n| 1 | 5 |\n| 3 | 4 |\n| 6 | 7 |',
      ['tr head: a\tb', 'tr: 1\t[-2][+5]', 'tr: 3\t4', 'tr: [+6][+\t][+7]'],
    ],
    [
      'keeps notes and their references',
      'Text[^a] here.\n\n[^a]: Note.',
      'Text[^a] and[^b] here.\n\n[^a]: Note.\n\n[^b]: New.',
      [
        'p: Text[^1](note 1) [+and][+[^2](note 2)][+ ]here.',
        'li 1 note: Note.',
        'li 2 note: [+New.]',
      ],
    ],
    [
      'says that a quotation is none any more',
      '> Quoted.\n\nEnd.',
      'Quoted.\n\nEnd.',
      ['p: [~Quoted.]', 'p: End.'],
    ],
    ['keeps line breaks', 'a\\\nb c', 'a\\\nb d', ['p: a', 'p continued: b [-c][+d]']],
  ])('%s', (_, before, after, lines) => {
    expect(compared(before, after)).toEqual(lines);
  });

  it('leaves out long unchanged texts, and what is left stays as it was set', () => {
    const long = Array.from({ length: 40 }, (_, index) => `Sentence ${index} stays.`).join(' ');
    expect(
      compared(`- old **word** ${long} end *set*`, `- new **word** ${long} end *set*`, 1),
    ).toEqual(['li: [-old][+new] word(strong) Sentence 0 stays. …']);
    expect(compared(`${long}\n\n${long} *set* old`, `${long}\n\n${long} *set* new`, 1)).toEqual([
      'p: … set(em) [-old][+new]',
    ]);
  });

  it('shows the demands as a list, and other parts line by line', () => {
    const before = { ...EMPTY_TEXT, addressee: 'A\nB', calls: ['first', 'second'] };
    const after = { ...EMPTY_TEXT, addressee: 'A\nC', calls: ['first', 'third'] };
    expect(
      fieldChanges(before, after, 'en').map((change) => [
        change.field,
        linesOf(change, 5).map(inShort),
      ]),
    ).toEqual([
      ['addressee', ['p: A', 'p continued: [-B][+C]']],
      ['calls', ['li: first', 'li: [-second][+third]']],
    ]);
  });

  it('gives both texts back', () => {
    const [before, after] = [
      'One **two** [three](https://example.org/).\n\n- four\n- five[^1]\n\n[^1]: Note.',
      'One *two* [3](https://example.org/).\n\n> four\n\n1. five[^1] and six\n\n[^1]: A note.',
    ];
    const [change] = fieldChanges(
      { ...EMPTY_TEXT, body: before },
      { ...EMPTY_TEXT, body: after },
      'en',
    );
    const without = (kind: string) =>
      change!.pieces
        .filter((piece) => piece.kind !== kind)
        .map(({ text }) => text)
        .join('');
    expect([without('added'), without('removed')]).toEqual([
      change!.before.text,
      change!.after.text,
    ]);
  });
});
