import { EMPTY_TEXT, missingFields } from '@/lib/letter/text/rules';
import { fieldChanges, type FieldChange } from '@/lib/letter/text/rendered-difference';
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

/** The parts of a letter that a revision publishes. */
export interface Publishable {
  texts: LetterTexts;
  authoritativeLanguage: Language;
  /** The date of the letter, `2025-04-23`. */
  date: string;
}

/**
 * The texts that would be published: empty texts are omitted, unless authoritative or already
 * public.
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

/** The fields that texts lack to be published; a missing authoritative text lacks all. */
export function missingIn({
  texts,
  authoritativeLanguage,
}: Publishable): { language: Language; field: ContentField }[] {
  return inOrder(new Set([...Object.keys(texts), authoritativeLanguage])).flatMap((language) =>
    missingFields(texts[language] ?? EMPTY_TEXT).map((field) => ({ language, field })),
  );
}

/**
 * The difference of the text in one language; `fields` is empty if the whole text was added or
 * removed.
 */
export interface TextChange {
  language: Language;
  change: 'changed' | 'added' | 'removed';
  fields: FieldChange[];
}

/**
 * The difference between two states of a letter. The authoritative language cannot change after the
 * first publication.
 */
export interface Changes {
  texts: TextChange[];
  date: { before: string; after: string } | null;
}

/** What is compared of two states of a letter. */
export type Compared = Pick<Publishable, 'texts' | 'date'>;

/**
 * The languages in which two states of a letter differ, without comparing words; null if they are
 * equal.
 */
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

/** The difference between two states of a letter, word by word; null if they are equal. */
export function changesBetween(before: Compared, after: Compared): Changes | null {
  const texts = changedTexts(before, after).map(({ language, change }): TextChange => {
    const [earlier, later] = [before.texts[language], after.texts[language]];
    const fields = earlier && later ? fieldChanges(earlier, later, language) : [];
    return { language, change, fields };
  });
  const date = before.date === after.date ? null : { before: before.date, after: after.date };
  return texts.length > 0 || date ? { texts, date } : null;
}

/**
 * The kinds of publication to choose from: before the letter opens, only `first`, since nobody has
 * seen it; afterwards, `translation` if only texts were added, and always a correction or a change
 * of substance.
 * @param before the published state; null if nothing is published
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

/** Whether a required reason is missing in one of the letter's languages. */
export function lacksReason(kind: RevisionKind, reason: Reason, { texts }: Publishable): boolean {
  const needsReason = kind === 'correction' || kind === 'substance';
  return needsReason && !Object.keys(texts).some((language) => reason[language]);
}
