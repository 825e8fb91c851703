import { fromDom } from 'hast-util-from-dom';
import { plainText } from '@/lib/letter/text/markdown';
import { firstLabel, pastedMarkdown, type Pasted } from '@/lib/letter/text/paste/paste';
import { isGoogleDocs, markSuggestions, SLICE_TYPE } from './google';

/**
 * Whether the HTML is syntax highlighting from a code editor. Markdown copied from there is
 * Markdown already.
 */
const isSource = (html: string) => /<(?:div|pre)\b[^>]*font-family:[^>]*monospace/i.test(html);

/** HTML beyond this is not read: it would block the page, and its text is too long anyway. */
const HTML_MAX = 8_000_000;
/** As many characters as all the plain fields of a letter are far from having. */
const PLAIN_MAX = 50_000;

/**
 * A paste as Markdown, or null if its plain text should be pasted: there is no HTML (also when
 * pasting without formatting), or it is source code. Browser only. Parsing the HTML loads and runs
 * nothing of it.
 * @param typed what the field has
 * @param max the most characters that the field takes; of a text that is more than twice as long,
 * nothing is pasted, since what was deleted in it could not be told in time
 */
export function readPaste(clipboard: DataTransfer, typed: string, max: number): Pasted | null {
  const html = clipboard.getData('text/html');
  if (html === '' || isSource(html)) return null;
  if (html.length > HTML_MAX || clipboard.getData('text/plain').length > max * 2)
    return { markdown: '', notices: { tooLong: 1 } };
  const tree = fromDom(new DOMParser().parseFromString(html, 'text/html'));
  if (tree.type !== 'root') return null;
  const suggestions = isGoogleDocs(html)
    ? markSuggestions(tree, clipboard.getData(SLICE_TYPE))
    : 'marked';
  if (suggestions === 'refused') return { markdown: '', notices: { refused: 1 } };
  const pasted = pastedMarkdown(tree, firstLabel(typed));
  if (suggestions === 'unknown') pasted.notices.suggestions = 1;
  const isEmpty = pasted.markdown === '' && Object.keys(pasted.notices).length === 0;
  return isEmpty ? null : pasted;
}

/** As {@link readPaste}, for a field of plain text: one paragraph a line. */
export function readPlainPaste(clipboard: DataTransfer): Pasted | null {
  const pasted = readPaste(clipboard, '', PLAIN_MAX);
  return pasted && { ...pasted, markdown: plainText(pasted.markdown).replace(/\n{2,}/g, '\n') };
}

/**
 * Blank lines around text that is more than words, so that it does not run into its neighbours:
 * tables, and the notes at the end.
 */
function spaced(area: HTMLTextAreaElement | HTMLInputElement, text: string): string {
  if (!/^(?:\||\[\^\d+\]:)/m.test(text)) return text;
  const [start, end] = [area.selectionStart ?? 0, area.selectionEnd ?? 0];
  const before = area.value.slice(0, start);
  const opens = text.startsWith('|') && before.trim() !== '' && !/\n[ \t]*\n$/.test(before);
  return `${opens ? '\n\n' : ''}${text}${area.value.slice(end).trim() === '' ? '' : '\n\n'}`;
}

/** Replaces the selection by text as if it had been typed, so that it can be undone. */
export function insertTyped(area: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  if (text === '') return;
  typeOver(area, area.selectionStart ?? 0, area.selectionEnd ?? 0, spaced(area, text));
}

/** Replaces a part of a field's text as if it had been typed, so that it can be undone. */
export function typeOver(
  area: HTMLTextAreaElement | HTMLInputElement,
  from: number,
  to: number,
  text: string,
): void {
  area.focus();
  area.setSelectionRange(from, to);
  // Deprecated, but the only way that supports undo.
  if (document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, from, to, 'end');
  area.dispatchEvent(
    new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste', data: text }),
  );
}
