'use client';

import { useTranslations } from 'next-intl';
import { memo, useDeferredValue, useEffect, useRef, useState } from 'react';
import type { LetterContent } from '@/lib/letter/text/content';
import { typedContent } from '@/lib/letter/text/rules';
import type { Language } from '@/lib/platform/languages';
import { LetterDocument } from './letter-document';

/** The longest delay of the preview after the last key, in milliseconds. */
const LONGEST_WAIT = 500;

/** The text that the form around has, however it was entered; `initial` without scripts. */
function useTypedContent(initial: LetterContent, language: Language) {
  const anchor = useRef<HTMLElement>(null);
  const [content, setContent] = useState(initial);
  useEffect(() => {
    const form = anchor.current?.closest('form');
    if (!form) return;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      const typed = new FormData(form);
      setContent(typedContent((name) => String(typed.get(name) ?? ''), language));
    };
    // Rendering a long text takes longer than a keystroke, so it waits for a pause. On `reset`, the
    // values change after the event; at first, the browser may have restored others.
    const soon = () => {
      clearTimeout(waiting);
      const length =
        form.querySelector<HTMLTextAreaElement>('textarea[name="body"]')?.textLength ?? 0;
      waiting = setTimeout(read, Math.min(length / 100, LONGEST_WAIT));
    };
    soon();
    form.addEventListener('input', soon);
    form.addEventListener('reset', soon);
    return () => {
      clearTimeout(waiting);
      form.removeEventListener('input', soon);
      form.removeEventListener('reset', soon);
    };
  }, [language]);
  return { anchor, content: useDeferredValue(content) };
}

const Document = memo(function Document({
  content,
  language,
}: {
  content: LetterContent;
  language: Language;
}) {
  return (
    <LetterDocument text={{ language, ...content }} heading="h3" notes="preview" linksInNewTab />
  );
});

/**
 * The letter as it will be published, following what is typed into the form around it. Without
 * scripts, as last saved.
 */
export function LivePreview({
  initial,
  isSaved,
  language,
  bodyMax,
}: {
  initial: LetterContent;
  /** `initial` is what was saved. */
  isSaved: boolean;
  language: Language;
  /** A longer body is not rendered. */
  bodyMax: number;
}) {
  const t = useTranslations('letter.text');
  const { anchor, content } = useTypedContent(initial, language);
  return (
    <section
      ref={anchor}
      aria-labelledby="preview"
      className="min-w-0 lg:sticky lg:top-4 lg:self-start"
    >
      <h2 id="preview" tabIndex={-1} className="font-semibold">
        {t('page.preview')}
      </h2>
      {isSaved && (
        <p className="hidden text-sm text-quiet [@media(scripting:none)]:block">
          {t('page.previewSaved')}
        </p>
      )}
      <div
        role="group"
        aria-labelledby="preview"
        tabIndex={0}
        className="letter-preview mt-2 border border-line bg-raised px-5 py-6 lg:max-h-[calc(100dvh-9rem)] lg:overflow-y-auto"
      >
        {content.body.length > bodyMax ? (
          <p className="text-quiet">{t('page.previewTooLong')}</p>
        ) : (
          <Document content={content} language={language} />
        )}
      </div>
    </section>
  );
}
