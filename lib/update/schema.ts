/** What the form of a posting holds. Messages are codes: the form turns them into words. */
import { z } from 'zod';
import { day, markdown, oneLine, orNull } from '@/lib/platform/forms/fields';

/** Longest title and longest body, in characters. */
export const TITLE_MAX = 300;
export const BODY_MAX = 20_000;

/** Every way a field can be wrong. Each has words in `messages/*.json` under `update.admin.errors`. */
export type UpdateError =
  | 'oneRequired'
  | 'titleRequired'
  | 'bodyRequired'
  | 'tooLong'
  | 'controlCharacter'
  | 'invalidDate'
  | 'invalidChoice';

const title = oneLine(TITLE_MAX).transform(orNull);
const body = markdown(BODY_MAX).transform(orNull);

/** A posting as typed: each language is whole or absent, and one there is. An intersection, so that every mistake is told at once. */
export const updateSchema = z.intersection(
  z.object({ kind: z.enum(['reply', 'update'], { error: 'invalidChoice' }), date: day }),
  z
    .object({ titleJa: title, bodyJa: body, titleEn: title, bodyEn: body })
    .superRefine((typed, context) => {
      const wrong = (path: string, message: UpdateError) =>
        context.addIssue({ code: 'custom', path: [path], message });
      if (!typed.titleJa && !typed.bodyJa && !typed.titleEn && !typed.bodyEn)
        return wrong('titleJa', 'oneRequired');
      for (const language of ['Ja', 'En'] as const) {
        if (typed[`body${language}`] && !typed[`title${language}`])
          wrong(`title${language}`, 'titleRequired');
        if (typed[`title${language}`] && !typed[`body${language}`])
          wrong(`body${language}`, 'bodyRequired');
      }
    }),
);

export type Posted = z.output<typeof updateSchema>;

/** Which posting is meant, and the version that was read. */
export const updateVersionSchema = z.object({
  id: z.uuid(),
  version: z.coerce.number().int().min(1).max(1_000_000_000),
});

export type UpdateVersion = z.output<typeof updateVersionSchema>;
