'use client';

import {
  memo,
  useCallback,
  useDeferredValue,
  useRef,
  useSyncExternalStore,
  type ComponentProps,
} from 'react';
import { LetterMarkdown } from './markdown';
import { TextAreaField } from '@/components/ui/field';
import { readPaste } from './paste/html';
import { usePaste } from './paste/use-paste';
import { MarksHint, Toolbar, useMarks } from './toolbar/toolbar';

export interface MarkdownLabels {
  /** The preview's heading, and what stands in place of an empty one. */
  preview: { heading: string; empty: string };
  /** Shown when the text approaches its limit. */
  count: (length: number) => string;
  /** Shown beyond the limit, instead of the preview. */
  tooLong: (length: number) => string;
}

/** The longest delay of the preview after the last key, in milliseconds. */
const LONGEST_WAIT = 500;

/** The field's current value, however it was entered; null without scripts. */
function useTyped() {
  const area = useRef<HTMLTextAreaElement>(null);
  const follow = useCallback((changed: () => void) => {
    const field = area.current;
    const form = field?.form;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    // Rendering a long text takes longer than a keystroke, so it waits for a pause. On `reset`, the
    // values change after the event.
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(changed, Math.min((field?.value.length ?? 0) / 100, LONGEST_WAIT));
    };
    field?.addEventListener('input', soon);
    form?.addEventListener('reset', soon);
    return () => {
      clearTimeout(waiting);
      field?.removeEventListener('input', soon);
      form?.removeEventListener('reset', soon);
    };
  }, []);
  const typed = useSyncExternalStore(
    follow,
    () => area.current?.value ?? null,
    () => null,
  );
  return { area, typed };
}

const Preview = memo(function Preview({
  text,
  lang,
  notes,
  labels,
}: {
  text: string;
  lang: string;
  notes: string;
  labels: MarkdownLabels['preview'];
}) {
  return (
    <section aria-label={labels.heading} className="mt-4 min-w-0 @[72rem]:mt-0">
      <p aria-hidden className="text-sm text-quiet">
        {labels.heading}
      </p>
      <div className="mt-2 border border-line bg-paper px-5 py-6">
        {text.trim() === '' ? (
          <p className="text-quiet">{labels.empty}</p>
        ) : (
          <div lang={lang} className="letter letter-text letter-body font-serif">
            <LetterMarkdown notes={notes} linksInNewTab>
              {text}
            </LetterMarkdown>
          </div>
        )}
      </div>
    </section>
  );
});

/**
 * A text area for a letter's Markdown. It converts pasted HTML to Markdown, has buttons for marks
 * and shows a preview beside it; without scripts it is a plain text area.
 * @param labels without those of the preview if the page has a preview of its own
 * @param max limit in characters; a longer text stays in the field, with its length and without a
 * preview
 */
export function MarkdownField({
  max,
  labels,
  ...field
}: Omit<
  ComponentProps<typeof TextAreaField>,
  'onPaste' | 'onDrop' | 'onKeyDown' | 'ref' | 'audience' | 'tools'
> & {
  lang: string;
  max: number;
  labels: Omit<MarkdownLabels, 'preview'> & Partial<MarkdownLabels>;
}) {
  const { area, typed } = useTyped();
  const shown = useDeferredValue(typed);
  const { mark, onKeyDown } = useMarks();
  const { pasting, pasteNotes } = usePaste<HTMLTextAreaElement>((clipboard, { value }) =>
    readPaste(clipboard, value, max),
  );
  const length = shown?.length ?? 0;
  return (
    <div className="@container">
      <div className={labels.preview ? '@[72rem]:grid @[72rem]:grid-cols-2 @[72rem]:gap-8' : ''}>
        <div className="min-w-0">
          <TextAreaField
            rows={12}
            {...field}
            ref={area}
            tools={
              <>
                <MarksHint />
                <Toolbar area={area} controls={field.name} mark={mark} />
              </>
            }
            onKeyDown={onKeyDown}
            {...pasting}
          />
          {pasteNotes}
          <p
            aria-live="polite"
            className={length > max ? 'mt-1 font-semibold text-alert' : 'mt-1 text-sm text-quiet'}
          >
            {length > max
              ? labels.tooLong(length)
              : length > max * 0.9
                ? labels.count(length)
                : null}
          </p>
        </div>
        {labels.preview && shown !== null && length <= max && (
          <Preview
            text={shown}
            lang={field.lang}
            notes={`${field.name}-preview`}
            labels={labels.preview}
          />
        )}
      </div>
    </div>
  );
}
