import Markdown from 'react-markdown';

const ELEMENTS = ['p', 'em', 'strong', 'a', 'ul', 'ol', 'li', 'blockquote', 'br'];

/** The body of a letter. Raw HTML and whatever a letter has no use for is left out, its text kept. */
export function LetterMarkdown({ children }: { children: string }) {
  return (
    <Markdown allowedElements={ELEMENTS} unwrapDisallowed skipHtml>
      {children}
    </Markdown>
  );
}
