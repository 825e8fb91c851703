import type { Element, Nodes, Root } from 'hast';

/** What is declared for an element: properties in lower case, of its style sheet and its own. */
export type Declared = ReadonlyMap<string, string>;
/** Looks up what is declared for an element. */
export type Styles = (element: Element) => Declared;

/** The classes of an element. */
export function classesOf(element: Element): string[] {
  const { className } = element.properties;
  return Array.isArray(className) ? className.map(String) : [];
}

/** The text of a node, as written. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** The top-level rules of a style sheet; what is nested, such as what holds in print only, is not. */
function rulesOf(sheet: string): { selectors: string; body: string }[] {
  const rules: { selectors: string; body: string }[] = [];
  let selectors = '';
  let body = '';
  let depth = 0;
  for (const piece of sheet.split(/(\/\*|\*\/|<!--|-->|[{}])/)) {
    if (piece === '/*') depth += 1_000;
    else if (piece === '*/') depth = Math.max(0, depth - 1_000);
    else if (depth >= 1_000 || piece === '<!--' || piece === '-->') continue;
    else if (piece === '{') depth += 1;
    else if (piece === '}') {
      depth = Math.max(0, depth - 1);
      if (depth === 0) {
        if (!selectors.includes('@')) rules.push({ selectors, body });
        selectors = '';
        body = '';
      }
    } else if (depth === 0) selectors += piece;
    else if (depth === 1) body += piece;
  }
  return rules;
}

/** Selectors of elements, classes, or both; word processors write few others. */
const SIMPLE = /^(?:[a-z][a-z0-9]*)?(?:\.[\w-]+)?$/i;

function sheetsIn(node: Nodes): string {
  if (node.type === 'element' && node.tagName === 'style') return textOf(node);
  return 'children' in node ? node.children.map(sheetsIn).join('\n') : '';
}

function declare(declared: Map<string, string>, declarations: string): void {
  for (const declaration of declarations.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .trim();
    declared.set(declaration.slice(0, colon).trim().toLowerCase(), value.toLowerCase());
  }
}

/**
 * Reads the style sheets that word processors put on the clipboard: some hide, raise or stress text
 * by a class. Inline styles win.
 */
export function stylesOf(tree: Root): Styles {
  const sheet = new Map<string, string>();
  for (const { selectors, body } of rulesOf(sheetsIn(tree)))
    for (const selector of selectors.split(',').map((one) => one.trim().toLowerCase()))
      if (selector !== '' && SIMPLE.test(selector))
        sheet.set(selector, `${sheet.get(selector) ?? ''};${body}`);
  const known = new WeakMap<Element, Declared>();
  return (element) => {
    const before = known.get(element);
    if (before) return before;
    const declared = new Map<string, string>();
    const classes = classesOf(element).map((name) => `.${name.toLowerCase()}`);
    for (const selector of [
      element.tagName,
      ...classes,
      ...classes.map((name) => element.tagName + name),
    ])
      declare(declared, sheet.get(selector) ?? '');
    declare(declared, String(element.properties.style ?? ''));
    known.set(element, declared);
    return declared;
  };
}
