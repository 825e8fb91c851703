import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Gap, Piece } from '@/lib/letter/text/difference';
import type { Language } from '@/lib/platform/languages';

const ELEMENTS = { added: 'ins', removed: 'del' } as const;
/** Distinguishable without colour and on paper. A single underline would look like a link. */
const CLASSES = {
  added:
    'rounded-sm bg-indigo-wash box-decoration-clone underline decoration-double decoration-1 underline-offset-[0.22em] print:bg-transparent',
  removed:
    'rounded-sm bg-alert-wash box-decoration-clone text-quiet line-through decoration-1 print:bg-transparent',
};

/** Something added or removed, announced to screen readers by visually hidden words around it. */
export function Change({ kind, children }: { kind: 'added' | 'removed'; children: ReactNode }) {
  const t = useTranslations('revision.changes');
  const Element = ELEMENTS[kind];
  const spoken = useLocale();
  return (
    <Element className={CLASSES[kind]}>
      <span lang={spoken} className="sr-only">
        {t(kind)}{' '}
      </span>
      {children}
      <span lang={spoken} className="sr-only">
        {' '}
        {t('ended')}{' '}
      </span>
    </Element>
  );
}

/**
 * The changes in a text as it was typed: removed words struck through, added words double-underlined.
 * @param pieces from `difference` or `collapse` in lib/letter/text/difference.ts
 * @param language of the text
 */
export function Difference({ pieces, language }: { pieces: (Piece | Gap)[]; language: Language }) {
  return (
    <div lang={language} className="wrap-anywhere whitespace-pre-wrap">
      {pieces.map(({ kind, text }, index) =>
        kind === 'added' || kind === 'removed' ? (
          <Change key={index} kind={kind}>
            {/* A line break alone would show no line. */}
            {/^\s*\n\s*$/u.test(text) && <span aria-hidden="true">¶</span>}
            {text}
          </Change>
        ) : (
          <span key={index} className={kind === 'gap' ? 'text-quiet' : undefined}>
            {text}
          </span>
        ),
      )}
    </div>
  );
}

/** The legend of {@link Difference}. */
export function DifferenceKey() {
  const t = useTranslations('revision.changes');
  return t.rich('key', {
    removed: (words) => <span className="line-through decoration-1">{words}</span>,
    added: (words) => <span className="underline decoration-double decoration-1">{words}</span>,
  });
}
