/** A letter's text as its form sends it. Messages are codes: `messages/*.json` under `letter.text.errors` has their words. */
import { z } from 'zod';
import {
  bounded,
  lines,
  markdown,
  offeredLanguage,
  oneLine,
  orNull,
} from '@/lib/platform/forms/fields';
import { CALL_MARKS, withForm, type LetterContent, type ContentField } from './content';
import { isBlank } from '@/lib/platform/text/normalise';
import { callsIn, unmarkedCalls } from './rules';

/** Longest text of each field, in characters; of `calls`, of each call. */
export const CONTENT_MAX: Record<ContentField, number> = {
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

/** Every way a field of a text can be wrong. */
export type ContentError =
  'required' | 'tooLong' | 'controlCharacter' | 'webAddress' | 'tooMany' | 'callTooLong';

/** The fields of a letter's text; only a title is required, since a text may be saved unfinished. */
export const contentSchema: z.ZodType<LetterContent> = z
  .object({
    title: oneLine(CONTENT_MAX.title).refine((title) => !isBlank(title), { error: 'required' }),
    subject: oneLine(CONTENT_MAX.subject).transform(orNull),
    dateLine: oneLine(CONTENT_MAX.dateLine),
    addressee: lines(CONTENT_MAX.addressee).transform(orNull),
    salutation: oneLine(CONTENT_MAX.salutation).transform(orNull),
    body: markdown(CONTENT_MAX.body),
    callsIntro: oneLine(CONTENT_MAX.callsIntro).transform(orNull),
    calls: bounded(CONTENT_MAX.calls * CALLS_MAX, callsIn).pipe(
      z
        .array(z.string().max(CONTENT_MAX.calls, { error: 'callTooLong' }))
        .max(CALLS_MAX, { error: 'tooMany' }),
    ),
    closing: lines(CONTENT_MAX.closing).transform(orNull),
    valediction: oneLine(CONTENT_MAX.valediction).transform(orNull),
    callMarks: z.enum(CALL_MARKS).catch('bullets'),
    kigaki: z.literal('on').optional().catch(undefined),
  })
  .transform(({ callMarks, kigaki, ...content }) =>
    withForm(
      { ...content, calls: unmarkedCalls(content.calls, callMarks) },
      { callMarks, kigaki: kigaki === 'on' },
    ),
  );

/** Which text a save is about, and the version that was edited; 0: there was none. */
export const textVersionSchema = z.object({
  language: offeredLanguage,
  version: z.coerce.number().int().min(0),
});

/** A save of a text. Only Japanese letters have 記 and 以上. */
export const textSchema = z
  .intersection(
    textVersionSchema,
    contentSchema.transform((content) => ({ content })),
  )
  .transform(({ content: { kigaki, ...content }, language, version }) => ({
    language,
    version,
    content: { ...content, ...(language === 'ja' && kigaki && { kigaki }) },
  }));

/**
 * Why a Word file is not opened: there is none, it has the form of Word before 2007, is protected
 * by a password, is a PDF, is of another kind, damaged, larger than `WORD_FILE` allows, longer than
 * any letter, or has no text; `unopened`: it was chosen, but the text was saved.
 */
export type WordFileProblem =
  | 'none'
  | 'old'
  | 'locked'
  | 'pdf'
  | 'other'
  | 'damaged'
  | 'tooBig'
  | 'tooMuch'
  | 'noText'
  | 'unopened';

/** A Word file to open into the form of a letter's text, with what the form has. */
export const wordFileSchema = z.object({
  wordFile: z.instanceof(File),
  replaceBody: z.literal('on').optional(),
  title: z.string().default(''),
  subject: z.string().default(''),
  body: z.string().default(''),
});
