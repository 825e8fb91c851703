import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import type { ComponentProps } from 'react';
import { letterTree } from '@/lib/letter/text/markdown';

function NewTabLink({ href, children }: ComponentProps<'a'>) {
  return (
    <a href={href} target="_blank" rel="noopener">
      {children}
    </a>
  );
}

/**
 * Renders the body of a letter, on servers and in browsers alike. lib/letter/text/markdown.ts lists
 * the elements it can have. A preview opens links in a new tab, so that the form being edited stays
 * open.
 */
export function LetterMarkdown({
  children,
  linksInNewTab = false,
}: {
  children: string;
  linksInNewTab?: boolean;
}) {
  return toJsxRuntime(letterTree(children), {
    Fragment,
    jsx,
    jsxs,
    components: linksInNewTab ? { a: NewTabLink } : {},
  });
}
