'use client';

import type { ComponentProps, KeyboardEvent } from 'react';
import { TextAreaField } from '@/components/ui/field';
import { readPlainPaste } from './paste/html';
import type { Pasted } from '@/lib/letter/text/paste/paste';
import { usePaste } from './paste/use-paste';

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

/** A paste as one line. */
function readLine(clipboard: DataTransfer): Pasted | null {
  const plain = clipboard.getData('text/plain');
  const pasted = readPlainPaste(clipboard) ?? { markdown: plain, notices: {} };
  return { ...pasted, markdown: pasted.markdown.replace(/\s*[\r\n]\s*/g, ' ') };
}

/**
 * A field for a single line of text that is often long, wrapped so that all of it shows. Line
 * breaks entered without scripts are removed when it is saved.
 */
export function LineField(
  field: Omit<ComponentProps<typeof TextAreaField>, 'rows' | 'onKeyDown' | 'onPaste' | 'onDrop'>,
) {
  const { pasting, pasteNotes } = usePaste<HTMLTextAreaElement>(readLine);
  return (
    <>
      <TextAreaField {...field} rows={1} onKeyDown={send} {...pasting} />
      {pasteNotes}
    </>
  );
}
