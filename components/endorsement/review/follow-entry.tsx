'use client';

import { useEffect, useRef } from 'react';
import { focusInPlace } from './focus-in-place';
import { FORM_KEYS, type EntryFormName } from './view';

/** Scrolls the list, but not the page, until the row is visible. */
function showRow(id: string): void {
  const row = document.getElementById(`row-${id}`);
  const list = row?.closest('[data-list]');
  const head = list?.querySelector('thead');
  if (!row || !list || !head) return;
  const [place, view] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
  const above = place.top - view.top - head.clientHeight;
  const below = place.bottom - view.bottom;
  if (above < 0) list.scrollBy(0, above);
  else if (below > 0) list.scrollBy(0, below);
}

/**
 * Keeps keyboard and screen reader focus on the opened entry: when another entry opens, focuses its
 * heading and scrolls to its row; when the focused element was removed (by closing a form or taking
 * a decision), moves focus into the entry.
 */
export function FollowEntry({
  id,
  version,
  form,
  notice,
}: {
  id: string;
  version: number;
  form?: EntryFormName;
  /** What became of the last press; it can leave the entry as it was. */
  notice?: string;
}) {
  const seen = useRef<{ id: string; version: number; form: typeof form; notice: typeof notice }>(
    null,
  );
  useEffect(() => {
    const before = seen.current;
    seen.current = { id, version, form, notice };
    if (before === null) {
      // A press that redirects renders the whole page anew.
      if (notice && id && document.activeElement === document.body)
        focusInPlace(document.getElementById('entry-heading'));
    } else if (before.id !== id) {
      focusInPlace(document.getElementById('entry-heading'));
      showRow(id);
    } else if (
      (before.form !== form || before.version !== version || before.notice !== notice) &&
      document.activeElement === document.body
    ) {
      const opener =
        before.form &&
        document.querySelector<HTMLElement>(`[aria-keyshortcuts="${FORM_KEYS[before.form]}"]`);
      focusInPlace(opener || document.getElementById('entry-heading'));
    }
  }, [id, version, form, notice]);
  return null;
}
