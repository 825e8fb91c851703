import type { Language } from '@/lib/platform/languages';
import { plainText } from './markdown';

/** Markdown that is read for the first lines: marks and addresses take some of it. */
const READ = 4_000;

/** The beginning of a letter's text on one line, cut between words at `max` characters. */
export function firstLines(markdown: string, language: Language, max: number): string {
  const line = plainText(markdown.slice(0, READ)).split(/\s+/).join(' ');
  if (line.length <= max) return line;
  let kept = '';
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'word' }).segment(line)) {
    if (kept.length + segment.length >= max) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
