import { Link, Text } from '@react-email/components';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import type { ComponentProps } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { letterTree } from '@/lib/letter/text/markdown';
import { styles, varied } from './styles';
import type { MailLanguage } from './words';

/**
 * Markdown in a mail: the elements of a letter's text, with their styles on them. Notes are numbers
 * without links, which few mail programs follow within a mail.
 */
export function Markdown({ language, children }: { language: MailLanguage; children: string }) {
  const style = styles(language);
  const list = varied(style.text, { paddingLeft: '24px' });
  const cell = varied(style.text, { margin: '0', padding: '4px 12px 4px 0', textAlign: 'start' });
  return toJsxRuntime(letterTree(children), {
    Fragment,
    jsx,
    jsxs,
    tableCellAlignToStyle: false,
    components: {
      p: (props: ComponentProps<'p'>) => <Text {...style.text}>{props.children}</Text>,
      a: ({ href, children: said }: ComponentProps<'a'>) => (
        <Link href={href} {...style.link}>
          {said}
        </Link>
      ),
      ul: (props: ComponentProps<'ul'>) => <ul {...list}>{props.children}</ul>,
      ol: ({ start, children: items }: ComponentProps<'ol'>) => (
        <ol start={start} {...list}>
          {items}
        </ol>
      ),
      li: (props: ComponentProps<'li'>) => <li>{props.children}</li>,
      blockquote: (props: ComponentProps<'blockquote'>) => (
        <blockquote {...varied(style.quotation, { margin: '0 0 20px' })}>
          {props.children}
        </blockquote>
      ),
      table: (props: ComponentProps<'table'>) => (
        <table style={{ margin: '0 0 20px', borderCollapse: 'collapse' }}>{props.children}</table>
      ),
      th: (props: ComponentProps<'th'>) => (
        <th scope="col" {...cell}>
          {props.children}
        </th>
      ),
      td: (props: ComponentProps<'td'>) => <td {...cell}>{props.children}</td>,
      section: (props: ComponentProps<'section'>) => <section>{props.children}</section>,
      sup: ({ 'data-note': note }: { 'data-note'?: number }) => <sup>[{note}]</sup>,
    },
  });
}
