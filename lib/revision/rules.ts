import { EMPTY_TEXT, missingFields } from '@/lib/letter/text/rules';
import { textDifference, type Piece } from '@/lib/letter/text/difference';
import {
  fieldText,
  CONTENT_FIELDS,
  sameContent,
  type LetterTexts,
  type ContentField,
} from '@/lib/letter/text/content';
import { inOrder, type Language } from '@/lib/platform/languages';
import { isBlank } from '@/lib/platform/text/normalise';
import type { Reason, RevisionKind } from './content';

/** What of a letter a revision publishes. */
export interface Publishable {
  texts: LetterTexts;
  authoritativeLanguage: Language;
  /** The date the letter bears, `2025-04-23`. */
  date: string;
}

/**
 * The texts that a publication publishes: an empty text is none, unless it is the authoritative one or is public already.
 */
export function textsToPublish(
  working: LetterTexts,
  authoritative: Language,
  published: LetterTexts | null,
): LetterTexts {
  return Object.fromEntries(
    Object.entries(working).filter(
      ([language, content]) =>
        language === authoritative ||
        published?.[language] ||
        CONTENT_FIELDS.some((field) => !isBlank(fieldText(content, field))),
    ),
  );
}

/** The fields that texts lack before they can be published; an authoritative text that does not exist lacks all. */
export function missingIn({
  texts,
  authoritativeLanguage,
}: Publishable): { language: Language; field: ContentField }[] {
  return inOrder(new Set([...Object.keys(texts), authoritativeLanguage])).flatMap((language) =>
    missingFields(texts[language] ?? EMPTY_TEXT).map((field) => ({ language, field })),
  );
}

/** How the text in one language differs; `fields` is empty where the whole text was added or removed. */
export interface TextChange {
  language: Language;
  change: 'changed' | 'added' | 'removed';
  fields: { field: ContentField; pieces: Piece[] }[];
}

/** What differs between two states of a letter. Which text is authoritative stays once something is published. */
export interface Changes {
  texts: TextChange[];
  date: { before: string; after: string } | null;
}

type Compared = Pick<Publishable, 'texts' | 'date'>;

/** In which languages two states of a letter differ and how, without comparing words; null when nothing does. */
function changedTexts(before: Compared, after: Compared): Omit<TextChange, 'fields'>[] {
  const languages = new Set([...Object.keys(before.texts), ...Object.keys(after.texts)]);
  return inOrder(languages).flatMap((language): Omit<TextChange, 'fields'>[] => {
    const [earlier, later] = [before.texts[language], after.texts[language]];
    if (!earlier || !later) return [{ language, change: later ? 'added' : 'removed' }];
    return sameContent(earlier, later) ? [] : [{ language, change: 'changed' }];
  });
}

/** Whether two states of a letter differ. Fast, unlike {@link changesBetween}. */
export function differs(before: Compared, after: Compared): boolean {
  return before.date !== after.date || changedTexts(before, after).length > 0;
}

/** What differs between two states of a letter, its texts word by word; null when nothing does. */
export function changesBetween(before: Compared, after: Compared): Changes | null {
  const texts = changedTexts(before, after).map(({ language, change }): TextChange => {
    const [earlier, later] = [before.texts[language], after.texts[language]];
    const fields = earlier && later ? textDifference(earlier, later, language) : [];
    return { language, change, fields };
  });
  const date = before.date === after.date ? null : { before: before.date, after: after.date };
  return texts.length > 0 || date ? { texts, date } : null;
}

/**
 * The kinds of publication to choose from: a first one until the letter has opened, since until then nobody has seen it;
 * then a translation where only texts were added, and always a correction or a change of substance.
 * @param before the published state; null: nothing is published
 */
export function kindsFor(
  before: Compared | null,
  after: Compared,
  isUnopened: boolean,
): RevisionKind[] {
  if (isUnopened) return ['first'];
  const changed = before ? changedTexts(before, after) : [];
  const addsTexts =
    changed.length > 0 &&
    changed.every(({ change }) => change === 'added') &&
    before?.date === after.date;
  return addsTexts ? ['translation', 'correction', 'substance'] : ['correction', 'substance'];
}

/** Whether a kind of publication lacks a reason in a language that the letter has. */
export function lacksReason(kind: RevisionKind, reason: Reason, { texts }: Publishable): boolean {
  const needsReason = kind === 'correction' || kind === 'substance';
  return needsReason && !Object.keys(texts).some((language) => reason[language]);
}
