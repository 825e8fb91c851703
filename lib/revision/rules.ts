import { EMPTY_TEXT, missingParts } from '@/lib/letter/text/rules';
import { textDifference, type Piece } from '@/lib/letter/text/difference';
import {
  asTyped,
  CONTENT_FIELDS,
  sameContent,
  type Language,
  type LetterTexts,
  type Part,
} from '@/lib/letter/text/content';
import { isBlank } from '@/lib/platform/text/normalise';
import type { Reason, RevisionKind } from './content';

const LANGUAGES = ['ja', 'en'] as const satisfies readonly Language[];

/** What of a letter a revision publishes. */
export interface Publishable {
  texts: LetterTexts;
  authoritativeLanguage: Language;
  /** The date the letter bears, `2025-04-23`. */
  date: string;
}

/**
 * The texts that a publication publishes: a text with nothing in it yet is no text, unless it is the authoritative one or
 * is public already.
 */
export function textsToPublish(
  working: LetterTexts,
  authoritative: Language,
  published: LetterTexts | null,
): LetterTexts {
  const kept = LANGUAGES.filter((language) => {
    const parts = working[language];
    return (
      parts &&
      (language === authoritative ||
        published?.[language] ||
        CONTENT_FIELDS.some((part) => !isBlank(asTyped(parts, part))))
    );
  });
  return Object.fromEntries(kept.map((language) => [language, working[language]]));
}

/** The parts that texts lack before they can be published; an authoritative text that does not exist lacks all. */
export function missingIn({
  texts,
  authoritativeLanguage,
}: Publishable): { language: Language; part: Part }[] {
  return LANGUAGES.filter(
    (language) => texts[language] || language === authoritativeLanguage,
  ).flatMap((language) =>
    missingParts(texts[language] ?? EMPTY_TEXT).map((part) => ({ language, part })),
  );
}

/** How the text in one language differs; `parts` is empty where the whole text came or went. */
export interface TextChange {
  language: Language;
  change: 'changed' | 'added' | 'removed';
  parts: { part: Part; pieces: Piece[] }[];
}

/** What differs between two states of a letter. Which text is authoritative stays once something is published (lib/letter/text/commands.ts). */
export interface Changes {
  texts: TextChange[];
  date: { before: string; after: string } | null;
}

/** What differs between two states of a letter, its texts word by word; null when nothing does. */
export function changesBetween(
  before: Pick<Publishable, 'texts' | 'date'>,
  after: Pick<Publishable, 'texts' | 'date'>,
): Changes | null {
  const texts = LANGUAGES.flatMap((language): TextChange[] => {
    const [earlier, later] = [before.texts[language], after.texts[language]];
    if (!earlier || !later)
      return earlier || later ? [{ language, change: later ? 'added' : 'removed', parts: [] }] : [];
    return sameContent(earlier, later)
      ? []
      : [{ language, change: 'changed', parts: textDifference(earlier, later, language) }];
  });
  const date = before.date === after.date ? null : { before: before.date, after: after.date };
  return texts.length > 0 || date ? { texts, date } : null;
}

/** Whether all that changed is that texts in further languages came. */
function addsTexts({ texts, date }: Changes): boolean {
  return texts.length > 0 && texts.every(({ change }) => change === 'added') && !date;
}

/**
 * The kinds of publication to choose from: a first one until the letter has opened, since until then nobody has seen it;
 * then a translation where only texts were added, and always a correction or a change of substance.
 */
export function kindsFor(changes: Changes | null, seenByNobody: boolean): RevisionKind[] {
  if (seenByNobody) return ['first'];
  return changes && addsTexts(changes)
    ? ['translation', 'correction', 'substance']
    : ['correction', 'substance'];
}

/** Whether a kind of publication must say why, in a language that the letter has. */
export function lacksReason(kind: RevisionKind, reason: Reason, { texts }: Publishable): boolean {
  return (
    (kind === 'correction' || kind === 'substance') &&
    !LANGUAGES.some((language) => texts[language] && reason[language])
  );
}
