'use client';

import { useEffect, useRef } from 'react';
import { focusInPlace } from './focus-in-place';

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
}: {
  id: string;
  version: number;
  form?: 'decline' | 'correct';
}) {
  const seen = useRef({ id, version, form });
  useEffect(() => {
    const before = seen.current;
    seen.current = { id, version, form };
    if (before.id !== id) {
      focusInPlace(document.getElementById('entry-heading'));
      showRow(id);
    } else if (
      (before.form !== form || before.version !== version) &&
      document.activeElement === document.body
    ) {
      const opener =
        before.form &&
        document.querySelector<HTMLElement>(
          `[aria-keyshortcuts="${before.form === 'decline' ? 'd' : 'c'}"]`,
        );
      focusInPlace(opener || document.getElementById('entry-heading'));
    }
  }, [id, version, form]);
  return null;
}
