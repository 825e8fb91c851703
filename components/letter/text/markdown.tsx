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
 * The body of a letter (lib/letter/text/markdown.ts says what it may hold), the same on servers and in browsers. A preview
 * opens links in a new tab, so that nothing that is being written is left.
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
