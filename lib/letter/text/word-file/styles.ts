import { child, elementsOf, valueOf, type Xml } from './xml';

/** What a style or the text's own formatting declares; undefined where it says nothing. */
export interface Format {
  hidden?: boolean | undefined;
  strong?: boolean | undefined;
  emphasis?: boolean | undefined;
  struck?: boolean | undefined;
  raised?: 'superscript' | 'subscript' | 'baseline' | undefined;
}

export type ParagraphKind = 'title' | 'subtitle' | 'heading' | 'quotation' | 'text';

export interface Style extends Format {
  kind?: ParagraphKind | undefined;
  /** The alignment of its paragraphs. */
  align?: string | undefined;
  /** The numbering of its paragraphs. */
  list?: { id?: string | undefined; level?: string | undefined } | undefined;
  /** Whether the first row of a table in it is strong. */
  strongHead?: boolean | undefined;
}

export interface WordStyles {
  byId: (id: string | undefined) => Style;
  /** The style of paragraphs without one. */
  usual: Style;
}

/** A switch, such as bold; undefined where it is not set. */
function isOn(properties: Xml | undefined, name: string): boolean | undefined {
  const found = child(properties, name);
  return found && !/^(?:0|false|off|none)$/.test(found.attributes['w:val'] ?? '');
}

/** Type of half a point or less: text that is there and not seen. */
const isTiny = (size: string | undefined) => size !== undefined && Number(size) <= 2;

/** How far above the line text may be before it counts as raised, in half points. */
const RAISED = 4;

/** What `w:rPr` declares. */
export function formatOf(properties: Xml | undefined): Format {
  const shift = Number(valueOf(properties, 'w:position') ?? 0);
  const shifted = shift >= RAISED ? 'superscript' : shift <= -RAISED ? 'subscript' : undefined;
  const align = valueOf(properties, 'w:vertAlign') as Format['raised'];
  const hidden = isOn(properties, 'w:vanish');
  return {
    hidden: isTiny(valueOf(properties, 'w:sz')) ? true : hidden,
    strong: isOn(properties, 'w:b'),
    // The dots beside Japanese text are its emphasis.
    emphasis: isOn(properties, 'w:i') ?? isOn(properties, 'w:em'),
    struck: isOn(properties, 'w:strike') ?? isOn(properties, 'w:dstrike'),
    raised: align ?? shifted,
  };
}

/** `below` with what `above` declares. */
export function over<T extends object>(below: T, above: T): T {
  const said = Object.entries(above).filter(([, value]) => value !== undefined);
  return { ...below, ...Object.fromEntries(said) };
}

const KINDS: [RegExp, ParagraphKind][] = [
  [/^title$/, 'title'],
  [/^subtitle$/, 'subtitle'],
  [/^heading [1-9]$/, 'heading'],
  [/^(?:(?:intense )?quote|quotations?|block (?:text|quotation)|引用文.*)$/, 'quotation'],
];

function styleOf(style: Xml): Style {
  const name = (valueOf(style, 'w:name') ?? '').toLowerCase();
  const paragraph = child(style, 'w:pPr');
  const outline = valueOf(paragraph, 'w:outlineLvl');
  const list = child(paragraph, 'w:numPr');
  const head = elementsOf(style).find(
    (each) => each.name === 'w:tblStylePr' && each.attributes['w:type'] === 'firstRow',
  );
  return {
    ...formatOf(child(style, 'w:rPr')),
    kind:
      KINDS.find(([pattern]) => pattern.test(name))?.[1] ??
      (outline !== undefined && Number(outline) < 9 ? 'heading' : undefined),
    align: valueOf(paragraph, 'w:jc'),
    list: list && { id: valueOf(list, 'w:numId'), level: valueOf(list, 'w:ilvl') },
    strongHead: head && isOn(child(head, 'w:rPr'), 'w:b'),
  };
}

/** How many styles may build on each other. */
const LINE = 20;

/** Reads the styles of a Word file, each with what it takes from those that it builds on. */
export function wordStyles(part: Xml | null): WordStyles {
  const written = new Map<string, Xml>();
  let usualId: string | undefined;
  for (const style of part ? elementsOf(part) : []) {
    const id = style.attributes['w:styleId'];
    if (style.name !== 'w:style' || id === undefined) continue;
    written.set(id, style);
    const { 'w:type': type, 'w:default': usual } = style.attributes;
    if (type === 'paragraph' && /^(?:1|true|on)$/.test(usual ?? '')) usualId = id;
  }
  const known = new Map<string, Style>();
  const byId = (id: string | undefined, line = 0): Style => {
    const style = id === undefined ? undefined : written.get(id);
    if (id === undefined || !style || line > LINE) return {};
    const before = known.get(id);
    if (before) return before;
    const found = over(byId(valueOf(style, 'w:basedOn'), line + 1), styleOf(style));
    known.set(id, found);
    return found;
  };
  return { byId: (id) => byId(id), usual: byId(usualId) };
}
