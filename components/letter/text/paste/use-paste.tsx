'use client';

import { useTranslations } from 'next-intl';
import { useState, type ClipboardEvent, type ReactNode } from 'react';
import { insertTyped } from './html';
import { PASTE_NOTICES, type Notices } from './left-out';
import type { Pasted } from './paste';

type Area = HTMLTextAreaElement | HTMLInputElement;

/** What was left out of the last paste, or changed in it; announced, and shown until the next. */
function PasteNotes({ notices }: { notices: Notices }) {
  const t = useTranslations('letter.text.paste');
  const listed = PASTE_NOTICES.filter((notice) => notices[notice]);
  return (
    <div role="status" className="text-sm">
      {listed.length > 0 && (
        <div className="mt-2 border-l-4 border-indigo pl-3">
          <p className="font-semibold">{t('title')}</p>
          <ul className="mt-1 list-disc space-y-1 pl-5">
            {listed.map((notice) => (
              <li key={notice}>{t(`notices.${notice}`, { count: notices[notice] ?? 0 })}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/**
 * Pastes into a field what was copied from a word processor, without what does not belong into the
 * letter, and says so.
 * @param read the text to paste, or null to leave the paste to the browser
 * @returns the field's paste handler, and what to show below the field
 */
export function usePaste<Field extends Area>(
  read: (clipboard: DataTransfer, field: Field) => Pasted | null,
): { onPaste: (event: ClipboardEvent<Field>) => void; pasteNotes: ReactNode } {
  const [notices, setNotices] = useState<Notices>({});
  return {
    onPaste: (event) => {
      const pasted = read(event.clipboardData, event.currentTarget);
      setNotices(pasted?.notices ?? {});
      if (!pasted) return;
      event.preventDefault();
      insertTyped(event.currentTarget, pasted.markdown);
    },
    pasteNotes: <PasteNotes notices={notices} />,
  };
}
