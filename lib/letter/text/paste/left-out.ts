import type { Element } from 'hast';
import { classesOf, type Styles } from './styles';

/** What can be left out of a paste, or changed in it, in the order in which it is listed. */
export const PASTE_NOTICES = [
  'deleted',
  'comments',
  'hidden',
  'margins',
  'pictures',
  'embedded',
  'boxes',
  'struck',
  'notes',
  'loneNotes',
  'raised',
  'cells',
  'suggestions',
  'refused',
  'tooLong',
] as const;
export type PasteNotice = (typeof PASTE_NOTICES)[number];

/** How often each of these happened. */
export type Notices = Partial<Record<PasteNotice, number>>;

/**
 * Words for removed text in the names of classes: Word's `msoDel`, Word for the web's
 * `TrackChangeTextDeletion`, the `Deletion` of others. Text that is merely struck through is none.
 */
const DELETED = /^(?:(?:mso|ice-)?del|.*deletion|deleted(?:-?text)?)$/i;
const COMMENT = /^(?:msocom(?:anchor|txt|off)|msocomment(?:reference|text|subject))$/i;
/** Text for screen readers only. */
const UNSEEN = /^(?:sr-only|visually-hidden|screen-reader-text)$/i;

/** Elements that show something other than text. */
const PICTURES = [
  ...['img', 'svg', 'math', 'picture', 'video', 'audio', 'canvas', 'iframe', 'object'],
  'm:omath',
];

/** The note that a link of Google Docs' comments names, in the text or from the comment back. */
const isGoogleComment = (node: Element['children'][number]) =>
  node.type === 'element' && node.tagName === 'a' && /^cmnt\d/.test(String(node.properties.id));

/** Whether an element, or what it begins with, is a comment as Google Docs exports it. */
function beginsAsComment(element: Element): boolean {
  for (let node: Element['children'][number] | undefined = element; node?.type === 'element';) {
    if (isGoogleComment(node)) return true;
    node = node.children.find((child) => child.type !== 'text' || child.value.trim() !== '');
  }
  return false;
}

function isComment(element: Element, declared: ReturnType<Styles>): boolean {
  return (
    /^comment(?:-list)?$/.test(declared.get('mso-element') ?? '') ||
    declared.get('mso-special-character') === 'comment' ||
    classesOf(element).some((name) => COMMENT.test(name)) ||
    element.properties.role === 'comment' ||
    (element.tagName === 'a' && /^#cmnt/.test(String(element.properties.href))) ||
    (['p', 'div', 'li'].includes(element.tagName) && beginsAsComment(element))
  );
}

function isHidden(element: Element, declared: ReturnType<Styles>): boolean {
  const is = (name: string, values: RegExp) => values.test(declared.get(name) ?? '');
  return (
    is('display', /^none/) ||
    is('mso-hide', /^(?:all|screen)/) ||
    is('visibility', /^(?:hidden|collapse)/) ||
    is('font-size', /^0(?:\.0*)?(?:[a-z%]|$)/) ||
    is('opacity', /^0(?:\.0*)?$/) ||
    element.properties.hidden === true ||
    element.properties.hidden === '' ||
    classesOf(element).some((name) => UNSEEN.test(name))
  );
}

/**
 * Why an element does not belong into the letter, or null: it was deleted, is a comment, hidden, in
 * the margins of the pages, or a picture.
 */
export function leftOut(element: Element, styles: Styles): PasteNotice | null {
  const declared = styles(element);
  if (isComment(element, declared)) return 'comments';
  if (
    element.tagName === 'del' ||
    element.properties.role === 'deletion' ||
    classesOf(element).some((name) => DELETED.test(name))
  )
    return 'deleted';
  if (isHidden(element, declared)) return 'hidden';
  if (
    /^(?:header|footer|.*-separator)$/.test(declared.get('mso-element') ?? '') ||
    (element.tagName === 'div' && /^(?:header|footer)$/.test(String(element.properties.title)))
  )
    return 'margins';
  return PICTURES.includes(element.tagName) ? 'pictures' : null;
}
