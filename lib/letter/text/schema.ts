/** What a coordinator writes, as forms send it. Messages are codes: `messages/*.json` under `letter.text.errors` has their words. */
import { z } from 'zod';
import { bounded, day, lines, markdown, oneLine, orNull } from '@/lib/platform/forms/fields';
import type { LetterContent, Part } from './content';
import { timeZones } from '@/lib/platform/dates';
import { isBlank } from '@/lib/platform/text/normalise';
import { holdsWebAddress } from '@/lib/platform/text/web-address';
import { callsIn } from './rules';

/** Longest text of each part, in characters; of `calls`, of each. */
export const CONTENT_MAX: Record<Part, number> = {
  title: 300,
  subject: 300,
  dateLine: 300,
  addressee: 1_000,
  salutation: 1_000,
  body: 50_000,
  callsIntro: 1_000,
  calls: 2_000,
  closing: 5_000,
  valediction: 1_000,
};
/** Most points that a letter calls for. */
export const CALLS_MAX = 20;
/** Longest address ending that is read, in characters; slugs are shorter (lib/letter/rules.ts). */
const ADDRESS_MAX = 200;
/** Longest name of whom a draft link is for, in characters. */
export const LABEL_MAX = 200;
/** For how many days a draft link may work. */
export const LINK_DAYS = ['7', '30', '90'] as const;

const language = z.enum(['ja', 'en']);

/** Every way a part of a text can be wrong. */
export type PartsError =
  'required' | 'tooLong' | 'controlCharacter' | 'webAddress' | 'tooMany' | 'callTooLong';

/** Every way a field of a new letter can be wrong, but for its address. */
export type NewLetterError =
  | 'tooLong'
  | 'controlCharacter'
  | 'webAddress'
  | 'titleRequired'
  | 'authoritativeWithoutTitle'
  | 'invalidDate'
  | 'invalidZone';

/** Every way a letter's typed address can be wrong. */
export type AddressError =
  'required' | 'tooLong' | 'controlCharacter' | 'invalidSlug' | 'reserved' | 'taken' | 'opened';

/** Every way what a letter is besides its texts can be wrong. */
export type BasicsError = 'invalidDate' | 'published' | 'no-text';

/** Every way a field of a new draft link can be wrong. */
export type DraftLinkError = 'required' | 'tooLong' | 'controlCharacter';

/** The parts of a letter's text; only a title is asked for, since a text may be saved unfinished. */
export const partsSchema: z.ZodType<LetterContent> = z.object({
  title: oneLine(CONTENT_MAX.title).refine((title) => !isBlank(title), { error: 'required' }),
  subject: oneLine(CONTENT_MAX.subject).transform(orNull),
  dateLine: oneLine(CONTENT_MAX.dateLine),
  addressee: lines(CONTENT_MAX.addressee).transform(orNull),
  salutation: oneLine(CONTENT_MAX.salutation),
  body: markdown(CONTENT_MAX.body),
  callsIntro: oneLine(CONTENT_MAX.callsIntro).transform(orNull),
  calls: bounded(CONTENT_MAX.calls * CALLS_MAX, callsIn).pipe(
    z
      .array(z.string().max(CONTENT_MAX.calls, { error: 'callTooLong' }))
      .max(CALLS_MAX, { error: 'tooMany' }),
  ),
  closing: lines(CONTENT_MAX.closing).transform(orNull),
  valediction: oneLine(CONTENT_MAX.valediction),
});

/** Which text a save is about, and the version it was written on; 0: there was none. */
export const textAddressSchema = z.object({ language, version: z.coerce.number().int().min(0) });

/** Mails bear it as their subject: without addresses. A title that is stored already may stay (`saveText`). */
const newTitle = oneLine(CONTENT_MAX.title).refine((title) => !holdsWebAddress(title), {
  error: 'webAddress',
});

const titles = z
  .object({ titleJa: newTitle, titleEn: newTitle, authoritativeLanguage: language.catch('ja') })
  .superRefine(({ titleJa, titleEn, authoritativeLanguage }, context) => {
    if (!titleJa && !titleEn)
      context.addIssue({ code: 'custom', path: ['titleJa'], message: 'titleRequired' });
    else if (!(authoritativeLanguage === 'ja' ? titleJa : titleEn)) {
      context.addIssue({
        code: 'custom',
        path: ['authoritativeLanguage'],
        message: 'authoritativeWithoutTitle',
      });
    }
  });

/**
 * A letter to be made. An empty address takes the proposal. An intersection, so that every mistake is told at once.
 */
export const newLetterSchema = z.intersection(
  titles,
  z.object({
    date: day,
    timeZone: z.string().refine((zone) => timeZones().includes(zone), { error: 'invalidZone' }),
    address: bounded(ADDRESS_MAX, (address) => address.trim().toLowerCase()),
  }),
);

export type NewLetter = Omit<z.output<typeof newLetterSchema>, 'address'>;

/** What a letter is besides its texts. */
export const basicsSchema = z.object({ date: day, authoritativeLanguage: language });

export type Basics = z.output<typeof basicsSchema>;

/** A draft link to be made. */
export const draftLinkSchema = z.object({
  label: oneLine(LABEL_MAX).pipe(z.string().min(1, { error: 'required' })),
  days: z.enum(LINK_DAYS, { error: 'required' }).transform(Number),
});

export type NewDraftLink = z.output<typeof draftLinkSchema>;
