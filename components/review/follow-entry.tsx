'use client';

import { useEffect, useRef } from 'react';

/**
 * Keeps keyboards and screen readers with the opened entry: when another one opens, its heading is focused and its row
 * scrolled to; when what had the focus is gone (a form closed, a decision taken), the focus stays in the entry.
 */
export function FollowEntry({ id, version, form }: { id: string; version: number; form?: 'decline' | 'correct' }) {
  const seen = useRef({ id, version, form });
  useEffect(() => {
    const before = seen.current;
    seen.current = { id, version, form };
    if (before.id !== id) {
      document.getElementById('entry-heading')?.focus();
      document.getElementById(`row-${id}`)?.scrollIntoView({ block: 'nearest' });
    } else if ((before.form !== form || before.version !== version) && document.activeElement === document.body) {
      const opener = before.form && document.querySelector<HTMLElement>(`[aria-keyshortcuts="${before.form === 'decline' ? 'd' : 'c'}"]`);
      (opener || document.getElementById('entry-heading'))?.focus();
    }
  }, [id, version, form]);
  return null;
}
