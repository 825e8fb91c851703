import type { Language } from '@/lib/platform/languages';

export type LetterStatus = 'draft' | 'open' | 'closed' | 'archived';

/** The timestamps that determine a letter's state. */
export interface LetterTimes {
  opensAt: Date | null;
  closesAt: Date | null;
  archivedAt: Date | null;
}

/**
 * A letter's state at a given time. It is derived from timestamps, so that closing requires no job.
 */
export function letterStatus(
  { opensAt, closesAt, archivedAt }: LetterTimes,
  at: Date,
): LetterStatus {
  if (!opensAt || opensAt > at) return 'draft';
  if (archivedAt) return 'archived';
  return closesAt && closesAt <= at ? 'closed' : 'open';
}

/**
 * Whether organizations can sign: `late` signatories are listed separately, as added after the
 * letter closed; `paused`: temporarily not.
 */
export type Signing = 'not-yet' | 'open' | 'late' | 'paused' | 'over';

/** Whether and how organizations can sign a letter at a given time. */
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

/** The text to show in `language`: that language's if it exists, else the authoritative one. */
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

/**
 * Removes one of the endings and the white space before it; null if there is none. Not a pattern
 * (`\s*…$`), which takes quadratic time on long runs of spaces.
 */
function withoutEnding(text: string, endings: string[]): string | null {
  const ending = endings.find((other) => text.endsWith(other));
  return ending === undefined ? null : text.slice(0, -ending.length).trimEnd();
}

/**
 * An addressee on several lines with honorifics, as a single phrase: 「内閣総理大臣　殿」 and 「環境大臣　殿」 become
 * 「内閣総理大臣、環境大臣」.
 */
export function inOneLine(lines: string, language: Language): string {
  if (language !== 'ja') return lines.split('\n').join(', ');
  return lines
    .split('\n')
    .map((line) => withoutEnding(line, FORMS_OF_ADDRESS) ?? line)
    .join('、');
}

/** A title without its subject, and so without a trailing colon. */
export function loneTitle(title: string): string {
  return withoutEnding(title.trimEnd(), COLONS) ?? title;
}

/** Title and subject on one line, separated by the colon that some titles already end with. */
export function fullTitle({ language, title, subject }: TitledText): string {
  return subject
    ? `${loneTitle(title)}${language === 'ja' ? '：' : ': '}${subject}`
    : loneTitle(title);
}

/** Maximum length of a slug, in characters. */
export const SLUG_MAX = 100;

/**
 * Whether a text has the form of a slug: URLs are untrusted, and PostgreSQL rejects NUL in text.
 */
export function isSlug(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,99}$/.test(text);
}

/** The title of a text with its subject. */
export interface TitledText {
  language: Language;
  title: string;
  subject: string | null;
}

/** A letter's published titles, from the rows of its current revision. */
export interface Titled {
  authoritativeLanguage: Language;
  current: { titles: TitledText[] } | null;
}

/** The Prisma selection for {@link titleIn}. */
export const titledFields = {
  authoritativeLanguage: true,
  current: { select: { titles: { select: { language: true, title: true, subject: true } } } },
} as const;

/** The published title of a letter in `language`, else that of its authoritative text. */
export function titleIn({ authoritativeLanguage, current }: Titled, language: Language): string {
  const text = textFor(current?.titles ?? [], language, authoritativeLanguage);
  return text ? fullTitle(text) : '';
}
