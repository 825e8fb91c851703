import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { runsOf, type Line, type Run, type Segment } from '@/lib/letter/text/rendered-difference';
import type { Block } from '@/lib/letter/text/rendered';
import type { Language } from '@/lib/platform/languages';
import { Change } from './difference';

/** Words as they are set in the letter. */
function Set({ text, style: { strong, em, href, note } }: Segment) {
  if (note !== undefined) return <sup className="letter-reference">{note}</sup>;
  let set: ReactNode = text;
  if (em) set = <em>{set}</em>;
  if (strong) set = <strong>{set}</strong>;
  return href ? <a href={href}>{set}</a> : set;
}

/** Says in words how words are set in another way than before. */
function Remark({ run: { segments, was } }: { run: Run<Segment> }) {
  const t = useTranslations('revision.changes');
  const locale = useLocale();
  const after = segments[0]?.style.href;
  const before = was?.href;
  return (
    <span lang={locale} className="font-sans text-[0.8125em] wrap-anywhere text-quiet">
      {' '}
      {before === undefined
        ? t('restyled')
        : before === null
          ? t('linked', { after: after ?? '' })
          : after === undefined
            ? t('unlinked', { before })
            : t('relinked', { before, after })}
    </span>
  );
}

function Words({ segments }: { segments: Segment[] }) {
  return runsOf(segments).map((run, index) => {
    const { kind } = run;
    const words = run.segments.map((segment, at) => <Set key={at} {...segment} />);
    if (kind === 'added' || kind === 'removed')
      return (
        <Change key={index} kind={kind}>
          {words}
        </Change>
      );
    if (kind === 'restyled')
      return (
        <span key={index}>
          <span className="rounded-sm bg-indigo-wash box-decoration-clone print:bg-transparent">
            {words}
          </span>
          <Remark run={run} />
        </span>
      );
    return (
      <span key={index} className={kind === 'gap' ? 'text-quiet' : undefined}>
        {words}
      </span>
    );
  });
}

/** A row's cells. What was removed from a row that stayed made no cells. */
function cellsOf(segments: Segment[]): Segment[][] {
  const isRemoved = segments.every(({ kind }) => kind === 'removed');
  const cells: Segment[][] = [[]];
  for (const segment of segments) {
    const parts = segment.kind === 'removed' && !isRemoved ? [] : segment.text.split('\t');
    if (parts.length === 0)
      cells.at(-1)!.push({ ...segment, text: segment.text.replaceAll('\t', ' ') });
    parts.forEach((text, index) => {
      if (index > 0) cells.push([]);
      if (text !== '') cells.at(-1)!.push({ ...segment, text });
    });
  }
  return cells;
}

/** A block with the lines that continue it. */
interface Whole {
  block: Block;
  lines: Segment[][];
}

function wholesOf(lines: Line[]): Whole[] {
  const wholes: Whole[] = [];
  for (const { block, segments } of lines) {
    const last = wholes.at(-1);
    if (block.continued && last) last.lines.push(segments);
    else wholes.push({ block, lines: [segments] });
  }
  return wholes;
}

/** Blocks that stand in one list or table. */
function groupsOf(wholes: Whole[]): Whole[][] {
  const kindOf = ({ block: { tag, depth, quote, number, note } }: Whole) =>
    tag === 'p' ? null : [tag, depth, quote, number === undefined, note].join();
  const groups: Whole[][] = [];
  for (const whole of wholes) {
    const last = groups.at(-1)?.[0];
    if (last && kindOf(whole) !== null && kindOf(last) === kindOf(whole))
      groups.at(-1)!.push(whole);
    else groups.push([whole]);
  }
  return groups;
}

const Lines = ({ lines }: { lines: Segment[][] }) =>
  lines.map((segments, index) => (
    <span key={index}>
      {index > 0 && <br />}
      <Words segments={segments} />
    </span>
  ));

function Group({ group }: { group: Whole[] }) {
  const t = useTranslations('letter.text.notes');
  const { tag, number, note } = group[0]!.block;
  if (tag === 'p')
    return group.map(({ lines }, index) => (
      <p key={index}>
        <Lines lines={lines} />
      </p>
    ));
  if (tag === 'tr')
    return (
      <div role="region" tabIndex={0} aria-label={t('table')} className="letter-table">
        <table>
          <tbody>
            {group.map(({ block, lines }, row) => (
              <tr key={row}>
                {cellsOf(lines.flat()).map((segments, column) => {
                  const Cell = block.head ? 'th' : 'td';
                  return (
                    <Cell key={column} {...(block.head && { scope: 'col' })}>
                      <Words segments={segments} />
                    </Cell>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    );
  const List = number === undefined ? 'ul' : 'ol';
  return (
    <List className={note && 'text-[0.875em]'}>
      {group.map(({ block, lines }, index) => (
        <li key={index} value={block.number}>
          <Lines lines={lines} />
        </li>
      ))}
    </List>
  );
}

/**
 * A difference set as the letter is: its links, emphasis, lists, notes and tables, with removed
 * words struck through and added ones underlined twice.
 */
export function RenderedDifference({ lines, language }: { lines: Line[]; language: Language }) {
  return (
    <div lang={language} className="letter-text space-y-2 wrap-anywhere">
      {groupsOf(wholesOf(lines)).map((group, index) => {
        const { tag, depth = 0, quote } = group[0]!.block;
        // A list brings the indentation of one level along.
        const levels = tag === 'li' ? depth - 1 : depth;
        return (
          <div
            key={index}
            className={quote ? 'border-s-2 border-line ps-4' : undefined}
            style={levels > 0 ? { marginInlineStart: `${levels * 1.6}em` } : undefined}
          >
            <Group group={group} />
          </div>
        );
      })}
    </div>
  );
}
