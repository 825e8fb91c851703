'use client';

import { useEffect, useRef, useState } from 'react';
import { CONTENT_FIELDS } from '@/lib/letter/text/content';

/** Typing that was not saved, in the browser's storage (docs/decisions/0035-typing-kept-in-the-browser.md). */
interface Kept {
  /** When it was typed, ISO 8601. */
  at: string;
  /** The version of the text that it was typed on. */
  version: string;
  /** It was sent to be saved. */
  sent: boolean;
  values: Record<string, string>;
}

const NAMES = [...CONTENT_FIELDS, 'callMarks', 'kigaki'] as const;
/** How long the typing waits for a pause before it is kept, in milliseconds. */
const PAUSE = 400;
/** Days after which forgotten typing is not restored but removed. */
const KEPT_DAYS = 30;

const field = (form: HTMLFormElement, name: string) => {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement ||
    found instanceof HTMLTextAreaElement ||
    found instanceof HTMLSelectElement
    ? found
    : null;
};

function valueOf(form: HTMLFormElement, name: string): string {
  const found = field(form, name);
  if (found instanceof HTMLInputElement && found.type === 'checkbox')
    return found.checked ? 'on' : '';
  return found?.value ?? '';
}

function fill(form: HTMLFormElement, values: Record<string, string>) {
  for (const name of NAMES) {
    const found = field(form, name);
    const value = values[name];
    if (!found || value === undefined) continue;
    if (found instanceof HTMLInputElement && found.type === 'checkbox')
      found.checked = value === 'on';
    else found.value = value;
    found.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

function read(key: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

/** Whether the browser stored it: storage can be full or switched off. */
function store(key: string, kept: Kept | null): boolean {
  try {
    if (kept) localStorage.setItem(key, JSON.stringify(kept));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps what is typed into a text's form in this browser until it is saved, and puts it back when
 * the form is opened again, on the version that it was typed on. So saving it finds what others
 * saved since.
 * @param key names the person, the letter and the language
 * @param opened `saved`: what was sent has been saved; `other`: the form holds something else on
 * purpose
 */
export function useKeptTyping(key: string, opened: 'saved' | 'other' | 'text') {
  const anchor = useRef<HTMLDivElement>(null);
  const [typing, setTyping] = useState<{
    /** Something typed is not saved. */
    unsaved: boolean;
    /** This browser keeps it. */
    keeps: boolean;
    restored: Pick<Kept, 'at' | 'version'> | null;
  }>({ unsaved: opened === 'other', keeps: false, restored: null });
  useEffect(() => {
    const form = anchor.current?.closest('form');
    if (!form) return;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let changed = false;
    const keep = (sent: boolean) => {
      clearTimeout(waiting);
      if (!changed && !sent) return;
      changed = false;
      const values = Object.fromEntries(NAMES.map((name) => [name, valueOf(form, name)]));
      const version = valueOf(form, 'version');
      const keeps = store(key, { at: new Date().toISOString(), version, sent, values });
      setTyping((now) => (now.keeps === keeps ? now : { ...now, keeps }));
    };
    const typed = () => {
      changed = true;
      setTyping((now) => (now.unsaved ? now : { ...now, unsaved: true }));
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(false), PAUSE);
    };
    const begin = () => {
      const kept = read(key);
      const isOld = kept && Date.now() - Date.parse(kept.at) > KEPT_DAYS * 86_400_000;
      const isHere =
        kept && NAMES.every((name) => (kept.values[name] ?? '') === valueOf(form, name));
      const isDone = kept && (isOld || isHere || (opened === 'saved' && kept.sent));
      if (isDone) store(key, null);
      const keeps = store(`${key} tried`, null);
      if (!kept || isDone || opened === 'other') {
        setTyping((now) => ({ ...now, keeps }));
        return;
      }
      setTyping({ unsaved: true, keeps, restored: { at: kept.at, version: kept.version } });
      fill(form, kept.values);
    };
    const sent = () => keep(true);
    const leave = () => keep(false);
    // After the browser has restored what it remembers itself.
    const beginning = setTimeout(begin);
    form.addEventListener('input', typed);
    form.addEventListener('submit', sent);
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      leave();
      clearTimeout(beginning);
      form.removeEventListener('input', typed);
      form.removeEventListener('submit', sent);
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', leave);
    };
  }, [key, opened]);
  const discard = () => {
    store(key, null);
    setTyping((now) => ({ ...now, unsaved: false, restored: null }));
    anchor.current?.closest('form')?.reset();
  };
  return { anchor, ...typing, discard };
}
