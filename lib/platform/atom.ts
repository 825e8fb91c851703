import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';
import type { Language } from './languages';

export interface AtomEntry {
  /** An IRI that never changes. */
  id: string;
  title: string;
  link: string;
  updated: Date;
  /** Plain text. */
  summary: string;
}

export interface AtomFeed {
  /** URL of the feed, and its id. */
  self: string;
  /** URL of the page with the same content. */
  page: string;
  language: Language;
  title: string;
  author: string;
  entries: AtomEntry[];
}

/** Without the control characters and unpaired surrogates that XML 1.0 cannot contain. */
const inXml = (text: string) =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');

/** An Atom feed (RFC 4287) as XML. Texts are plain text: all markup in them is escaped. */
export function atomFeed({ self, page, language, title, author, entries }: AtomFeed): string {
  const newest = Math.max(0, ...entries.map(({ updated }) => updated.getTime()));
  return toXml([
    { type: 'instruction', name: 'xml', value: 'version="1.0" encoding="utf-8"' },
    x('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language }, [
      x('id', self),
      x('title', inXml(title)),
      x('updated', new Date(newest).toISOString()),
      x('link', { rel: 'self', type: 'application/atom+xml', href: self }),
      x('link', { rel: 'alternate', type: 'text/html', href: page }),
      x('author', [x('name', inXml(author))]),
      ...entries.map((entry) =>
        x('entry', [
          x('id', entry.id),
          x('title', inXml(entry.title)),
          x('updated', entry.updated.toISOString()),
          x('link', { rel: 'alternate', type: 'text/html', href: entry.link }),
          x('summary', inXml(entry.summary)),
        ]),
      ),
    ]),
  ]);
}
