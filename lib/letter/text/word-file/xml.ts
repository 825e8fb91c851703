import { Parser } from 'htmlparser2';
import { WORD_FILE } from '@/lib/platform/limits';

/** An element of WordprocessingML, with the prefixes that Word writes (`w:p`). */
export interface Xml {
  name: string;
  attributes: Record<string, string>;
  children: (Xml | string)[];
}

/** Markup that is larger or deeper than any letter's, or is not what word processors write. */
export class UnreadableXml extends Error {}

const WORD = /\/(?:wordprocessingml\/(?:2006\/)?main)$/;
const RELATIONSHIPS = /officeDocument\/(?:2006\/)?relationships$/;

/** The usual prefix of a namespace, which some programs call otherwise. */
function usualPrefix(namespace: string, prefix: string): string {
  if (WORD.test(namespace)) return 'w';
  if (RELATIONSHIPS.test(namespace)) return 'r';
  return namespace.endsWith('/markup-compatibility/2006') ? 'mc' : prefix;
}

/**
 * Parses a part of a Word file; bounded in the number of its elements and in their depth. Entities
 * of its own are refused: a few of them can stand for any amount of text.
 * @throws {UnreadableXml}
 */
export function parseXml(source: string): Xml {
  const root: Xml = { name: '', attributes: {}, children: [] };
  const open: Xml[] = [root];
  const prefixes = new Map<string, string>();
  let elements = 0;
  const named = (name: string) => {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const usual = prefixes.get(prefix);
    return usual === undefined || usual === prefix ? name : `${usual}:${name.slice(colon + 1)}`;
  };
  const parser = new Parser(
    {
      onopentag(name, given) {
        elements += 1;
        if (elements > WORD_FILE.elements || open.length > WORD_FILE.depth)
          throw new UnreadableXml('too many elements');
        for (const [key, value] of Object.entries(given)) {
          const [, , prefix = ''] = /^xmlns(:(.+))?$/.exec(key) ?? [];
          if (key.startsWith('xmlns')) prefixes.set(prefix, usualPrefix(value, prefix));
        }
        const attributes = Object.fromEntries(
          Object.entries(given)
            .filter(([key]) => !key.startsWith('xmlns'))
            .map(([key, value]) => [key.includes(':') ? named(key) : key, value]),
        );
        const element: Xml = { name: named(name), attributes, children: [] };
        open.at(-1)!.children.push(element);
        open.push(element);
      },
      ontext(text) {
        open.at(-1)!.children.push(text);
      },
      onclosetag() {
        open.pop();
      },
      onprocessinginstruction(name) {
        if (name.startsWith('!')) throw new UnreadableXml('a document type');
      },
    },
    { xmlMode: true },
  );
  parser.end(source);
  const [element] = root.children.filter((child) => typeof child !== 'string');
  if (!element) throw new UnreadableXml('no element');
  return element;
}

export const element = (
  name: string,
  attributes: Record<string, string> = {},
  children: (Xml | string)[] = [],
): Xml => ({ name, attributes, children });

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\P{Cc}\t\n\r]/gu, '');

/** An element as XML. */
export function writeXml({ name, attributes, children }: Xml): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = children.map((child) =>
    typeof child === 'string' ? escaped(child) : writeXml(child),
  );
  return `<${name}${given.join('')}>${inner.join('')}</${name}>`;
}

export const elementsOf = ({ children }: Xml): Xml[] =>
  children.filter((child): child is Xml => typeof child !== 'string');

/** The first child of a name, along a path of names. */
export function child(parent: Xml | undefined, ...path: string[]): Xml | undefined {
  return path.reduce<Xml | undefined>(
    (at, name) => at && elementsOf(at).find((each) => each.name === name),
    parent,
  );
}

/** The attribute `w:val` of a child. */
export const valueOf = (parent: Xml | undefined, ...path: string[]): string | undefined =>
  child(parent, ...path)?.attributes['w:val'];

/** The outermost elements of a name within an element. */
export function within(parent: Xml, name: string): Xml[] {
  return elementsOf(parent).flatMap((each) => (each.name === name ? [each] : within(each, name)));
}

/** What is said in an element, deleted text included. */
export function saidIn(parent: Xml): string {
  if (parent.name === 'w:t' || parent.name === 'w:delText')
    return parent.children.filter((each) => typeof each === 'string').join('');
  return elementsOf(parent).map(saidIn).join('');
}
