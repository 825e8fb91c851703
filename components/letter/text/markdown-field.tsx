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

export interface MarkdownLabels {
  /** Heading of the preview. */
  preview: string;
  /** Shown instead of an empty preview. */
  empty: string;
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
  labels: Pick<MarkdownLabels, 'preview' | 'empty'>;
}) {
  return (
    <section aria-label={labels.preview} className="mt-4 min-w-0 @[72rem]:mt-0">
      <p aria-hidden className="text-sm text-quiet">
        {labels.preview}
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
 * A text area for a letter's Markdown. It converts pasted HTML to Markdown and shows a preview
 * beside it; without scripts it is a plain text area.
 * @param max limit in characters; a longer text stays in the field, with its length and without a
 * preview
 */
export function MarkdownField({
  max,
  labels,
  ...field
}: Omit<ComponentProps<typeof TextAreaField>, 'onPaste' | 'ref' | 'audience'> & {
  lang: string;
  max: number;
  labels: MarkdownLabels;
}) {
  const { area, typed } = useTyped();
  const shown = useDeferredValue(typed);
  const { onPaste, pasteNotes } = usePaste<HTMLTextAreaElement>((clipboard, { value }) =>
    readPaste(clipboard, value, max),
  );
  const length = shown?.length ?? 0;
  return (
    <div className="@container">
      <div className="@[72rem]:grid @[72rem]:grid-cols-2 @[72rem]:gap-8">
        <div className="min-w-0">
          <TextAreaField rows={12} {...field} ref={area} onPaste={onPaste} />
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
        {shown !== null && length <= max && (
          <Preview text={shown} lang={field.lang} notes={`${field.name}-preview`} labels={labels} />
        )}
      </div>
    </div>
  );
}
