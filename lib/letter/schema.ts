/**
 * Schemas of forms for a letter's basic data. Messages are error codes; their translations are in
 * `messages/*.json` under `letter.text.errors`.
 */
import { z } from 'zod';
import { currentZone, timeZones } from '@/lib/platform/dates';
import {
  bounded,
  day,
  offeredLanguage,
  oneLine,
  perLanguage,
  readByLanguage,
} from '@/lib/platform/forms/fields';
import { fieldIn, LANGUAGES } from '@/lib/platform/languages';
import { EMAIL_MAX, storedAddress, tidyAddress } from '@/lib/platform/mail/address';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { CONTENT_MAX } from './text/schema';

/** Maximum length of a slug's raw text; valid slugs are shorter (`slugProblem`). */
const SLUG_INPUT_MAX = 200;
/** Maximum length of a draft link's label, in characters. */
export const LABEL_MAX = 200;
/** Selectable lifetimes of a draft link, in days. */
export const LINK_DAYS = ['7', '30', '90'] as const;

/** All error codes of a new letter's fields, except its slug. */
export type NewLetterError =
  | 'tooLong'
  | 'controlCharacter'
  | 'webAddress'
  | 'titleRequired'
  | 'authoritativeWithoutTitle'
  | 'invalidDate'
  | 'invalidZone';

/** All error codes of a slug. */
export type SlugError =
  'required' | 'tooLong' | 'controlCharacter' | 'invalidSlug' | 'reserved' | 'taken' | 'opened';

/** All error codes of a letter's basic data. */
export type BasicsError =
  'invalidDate' | 'published' | 'no-text' | 'tooLong' | 'controlCharacter' | 'invalidEmail';

/** All error codes of a new draft link's fields. */
export type DraftLinkError = 'required' | 'tooLong' | 'controlCharacter';

/**
 * Titles become mail subjects, so they must not contain web or mail addresses. Stored ones may keep
 * theirs (`saveText`).
 */
const newTitle = oneLine(CONTENT_MAX.title).refine((title) => !holdsWebAddress(title), {
  error: 'webAddress',
});

/** A slug as typed; forms of a letter send its current one as `slug`. */
const newSlug = bounded(SLUG_INPUT_MAX, (slug) => slug.trim().toLowerCase());

const titles = z
  .intersection(
    perLanguage('title', newTitle),
    z.object({ authoritativeLanguage: offeredLanguage.catch(LANGUAGES[0]!) }),
  )
  .transform(({ authoritativeLanguage, ...typed }) => ({
    authoritativeLanguage,
    titles: readByLanguage(typed, 'title'),
  }))
  .superRefine(({ titles, authoritativeLanguage }, context) => {
    if (Object.keys(titles).length === 0) {
      const path = [fieldIn('title', LANGUAGES[0]!)];
      context.addIssue({ code: 'custom', path, message: 'titleRequired' });
    } else if (!titles[authoritativeLanguage]) {
      const path = ['authoritativeLanguage'];
      context.addIssue({ code: 'custom', path, message: 'authoritativeWithoutTitle' });
    }
  });

/**
 * A new letter. Without a slug, one is generated. An intersection, so that all errors are reported
 * at once.
 */
export const newLetterSchema = z.intersection(
  titles,
  z.object({
    date: day,
    timeZone: z
      .string()
      .transform(currentZone)
      .refine((zone) => timeZones().includes(zone), { error: 'invalidZone' }),
    newSlug,
  }),
);

export type NewLetter = Omit<z.output<typeof newLetterSchema>, 'newSlug'>;

/** The new slug of a letter. */
export const slugSchema = z.object({ newSlug });

/**
 * The data of a letter other than its texts. The command refuses languages in which the letter has
 * no text.
 */
export const basicsSchema = z.object({
  date: day,
  authoritativeLanguage: z.string().catch(''),
  contactEmail: bounded(EMAIL_MAX, tidyAddress).transform((address, context) => {
    const stored = storedAddress(address);
    if (address !== '' && !stored)
      context.addIssue({ code: 'custom', message: 'invalidEmail' satisfies BasicsError });
    return stored;
  }),
});

export type Basics = z.output<typeof basicsSchema>;

/** A new draft link. */
export const draftLinkSchema = z.object({
  label: oneLine(LABEL_MAX).pipe(z.string().min(1, { error: 'required' })),
  days: z.enum(LINK_DAYS, { error: 'required' }).transform(Number),
});

export type NewDraftLink = z.output<typeof draftLinkSchema>;
