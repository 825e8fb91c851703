import { fromDom } from 'hast-util-from-dom';
import { pastedMarkdown } from './paste';

/**
 * Whether the HTML is syntax highlighting from a code editor. Markdown copied from there is
 * Markdown already.
 */
const isSource = (html: string) => /<(?:div|pre)\b[^>]*font-family:[^>]*monospace/i.test(html);

/**
 * A paste as Markdown, or null if its plain text should be pasted: there is no HTML (also when
 * pasting without formatting), or it is source code. Browser only. Parsing the HTML loads and runs
 * nothing of it.
 */
export function markdownOfPaste(clipboard: DataTransfer): string | null {
  const html = clipboard.getData('text/html');
  if (html === '' || isSource(html)) return null;
  const tree = fromDom(new DOMParser().parseFromString(html, 'text/html'));
  return tree.type === 'root' ? pastedMarkdown(tree) || null : null;
}

/** Replaces the selection by text as if it had been typed, so that it can be undone. */
export function insertTyped(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  // Deprecated, but the only way that supports undo.
  if (document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(
    new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste', data: text }),
  );
}
