'use client';

import {
  memo,
  useCallback,
  useDeferredValue,
  useRef,
  useSyncExternalStore,
  type ClipboardEvent,
  type ComponentProps,
} from 'react';
import { LetterMarkdown } from './markdown';
import { TextAreaField } from '@/components/ui/field';
import { insertTyped, markdownOfPaste } from '@/components/letter/text/paste/html';

export interface MarkdownLabels {
  /** Over the preview. */
  preview: string;
  /** Instead of a preview of nothing. */
  empty: string;
  /** Close to the most that is taken. */
  count: (length: number) => string;
  /** Over it; also instead of the preview. */
  tooLong: (length: number) => string;
}

/** Milliseconds after the last key at which the preview of the longest text follows. */
const LONGEST_WAIT = 500;

/** The field's text as it is at the moment, however it came there; null without scripts. */
function useTyped() {
  const area = useRef<HTMLTextAreaElement>(null);
  const follow = useCallback((changed: () => void) => {
    const field = area.current;
    const form = field?.form;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    // A long text is shown when typing pauses: drawing it takes longer than a key. A form that is reset has its values later, too.
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
  labels,
}: {
  text: string;
  lang: string;
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
            <LetterMarkdown linksInNewTab>{text}</LetterMarkdown>
          </div>
        )}
      </div>
    </section>
  );
});

/**
 * A field for the Markdown of a letter: a text area that turns what is pasted from word processors and pages into Markdown
 * and shows beside it what will be published. Without scripts it is a text area.
 * @param max the most characters that are taken; a longer text stays in the field, is counted, and has no preview
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
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    // Reading a whole book would hold the page up, and it is too long anyway.
    if (event.clipboardData.getData('text/plain').length > max) return;
    const markdown = markdownOfPaste(event.clipboardData);
    if (markdown === null) return;
    event.preventDefault();
    insertTyped(event.currentTarget, markdown);
  };
  const length = shown?.length ?? 0;
  return (
    <div className="@container">
      <div className="@[72rem]:grid @[72rem]:grid-cols-2 @[72rem]:gap-8">
        <div className="min-w-0">
          <TextAreaField rows={12} {...field} ref={area} onPaste={paste} />
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
          <Preview text={shown} lang={field.lang} labels={labels} />
        )}
      </div>
    </div>
  );
}
