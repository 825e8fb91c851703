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
import type { LetterContent, ContentField } from './content';
import { isBlank } from '@/lib/platform/text/normalise';
import { callsIn } from './rules';

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
export const contentSchema: z.ZodType<LetterContent> = z.object({
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

/** Which text a save is about, and the version that was edited; 0: there was none. */
export const textVersionSchema = z.object({
  language: offeredLanguage,
  version: z.coerce.number().int().min(0),
});
