import type { Language } from '@/lib/platform/languages';

export type LetterStatus = 'draft' | 'open' | 'closed' | 'archived';

/** The times of a letter that its state follows from. */
export interface LetterTimes {
  opensAt: Date | null;
  closesAt: Date | null;
  archivedAt: Date | null;
}

/** A letter's state at a moment: it follows from its times, so closing needs nothing to run. */
export function letterStatus(
  { opensAt, closesAt, archivedAt }: LetterTimes,
  at: Date,
): LetterStatus {
  if (!opensAt || opensAt > at) return 'draft';
  if (archivedAt) return 'archived';
  return closesAt && closesAt <= at ? 'closed' : 'open';
}

/** Whether organizations can sign: `late` ones are listed apart, as added after the letter closed; `paused`: not for now. */
export type Signing = 'not-yet' | 'open' | 'late' | 'paused' | 'over';

/** Whether and how organizations can sign a letter at a moment. */
export function signing(
  letter: LetterTimes & { afterClosing: 'refused' | 'added'; pausedAt: Date | null },
  at: Date,
): Signing {
  const status = letterStatus(letter, at);
  if (status === 'draft') return 'not-yet';
  if (status === 'archived' || (status === 'closed' && letter.afterClosing === 'refused'))
    return 'over';
  if (letter.pausedAt) return 'paused';
  return status === 'open' ? 'open' : 'late';
}

/** The text to show in `language`: its own where there is one, else the authoritative text. */
export function textFor<T extends { language: Language }>(
  texts: T[],
  language: Language,
  authoritative: Language,
): T | undefined {
  return (
    texts.find((text) => text.language === language) ??
    texts.find((text) => text.language === authoritative)
  );
}

const FORMS_OF_ADDRESS = ['殿', '様', '御中'];
const COLONS = [':', '：'];

/** A text without whichever of the endings it has and the space before that; null where it has none. A pattern (`\s*…$`) would try every space of a long run. */
function withoutEnding(text: string, endings: string[]): string | null {
  const ending = endings.find((other) => text.endsWith(other));
  return ending === undefined ? null : text.slice(0, -ending.length).trimEnd();
}

/**
 * An addressee, written in several lines with forms of address, as a sentence says it: 「内閣総理大臣　殿」 and 「環境大臣　殿」 are
 * 「内閣総理大臣、環境大臣」.
 */
export function inOneLine(lines: string, language: Language): string {
  if (language !== 'ja') return lines.split('\n').join(', ');
  return lines
    .split('\n')
    .map((line) => withoutEnding(line, FORMS_OF_ADDRESS) ?? line)
    .join('、');
}

/** A title standing without its subject: the colon that led to it goes. */
export function loneTitle(title: string): string {
  return withoutEnding(title.trimEnd(), COLONS) ?? title;
}

/** Title and subject in one line, with the colon between them that some titles end with themselves. */
export function fullTitle({
  language,
  title,
  subject,
}: {
  language: Language;
  title: string;
  subject: string | null;
}): string {
  return subject
    ? `${loneTitle(title)}${language === 'ja' ? '：' : ': '}${subject}`
    : loneTitle(title);
}

/** Longest slug, in characters. */
export const SLUG_MAX = 100;

/** Whether a text could be a letter's slug: what comes in by URL can be anything, and PostgreSQL refuses a NUL. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,99}$/.test(text);
}

/** A letter's titles as published, from the row of its current revision. */
export interface Titled {
  authoritativeLanguage: Language;
  current: { titles: { language: Language; title: string }[] } | null;
}

/** What to select of a letter for {@link titleIn}. */
export const titledFields = {
  authoritativeLanguage: true,
  current: { select: { titles: { select: { language: true, title: true } } } },
} as const;

/** The published title of a letter in `language`, or that of its authoritative text where it has none, to stand alone. */
export function titleIn({ authoritativeLanguage, current }: Titled, language: Language): string {
  return loneTitle(textFor(current?.titles ?? [], language, authoritativeLanguage)?.title ?? '');
}
