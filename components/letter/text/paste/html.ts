import { fromDom } from 'hast-util-from-dom';
import { pastedMarkdown } from './paste';

/** Editors of source code put coloured lines on the clipboard; Markdown that is written there is Markdown already. */
const isSource = (html: string) => /<(?:div|pre)\b[^>]*font-family:[^>]*monospace/i.test(html);

/**
 * What a paste says as Markdown, or null when its plain text serves better: there is no HTML (as when one pastes without
 * formatting, which browsers hand over so), or it is source code. In browsers only; nothing of the HTML is loaded or run.
 */
export function markdownOfPaste(clipboard: DataTransfer): string | null {
  const html = clipboard.getData('text/html');
  if (html === '' || isSource(html)) return null;
  const tree = fromDom(new DOMParser().parseFromString(html, 'text/html'));
  return tree.type === 'root' ? pastedMarkdown(tree) || null : null;
}

/** Puts text in place of the selection, as if it had been typed, so that it can be undone. */
export function insertTyped(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  // Deprecated, and the only way that keeps undo.
  if (document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(
    new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste', data: text }),
  );
}
