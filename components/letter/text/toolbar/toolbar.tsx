'use client';

import {
  Bold,
  Heading,
  Italic,
  Link,
  List,
  ListOrdered,
  Quote,
  Superscript,
  Table,
  type LucideIcon,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent, RefObject } from 'react';
import { typeOver } from '../paste/html';
import { marked, MARKS, type Mark } from './marking';

const ICONS: Record<Mark, LucideIcon> = {
  bold: Bold,
  italic: Italic,
  link: Link,
  heading: Heading,
  list: List,
  numbers: ListOrdered,
  quotation: Quote,
  note: Superscript,
  table: Table,
};

/** Keys that make a mark, with Ctrl, or ⌘ on Apple's systems. */
const KEYS: Record<string, Mark> = { b: 'bold', i: 'italic', k: 'link' };
const SHORTCUTS = Object.fromEntries(
  Object.entries(KEYS).map(([key, mark]) => [
    mark,
    `Control+${key.toUpperCase()} Meta+${key.toUpperCase()}`,
  ]),
);

/** Control with these letters moves the caret on Apple's systems. */
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** Sets marks in a Markdown field, by buttons and keys. */
export function useMarks() {
  const t = useTranslations('letter.text.marks');
  const mark = (area: HTMLTextAreaElement, kind: Mark) => {
    const { value, selectionStart: start, selectionEnd: end } = area;
    const edit = marked(kind, { value, start, end }, t('cell'));
    typeOver(area, edit.from, edit.to, edit.text);
    area.setSelectionRange(...edit.select);
  };
  return {
    mark,
    onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => {
      const kind = KEYS[event.key.toLowerCase()];
      if (!kind || event.altKey || event.shiftKey || event.nativeEvent.isComposing) return;
      if (!(isApple() ? event.metaKey : event.ctrlKey)) return;
      event.preventDefault();
      mark(event.currentTarget, kind);
    },
  };
}

/** The buttons above a Markdown field; without scripts, they are not shown. */
export function Toolbar({
  area,
  controls,
  mark,
}: {
  area: RefObject<HTMLTextAreaElement | null>;
  /** The field's id. */
  controls: string;
  mark: (area: HTMLTextAreaElement, kind: Mark) => void;
}) {
  const t = useTranslations('letter.text.marks');
  return (
    <div
      role="group"
      aria-label={t('label')}
      className="mt-2 -mb-1 flex flex-wrap gap-0.5 [@media(scripting:none)]:hidden"
    >
      {MARKS.map((kind) => {
        const Icon = ICONS[kind];
        return (
          <button
            key={kind}
            type="button"
            aria-label={t(`names.${kind}`)}
            title={t(`names.${kind}`)}
            aria-controls={controls}
            aria-keyshortcuts={SHORTCUTS[kind]}
            onClick={() => area.current && mark(area.current, kind)}
            className="inline-flex size-9 items-center justify-center rounded-sm border border-transparent text-ink hover:border-edge hover:bg-wash"
          >
            <Icon aria-hidden size={18} />
          </button>
        );
      })}
    </div>
  );
}

const EXAMPLES = [
  'bold',
  'italic',
  'link',
  'heading',
  'list',
  'quotation',
  'note',
  'table',
] as const;

/** How marks are typed, for whoever has no buttons or likes typing. */
export function MarksHint() {
  const t = useTranslations('letter.text.marks');
  return (
    <details className="mt-1 text-sm">
      <summary className="inline-block min-h-6 cursor-pointer text-indigo">{t('how')}</summary>
      <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-quiet">
        {EXAMPLES.map((kind) => (
          <div key={kind} className="contents">
            <dt>{t(`names.${kind}`)}</dt>
            <dd className="font-mono wrap-anywhere whitespace-pre-wrap">{t(`examples.${kind}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
