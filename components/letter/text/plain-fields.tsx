'use client';

import type { ComponentProps } from 'react';
import { TextAreaField, TextField } from '@/components/ui/field';
import { readPlainPaste } from './paste/html';
import { usePaste } from './paste/use-paste';

/** A field for one line of a letter, which takes what is pasted without formatting. */
export function PlainField(field: Omit<ComponentProps<typeof TextField>, 'onPaste' | 'onDrop'>) {
  const { pasting, pasteNotes } = usePaste<HTMLInputElement>(readPlainPaste);
  return (
    <>
      <TextField {...field} {...pasting} />
      {pasteNotes}
    </>
  );
}

/** As {@link PlainField}, for several lines. */
export function PlainAreaField(
  field: Omit<ComponentProps<typeof TextAreaField>, 'onPaste' | 'onDrop'>,
) {
  const { pasting, pasteNotes } = usePaste<HTMLTextAreaElement>(readPlainPaste);
  return (
    <>
      <TextAreaField {...field} {...pasting} />
      {pasteNotes}
    </>
  );
}
