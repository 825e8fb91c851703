'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { buttonClass } from '@/components/ui/button';
import { KeyHint } from './key-hint';

/** Ends a form; not a character key, so that it needs no switch (WCAG 2.1.4). */
const CLOSE = 'Escape';
const KEYS = ['a', 'd', 'c', 'v', 'w', 'u', 'j', 'k', '/', 'f'] as const;
const STORED_AS = 'undersigned-shortcuts';
const CHANGED = 'undersigned-shortcuts-changed';

/** Fallback if localStorage is unavailable: the setting lasts until the page is closed. */
let unstored = true;

function isOn(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== 'off';
  } catch {
    return unstored;
  }
}

function turn(on: boolean): void {
  unstored = on;
  try {
    localStorage.setItem(STORED_AS, on ? 'on' : 'off');
  } catch {
    // `unstored` holds it instead
  }
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void): () => void {
  window.addEventListener(CHANGED, changed);
  window.addEventListener('storage', changed);
  return () => {
    window.removeEventListener(CHANGED, changed);
    window.removeEventListener('storage', changed);
  };
}

/** Whether a text input has been edited, so that leaving its form would lose something. */
function isEdited(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) &&
    target.value !== target.defaultValue
  );
}

/** The visible control with a key in `aria-keyshortcuts`. */
function controlFor(key: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${key}"]`)].find(
    (element) => element.checkVisibility(),
  );
}

/** Whether the event target is a text input. */
function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select'))
  );
}

/**
 * Keyboard shortcuts for decisions: each clicks the visible control with that key in
 * `aria-keyshortcuts`. Ignored while typing, with modifiers, and when turned off (WCAG 2.1.4).
 * Includes the help dialog with the switch.
 */
export function Shortcuts() {
  const t = useTranslations('endorsement.review.shortcuts');
  const on = useSyncExternalStore(subscribe, isOn, () => true);
  const help = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== CLOSE || event.defaultPrevented || event.isComposing) return;
      if (!isEdited(event.target)) controlFor(CLOSE)?.click();
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);

  useEffect(() => {
    document.documentElement.dataset.shortcuts = on ? 'on' : 'off';
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.isComposing ||
        takesText(event.target)
      )
        return;
      if (event.key === '?') return help.current?.togglePopover();
      const key = KEYS.find((known) => known === event.key);
      if (
        !key ||
        (event.repeat && key !== 'j' && key !== 'k') ||
        help.current?.matches(':popover-open')
      )
        return;
      const control = controlFor(key);
      if (!control) return;
      event.preventDefault();
      if (control.matches('input, summary')) control.focus();
      if (!control.matches('input')) control.click();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [on]);

  return (
    <>
      {/* Hidden on devices without hover, which rarely have a keyboard; the shortcut still opens it. */}
      <button
        type="button"
        popoverTarget="shortcuts"
        className="inline-flex min-h-8 cursor-pointer items-center gap-1.5 text-indigo underline underline-offset-4 hover:text-indigo-strong noscript:hidden [@media(hover:none)]:hidden"
      >
        {t('open')} <KeyHint>?</KeyHint>
      </button>
      <div
        ref={help}
        id="shortcuts"
        popover="auto"
        role="dialog"
        aria-labelledby="shortcuts-title"
        className="m-auto w-80 max-w-[calc(100vw-2rem)] border border-edge bg-raised p-5 text-sm text-ink backdrop:bg-black/30"
      >
        <h2 id="shortcuts-title" className="font-semibold">
          {t('title')}
        </h2>
        <dl className="mt-3 grid grid-cols-[2.5rem_1fr] gap-y-1.5">
          {[...KEYS, '?' as const].map((key) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="inline-block min-w-6 rounded-sm border border-edge px-1 text-center font-sans">
                  {key}
                </kbd>
              </dt>
              <dd>{t(`keys.${key === '/' ? 'slash' : key === '?' ? 'help' : key}`)}</dd>
            </div>
          ))}
        </dl>
        <label className="mt-4 flex min-h-8 cursor-pointer items-center gap-2">
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => turn(event.target.checked)}
            className="size-4"
          />
          {t('on')}
        </label>
        <p className="text-quiet">{t('kept')}</p>
        <button
          type="button"
          popoverTarget="shortcuts"
          popoverTargetAction="hide"
          className={`${buttonClass('outline', 'small')} mt-3`}
        >
          {t('close')}
        </button>
      </div>
    </>
  );
}
