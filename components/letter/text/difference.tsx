import { useLocale, useTranslations } from 'next-intl';
import type { Gap, Piece } from '@/lib/letter/text/difference';
import type { Language } from '@/lib/platform/languages';

const ELEMENTS = { added: 'ins', removed: 'del' } as const;
/** Told apart by their lines, so without colour and on paper, too; one line under a word would look like a link. */
const CLASSES = {
  added:
    'rounded-sm bg-indigo-wash box-decoration-clone underline decoration-double decoration-1 underline-offset-[0.22em] print:bg-transparent',
  removed:
    'rounded-sm bg-alert-wash box-decoration-clone text-quiet line-through decoration-1 print:bg-transparent',
};

/** A changed stretch; words that stand unseen at its edges say it to those who hear the text. */
function Change({ kind, text }: { kind: 'added' | 'removed'; text: string }) {
  const t = useTranslations('revision.changes');
  const Element = ELEMENTS[kind];
  const spoken = useLocale();
  return (
    <Element className={CLASSES[kind]}>
      <span lang={spoken} className="sr-only">
        {t(kind)}{' '}
      </span>
      {/* A line break alone has nothing to draw a line through. */}
      {/^\s*\n\s*$/u.test(text) && <span aria-hidden="true">¶</span>}
      {text}
      <span lang={spoken} className="sr-only">
        {' '}
        {t('ended')}{' '}
      </span>
    </Element>
  );
}

/**
 * What changed in a text: removed words struck through, added ones underlined twice, line breaks as they are.
 * @param pieces from `difference` or `collapse` in lib/letter/text/difference.ts
 * @param language of the text
 */
export function Difference({ pieces, language }: { pieces: (Piece | Gap)[]; language: Language }) {
  return (
    <div lang={language} className="wrap-anywhere whitespace-pre-wrap">
      {pieces.map(({ kind, text }, index) =>
        kind === 'added' || kind === 'removed' ? (
          <Change key={index} kind={kind} text={text} />
        ) : (
          <span key={index} className={kind === 'gap' ? 'text-quiet' : undefined}>
            {text}
          </span>
        ),
      )}
    </div>
  );
}

/** What the marks of {@link Difference} mean. */
export function DifferenceKey() {
  const t = useTranslations('revision.changes');
  return t.rich('key', {
    removed: (words) => <span className="line-through decoration-1">{words}</span>,
    added: (words) => <span className="underline decoration-double decoration-1">{words}</span>,
  });
}
