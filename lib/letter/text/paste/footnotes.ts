import type { Element, Nodes, Root } from 'hast';
import type { Styles } from './styles';

/** A footnote or endnote whose text is on the clipboard. */
export interface PastedNote {
  /** Its label in Markdown. */
  label: string;
  /** The element with its text. */
  body: Element;
}

export interface PastedNotes {
  /** In the order of the text. */
  all: PastedNote[];
  /** The note that a link refers to; null if its text is not on the clipboard; else undefined. */
  referredTo: (link: Element) => PastedNote | null | undefined;
  isBody: (element: Element) => boolean;
  /** Whether an element is the number before a note's text, or a link back from it. */
  isBackLink: (element: Element) => boolean;
}

/**
 * The names of notes: Word's `_ftn1` and `_edn1`, LibreOffice's `sdfootnote1sym`, Google Docs'
 * `ftnt1`, those of Markdown (`fn-1`), of Wikipedia, and of this product's pages (`en-note-1`).
 */
const NOTE =
  /^(?:_?(?:ftn|edn|ftnt)\d+|sd(?:foot|end)note\d+sym|(?:user-content-)?fn[:-]?\w+|(?:foot|end)note-?\d+|cite_note-.+|[\w-]+-note-\d+)$/;
/** The names of references to them. */
const REFERENCE =
  /^(?:_?(?:ftn|edn|ftnt_?)ref\d+|sd(?:foot|end)note\d+anc|(?:user-content-)?fn[:-]?ref.*|(?:foot|end)note-ref.*|cite_ref.+|[\w-]+-ref-[\d-]+)$/;

const namesOf = ({ properties: { id, name } }: Element) =>
  [id, name].filter((one) => typeof one === 'string');
const isReferenceName = (name: string) => REFERENCE.test(name);

/** The name that a link leads to. Browsers put the page's address before it. */
function fragmentOf(link: Element): string {
  const href = String(link.properties.href ?? '');
  const hash = href.indexOf('#');
  return link.tagName === 'a' && hash >= 0 ? href.slice(hash + 1) : '';
}

const HOLDERS = ['p', 'li', 'div', 'td', 'dd', 'aside'];

/** Finds the footnotes and endnotes of a pasted document. */
export function notesOf(tree: Root, styles: Styles, firstLabel: number): PastedNotes {
  const parents = new Map<Element, Element>();
  const targets = new Map<string, Element>();
  const links: Element[] = [];
  const visit = (node: Nodes, parent?: Element): void => {
    if (node.type === 'element') {
      if (parent) parents.set(node, parent);
      for (const name of namesOf(node)) if (!targets.has(name)) targets.set(name, node);
      if (fragmentOf(node)) links.push(node);
    }
    if (!('children' in node)) return;
    for (const child of node.children) visit(child, node.type === 'element' ? node : parent);
  };
  visit(tree);

  const holderOf = (target: Element): Element | null => {
    let holder: Element | undefined = target;
    while (holder && !HOLDERS.includes(holder.tagName)) holder = parents.get(holder);
    if (!holder) return null;
    const around = parents.get(holder);
    const isNote =
      around?.tagName === 'div' &&
      (/^(?:foot|end)note$/.test(styles(around).get('mso-element') ?? '') ||
        /^(?:ftn|edn|sd(?:foot|end)note)\d+$/.test(String(around.properties.id)));
    return isNote ? around : holder;
  };
  const isWithin = (element: Element, holder: Element): boolean => {
    for (let at: Element | undefined = element; at; at = parents.get(at))
      if (at === holder) return true;
    return false;
  };

  const all: PastedNote[] = [];
  const byBody = new Map<Element, PastedNote>();
  const referred = new Map<Element, PastedNote | null>();
  for (const link of links) {
    const name = fragmentOf(link);
    if (!NOTE.test(name) || isReferenceName(name)) continue;
    const target = targets.get(name);
    const body = target && holderOf(target);
    if (!body || isWithin(link, body)) {
      referred.set(link, null);
      continue;
    }
    const note = byBody.get(body) ?? { label: String(firstLabel + all.length), body };
    if (!byBody.has(body)) all.push(note);
    byBody.set(body, note);
    referred.set(link, note);
  }
  return {
    all,
    referredTo: (link) => referred.get(link),
    isBody: (element) => byBody.has(element),
    isBackLink: (element) => isReferenceName(fragmentOf(element)),
  };
}
