import { z } from 'zod';
import type { DeclineReason } from '@/lib/platform/db/generated/enums';
import { lines, oneLine, perLanguage, readByLanguage } from '@/lib/platform/forms/fields';
import type { ByLanguage } from '@/lib/platform/languages';
import { DECLINE_REASONS } from '../schema';

/** Maximum length of a letter's own words for a reason, in characters. */
export const DECLINE_TEXT_MAX = 500;

/** All error codes of the form. Their messages are under `endorsement.review.declineTexts.errors`. */
export type DeclineTextError = 'tooLong' | 'controlCharacter';

/** A letter's own words for the reasons of a decline; a reason without any has the usual ones. */
export type DeclineTexts = Readonly<Record<DeclineReason, ByLanguage>>;

/** The schema of the form: a field for each reason and language, as `unverifiableJa`. */
export const declineTextsSchema = z
  .object(
    Object.assign(
      {},
      ...DECLINE_REASONS.map((reason) => perLanguage(reason, lines(DECLINE_TEXT_MAX)).shape),
    ) as Record<string, ReturnType<typeof lines>>,
  )
  .transform(
    (typed) =>
      Object.fromEntries(
        DECLINE_REASONS.map((reason) => [reason, readByLanguage(typed, reason)]),
      ) as DeclineTexts,
  );

/** Maximum number of a letter's own reasons, and length of what coordinators call one in characters. */
export const OWN_REASONS_MAX = 20;
export const REASON_LABEL_MAX = 60;

/** All error codes of the form of an own reason. Their messages are under `endorsement.review.ownReasons.errors`. */
export type OwnReasonError = 'required' | 'wordsRequired' | DeclineTextError;

/** A reason for declining that a letter has besides the usual ones. */
export interface OwnReason {
  id: string;
  /** What coordinators call it. */
  label: string;
  /** What organizations are told, at least in each language of the letter. */
  texts: ByLanguage;
}

/** The schema of the form of an own reason: its label, and a field for each language, as `wordsJa`. */
export const ownReasonSchema = z
  .intersection(
    z.object({
      reasonLabel: oneLine(REASON_LABEL_MAX).pipe(z.string().min(1, { error: 'required' })),
    }),
    perLanguage('words', lines(DECLINE_TEXT_MAX)),
  )
  .transform(({ reasonLabel, ...typed }) => ({
    label: reasonLabel,
    texts: readByLanguage(typed, 'words'),
  }));

/** The schema of a button about an own reason. */
export const reasonIdSchema = z.object({ reason: z.uuid() });
