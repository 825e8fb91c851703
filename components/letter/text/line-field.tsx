'use client';

import type { ClipboardEvent, ComponentProps, KeyboardEvent } from 'react';
import { TextAreaField } from '@/components/ui/field';
import { insertTyped } from '@/components/letter/text/paste/html';

/**
 * Enter submits the form, as in a single-line input, except when it ends an input method's
 * composition.
 */
function send(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== 'Enter') return;
  // In Safari, `isComposing` is already false for the key that ends a composition; only its code
  // tells.
  if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

function pasteAsLine(event: ClipboardEvent<HTMLTextAreaElement>) {
  const text = event.clipboardData.getData('text/plain');
  if (!/[\r\n]/.test(text)) return;
  event.preventDefault();
  insertTyped(event.currentTarget, text.replace(/\s*[\r\n]\s*/g, ' '));
}

/**
 * A field for a single line of text that is often long, wrapped so that all of it shows. Line
 * breaks entered without scripts are removed when it is saved.
 */
export function LineField(
  field: Omit<ComponentProps<typeof TextAreaField>, 'rows' | 'onKeyDown' | 'onPaste'>,
) {
  return <TextAreaField {...field} rows={1} onKeyDown={send} onPaste={pasteAsLine} />;
}
