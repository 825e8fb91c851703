'use client';

import type { ClipboardEvent, ComponentProps, KeyboardEvent } from 'react';
import { TextAreaField } from '@/components/ui/field';
import { insertTyped } from '@/components/letter/text/paste/html';

/** As in a field of one line, the key sends the form; one that ends a conversion of kana does not. */
function send(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== 'Enter') return;
  // Safari tells of a conversion that this key has just ended by the code alone.
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

/** One line of text that is often long: it is shown whole, in as many lines as that takes. Breaks that get in without scripts are taken out when it is saved. */
export function LineField(
  field: Omit<ComponentProps<typeof TextAreaField>, 'rows' | 'onKeyDown' | 'onPaste'>,
) {
  return <TextAreaField {...field} rows={1} onKeyDown={send} onPaste={pasteAsLine} />;
}
