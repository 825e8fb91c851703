'use client';

import { useTranslations } from 'next-intl';
import { useState, type ClipboardEvent, type DragEvent, type ReactNode } from 'react';
import type { Notices } from '@/lib/letter/text/paste/left-out';
import type { Pasted } from '@/lib/letter/text/paste/paste';
import { insertTyped } from './html';
import { NoticeList } from './notice-list';

type Area = HTMLTextAreaElement | HTMLInputElement;

/** What was left out of the last paste, or changed in it; announced, and shown until the next. */
function PasteNotes({ notices }: { notices: Notices }) {
  const t = useTranslations('letter.text.paste');
  return (
    <div role="status" className="text-sm">
      <NoticeList notices={notices} title={t('title')} />
    </div>
  );
}

/** Puts the caret where something is dropped, if the browser can tell. */
function toPoint(field: Area, { clientX, clientY }: { clientX: number; clientY: number }) {
  const found = document.caretPositionFromPoint?.(clientX, clientY);
  if (found?.offsetNode === field) field.setSelectionRange(found.offset, found.offset);
}

/**
 * Pastes into a field what was copied or dragged from a word processor, without what does not
 * belong into the letter, and says so.
 * @param read the text to paste, or null to leave it to the browser
 * @returns the field's handlers, and what to show below the field
 */
export function usePaste<Field extends Area>(
  read: (clipboard: DataTransfer, field: Field) => Pasted | null,
): {
  pasting: {
    onPaste: (event: ClipboardEvent<Field>) => void;
    onDrop: (event: DragEvent<Field>) => void;
  };
  pasteNotes: ReactNode;
} {
  const [notices, setNotices] = useState<Notices>({});
  const take = (field: Field, from: DataTransfer, event: { preventDefault: () => void }) => {
    const pasted = read(from, field);
    setNotices(pasted?.notices ?? {});
    if (pasted) event.preventDefault();
    return pasted;
  };
  return {
    pasting: {
      onPaste: (event) => {
        const pasted = take(event.currentTarget, event.clipboardData, event);
        if (pasted) insertTyped(event.currentTarget, pasted.markdown);
      },
      onDrop: (event) => {
        // Plain text, such as that of this field dragged elsewhere in it, is the browser's to move.
        if (!event.dataTransfer.types.includes('text/html')) return;
        const pasted = take(event.currentTarget, event.dataTransfer, event);
        if (!pasted) return;
        toPoint(event.currentTarget, event);
        insertTyped(event.currentTarget, pasted.markdown);
      },
    },
    pasteNotes: <PasteNotes notices={notices} />,
  };
}
