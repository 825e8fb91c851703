/** The schema of the update form. Messages are error codes, which the form translates. */
import { z } from 'zod';
import { day, markdown, oneLine, perLanguage, readByLanguage } from '@/lib/platform/forms/fields';
import { fieldIn, LANGUAGES, type ByLanguage } from '@/lib/platform/languages';

/** Maximum length of the title and of the body, in characters. */
export const TITLE_MAX = 300;
export const BODY_MAX = 20_000;

/** An update in one language; `body` is Markdown. */
export interface UpdateContent {
  title: string;
  body: string;
}
/**
 * All error codes of fields. Their messages are in `messages/*.json` under `update.admin.errors`.
 */
export type UpdateError =
  | 'oneRequired'
  | 'titleRequired'
  | 'bodyRequired'
  | 'tooLong'
  | 'controlCharacter'
  | 'invalidDate'
  | 'invalidChoice';

/** Titles and bodies by language: both or neither in each language, and at least one language. */
export const updateTexts = z
  .intersection(perLanguage('title', oneLine(TITLE_MAX)), perLanguage('body', markdown(BODY_MAX)))
  .transform((typed, context): ByLanguage<UpdateContent> => {
    const [titles, bodies] = [readByLanguage(typed, 'title'), readByLanguage(typed, 'body')];
    const wrong = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    const used = LANGUAGES.filter((language) => titles[language] || bodies[language]);
    if (used.length === 0) wrong(fieldIn('title', LANGUAGES[0]!), 'oneRequired');
    return Object.fromEntries(
      used.map((language) => {
        const [title, body] = [titles[language], bodies[language]];
        if (!title) wrong(fieldIn('title', language), 'titleRequired');
        if (!body) wrong(fieldIn('body', language), 'bodyRequired');
        return [language, { title: title ?? '', body: body ?? '' }];
      }),
    );
  });

/** The content of an update. An intersection, so that all errors are reported at once. */
export const updateSchema = z.intersection(
  z.object({ kind: z.enum(['reply', 'update'], { error: 'invalidChoice' }), date: day }),
  updateTexts.transform((texts) => ({ texts })),
);

export type NewUpdate = z.output<typeof updateSchema>;

/** The id of an update, and the version that was read. */
export const updateVersionSchema = z.object({
  id: z.uuid(),
  version: z.coerce.number().int().min(1).max(1_000_000_000),
});

export type UpdateVersion = z.output<typeof updateVersionSchema>;
