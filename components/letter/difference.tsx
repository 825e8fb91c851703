import { useLocale } from 'next-intl';
import type { Gap, Piece } from '@/lib/letter/difference';
import type { Language } from '@/lib/letter/parts';

/** Words that stand unseen at the edges of a change, for those who hear the text: "added:", "removed:", "end of change". */
export interface DifferenceLabels {
  added: string;
  removed: string;
  ended?: string;
}

const ELEMENTS = { added: 'ins', removed: 'del' } as const;
/** Told apart by their lines, so without colour and on paper, too; one line under a word would look like a link. */
const CLASSES = {
  added: 'rounded-sm bg-indigo-wash box-decoration-clone underline decoration-double decoration-1 underline-offset-[0.22em] print:bg-transparent',
  removed: 'rounded-sm bg-alert-wash box-decoration-clone text-quiet line-through decoration-1 print:bg-transparent',
};

function Change({ kind, text, labels }: { kind: 'added' | 'removed'; text: string; labels: DifferenceLabels }) {
  const Element = ELEMENTS[kind];
  const spoken = useLocale();
  return (
    <Element className={CLASSES[kind]}>
      <span lang={spoken} className="sr-only">
        {labels[kind]}{' '}
      </span>
      {/* A line break alone has nothing to draw a line through. */}
      {/^\s*\n\s*$/u.test(text) && <span aria-hidden="true">¶</span>}
      {text}
      {labels.ended && (
        <span lang={spoken} className="sr-only">
          {' '}
          {labels.ended}{' '}
        </span>
      )}
    </Element>
  );
}

/**
 * What changed in a text: removed words struck through, added ones underlined twice, line breaks as they are.
 * @param pieces from `difference` or `collapse` in lib/letter/difference.ts
 * @param language of the text; the labels are in that of the page
 */
export function Difference({ pieces, language, labels }: { pieces: (Piece | Gap)[]; language: Language; labels: DifferenceLabels }) {
  return (
    <div lang={language} className="wrap-anywhere whitespace-pre-wrap">
      {pieces.map(({ kind, text }, index) =>
        kind === 'added' || kind === 'removed' ? (
          <Change key={index} kind={kind} text={text} labels={labels} />
        ) : (
          <span key={index} className={kind === 'gap' ? 'text-quiet' : undefined}>
            {text}
          </span>
        ),
      )}
    </div>
  );
}
