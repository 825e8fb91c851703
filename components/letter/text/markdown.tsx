import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { useLocale, useTranslations } from 'next-intl';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import type { ComponentProps, ReactNode } from 'react';
import type { Element, ElementContent, Root } from 'hast';
import { letterTree } from '@/lib/letter/text/markdown';
import { wholeNumbers } from '@/lib/platform/text/whole-numbers';

function NewTabLink({ href, children }: ComponentProps<'a'>) {
  return (
    <a href={href} target="_blank" rel="noopener">
      {children}
    </a>
  );
}

/** As letterTree says it, in attributes. */
interface NoteProps {
  'data-note'?: number;
  'data-use'?: number;
  'data-uses'?: number;
  children?: ReactNode;
}

const noteId = (notes: string, number: number) => `${notes}-note-${number}`;
const referenceId = (notes: string, number: number, use: number) => `${notes}-ref-${number}-${use}`;

/** The number of a note in the text, a link to it. */
function Reference({ notes, ...props }: NoteProps & { notes: string }) {
  const t = useTranslations('letter.text.notes');
  const { 'data-note': number = 0, 'data-use': use = 1 } = props;
  return (
    <sup className="letter-reference">
      <a
        id={referenceId(notes, number, use)}
        href={`#${noteId(notes, number)}`}
        role="doc-noteref"
        lang={useLocale()}
        aria-label={t('to', { number })}
      >
        {number}
      </a>
    </sup>
  );
}

/** An item of a list; if it is a note, followed by links back to the text. */
function Item({ notes, children, ...props }: NoteProps & { notes: string }) {
  const t = useTranslations('letter.text.notes');
  const locale = useLocale();
  const { 'data-note': number, 'data-uses': uses = 0 } = props;
  if (number === undefined) return <li>{children}</li>;
  return (
    <li id={noteId(notes, number)}>
      {children}
      {uses > 0 && (
        <p className="letter-note-back">
          {Array.from({ length: uses }, (_, index) => (
            <a
              key={index}
              href={`#${referenceId(notes, number, index + 1)}`}
              role="doc-backlink"
              lang={locale}
              aria-label={t('back', { number, use: index + 1, uses })}
            >
              <span aria-hidden>↩{uses > 1 && index + 1}</span>
            </a>
          ))}
        </p>
      )}
    </li>
  );
}

/** A table in a frame that scrolls where the page is too narrow, also by the keyboard. */
function Table({ children }: ComponentProps<'table'>) {
  const t = useTranslations('letter.text.notes');
  return (
    <div role="region" tabIndex={0} aria-label={t('table')} className="letter-table">
      <table>{children}</table>
    </div>
  );
}

const ALIGNED: Record<string, string> = { center: 'text-center', right: 'text-end' };
const HeadCell = ({ align, children }: ComponentProps<'th'>) => (
  <th scope="col" className={align && ALIGNED[align]}>
    {children}
  </th>
);
const Cell = ({ align, children }: ComponentProps<'td'>) => (
  <td className={align && ALIGNED[align]}>{children}</td>
);

/** Keeps numbers with the Japanese word after them on one line. */
function keepNumbers(parent: Root | Element): void {
  parent.children = (parent.children as ElementContent[]).flatMap((node): ElementContent[] => {
    if (node.type === 'element') keepNumbers(node);
    if (node.type !== 'text') return [node];
    return wholeNumbers(node.value).flatMap((value, index): ElementContent[] => {
      if (value === '') return [];
      const text = { type: 'text' as const, value };
      const properties = { className: ['whitespace-nowrap'] };
      return index % 2 === 0
        ? [text]
        : [{ type: 'element', tagName: 'span', properties, children: [text] }];
    });
  });
}

/**
 * Renders the body of a letter, on servers and in browsers alike. lib/letter/text/markdown.ts lists
 * the elements it can have. A preview opens links in a new tab, so that the form being edited stays
 * open.
 * @param notes begins the ids of the notes and of the references to them: one for each text on a
 * page
 */
export function LetterMarkdown({
  children,
  notes,
  linksInNewTab = false,
}: {
  children: string;
  notes: string;
  linksInNewTab?: boolean;
}) {
  const tree = letterTree(children);
  keepNumbers(tree);
  return toJsxRuntime(tree, {
    Fragment,
    jsx,
    jsxs,
    tableCellAlignToStyle: false,
    components: {
      ...(linksInNewTab && { a: NewTabLink }),
      li: (props: NoteProps) => <Item {...props} notes={notes} />,
      section: ({ children: list }: ComponentProps<'section'>) => (
        <section role="doc-endnotes" className="letter-notes">
          {list}
        </section>
      ),
      sup: (props: NoteProps) => <Reference {...props} notes={notes} />,
      table: Table,
      td: Cell,
      th: HeadCell,
    },
  });
}
