/** A letter's basics as forms send them. Messages are codes: `messages/*.json` under `letter.text.errors` has their words. */
import { z } from 'zod';
import { timeZones } from '@/lib/platform/dates';
import {
  bounded,
  day,
  offeredLanguage,
  oneLine,
  perLanguage,
  readByLanguage,
} from '@/lib/platform/forms/fields';
import { fieldIn, LANGUAGES } from '@/lib/platform/languages';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { CONTENT_MAX } from './text/schema';

/** Longest slug that is read, in characters; valid ones are shorter (`slugProblem`). */
const SLUG_INPUT_MAX = 200;
/** Longest label of a draft link, in characters. */
export const LABEL_MAX = 200;
/** For how many days a draft link may work. */
export const LINK_DAYS = ['7', '30', '90'] as const;

/** Every way a field of a new letter can be wrong, but for its slug. */
export type NewLetterError =
  | 'tooLong'
  | 'controlCharacter'
  | 'webAddress'
  | 'titleRequired'
  | 'authoritativeWithoutTitle'
  | 'invalidDate'
  | 'invalidZone';

/** Every way a typed slug can be wrong. */
export type SlugError =
  'required' | 'tooLong' | 'controlCharacter' | 'invalidSlug' | 'reserved' | 'taken' | 'opened';

/** Every way a letter's basics can be wrong. */
export type BasicsError = 'invalidDate' | 'published' | 'no-text';

/** Every way a field of a new draft link can be wrong. */
export type DraftLinkError = 'required' | 'tooLong' | 'controlCharacter';

/** Mails have it as their subject: without addresses. A stored title may keep one (`saveText`). */
const newTitle = oneLine(CONTENT_MAX.title).refine((title) => !holdsWebAddress(title), {
  error: 'webAddress',
});

/** A slug as typed; forms of a letter carry its present one in `slug`. */
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

/** A new letter. An empty slug takes the proposal. An intersection reports every mistake at once. */
export const newLetterSchema = z.intersection(
  titles,
  z.object({
    date: day,
    timeZone: z.string().refine((zone) => timeZones().includes(zone), { error: 'invalidZone' }),
    newSlug,
  }),
);

export type NewLetter = Omit<z.output<typeof newLetterSchema>, 'newSlug'>;

/** A letter's new address. */
export const slugSchema = z.object({ newSlug });

/** What a letter has besides its texts. */
export const basicsSchema = z.object({ date: day, authoritativeLanguage: offeredLanguage });

export type Basics = z.output<typeof basicsSchema>;

/** A new draft link. */
export const draftLinkSchema = z.object({
  label: oneLine(LABEL_MAX).pipe(z.string().min(1, { error: 'required' })),
  days: z.enum(LINK_DAYS, { error: 'required' }).transform(Number),
});

export type NewDraftLink = z.output<typeof draftLinkSchema>;
