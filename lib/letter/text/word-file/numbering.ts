import { writtenNumber } from '../paste/marks';
import { child, elementsOf, valueOf, type Xml } from './xml';

interface Level {
  start: number;
  format: string;
  /** What stands before an item; `%1` is the number of the first level. */
  text: string;
}

/** How Word numbers, as a type of marks.ts. */
const TYPES: Record<string, string> = {
  upperRoman: 'I',
  lowerRoman: 'i',
  upperLetter: 'A',
  lowerLetter: 'a',
  decimalZero: 'decimal-leading-zero',
  aiueo: 'katakana',
  aiueoFullWidth: 'katakana',
  iroha: 'katakana-iroha',
  irohaFullWidth: 'katakana-iroha',
  ...Object.fromEntries(
    [
      ...['ideographDigital', 'japaneseCounting', 'japaneseDigitalTenThousand'],
      ...['chineseCounting', 'chineseCountingThousand', 'taiwaneseCounting'],
      ...['taiwaneseCountingThousand', 'koreanDigital2'],
    ].map((format) => [format, 'ideographic']),
  ),
};
/** Numbers with characters of their own, from one on. */
const SIGNS: Record<string, string[]> = {
  decimalEnclosedCircle: [...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟'],
  decimalEnclosedCircleChinese: [...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'],
  decimalEnclosedParen: [...'⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇'],
  decimalEnclosedFullstop: [...'⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛'],
  ideographEnclosedCircle: [...'㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉'],
  japaneseLegal: [...'壱弐参四伍六七八九', '壱拾'],
  ideographTraditional: [...'甲乙丙丁戊己庚辛壬癸'],
  ideographZodiac: [...'子丑寅卯辰巳午未申酉戌亥'],
  ganada: [...'가나다라마바사아자차카타파하'],
};

function written(format: string, number: number): string {
  if (format.startsWith('decimalFullWidth'))
    return String(number).replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!);
  return SIGNS[format]?.[number - 1] ?? writtenNumber(TYPES[format] ?? 'decimal', number);
}

function levelOf(level: Xml): Level {
  const format = valueOf(level, 'w:numFmt') ?? 'decimal';
  const text = valueOf(level, 'w:lvlText') ?? '';
  const font = child(level, 'w:rPr', 'w:rFonts')?.attributes['w:ascii'] ?? '';
  // Letters in a font of signs are none.
  const isSign = format === 'bullet' && (text === '' || /symbol|dings/i.test(font));
  return {
    start: Number(valueOf(level, 'w:start') ?? 1) || 0,
    format,
    text: isSign ? '•' : text,
  };
}

const levelsOf = (parent: Xml | undefined) =>
  new Map(
    (parent ? elementsOf(parent) : [])
      .filter(({ name }) => name === 'w:lvl')
      .map((level) => [Number(level.attributes['w:ilvl']), levelOf(level)]),
  );

interface Numbers {
  /** Lists that continue each other share their numbers. */
  counter: string;
  levels: Map<number, Level>;
  /** Levels that begin anew with this list. */
  restarts: Map<number, number>;
}

const SHOWN = 9;

/** Counts the items of a Word file's lists. */
export class Numbering {
  readonly #lists = new Map<string, Numbers>();
  readonly #counts = new Map<string, (number | undefined)[]>();
  readonly #begun = new Set<string>();

  constructor(part: Xml | null) {
    const abstract = new Map<string, Xml>();
    const byStyle = new Map<string, Xml>();
    for (const each of part ? elementsOf(part) : []) {
      if (each.name !== 'w:abstractNum') continue;
      abstract.set(each.attributes['w:abstractNumId'] ?? '', each);
      const style = valueOf(each, 'w:styleLink');
      if (style !== undefined) byStyle.set(style, each);
    }
    for (const each of part ? elementsOf(part) : []) {
      if (each.name !== 'w:num') continue;
      const counter = valueOf(each, 'w:abstractNumId') ?? '';
      const link = valueOf(abstract.get(counter), 'w:numStyleLink');
      const levels = levelsOf(
        link === undefined ? abstract.get(counter) : (byStyle.get(link) ?? abstract.get(counter)),
      );
      const restarts = new Map<number, number>();
      for (const override of elementsOf(each)) {
        if (override.name !== 'w:lvlOverride') continue;
        const at = Number(override.attributes['w:ilvl']);
        for (const [, level] of levelsOf(override)) levels.set(at, level);
        const start = valueOf(override, 'w:startOverride');
        if (start !== undefined) restarts.set(at, Number(start) || 0);
      }
      this.#lists.set(each.attributes['w:numId'] ?? '', { counter, levels, restarts });
    }
  }

  /** The mark of the next item of a list at a level from 0; null if it has none. */
  next(id: string, at: number): { mark: string; level: number } | null {
    const list = this.#lists.get(id);
    const level = list?.levels.get(at);
    if (!list || !level || !(at >= 0 && at < SHOWN)) return null;
    const counts = this.#counts.get(list.counter) ?? [];
    this.#counts.set(list.counter, counts);
    if (!this.#begun.has(id))
      for (const [restarted, start] of list.restarts) counts[restarted] = start - 1;
    this.#begun.add(id);
    counts[at] = (counts[at] ?? level.start - 1) + 1;
    counts.length = at + 1;
    if (level.format === 'none' || level.text === '') return null;
    const mark =
      level.format === 'bullet'
        ? level.text
        : level.text.replace(/%([1-9])/g, (_, digit: string) => {
            const of = Number(digit) - 1;
            const { format = 'decimal', start = 1 } = list.levels.get(of) ?? {};
            return written(format, counts[of] ?? start);
          });
    return { mark, level: at + 1 };
  }
}
