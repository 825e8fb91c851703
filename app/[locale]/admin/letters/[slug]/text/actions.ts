'use server';

import {
  OPEN_WORD_FILE,
  type ChangedField,
  type TextFormState,
} from '@/components/letter/text/text-form-state';
import { textPath } from '@/components/letter/text/text-path';
import { removeText, saveText, type Conflict } from '@/lib/letter/text/commands';
import { CONTENT_FIELDS, fieldText, marksOf, type LetterContent } from '@/lib/letter/text/content';
import { collapse, difference, saidText } from '@/lib/letter/text/difference';
import { merge } from '@/lib/letter/text/rules';
import {
  CONTENT_MAX,
  textSchema,
  textVersionSchema,
  wordFileSchema,
  type WordFileProblem,
} from '@/lib/letter/text/schema';
import { readWordFile } from '@/lib/letter/text/word-file/read';
import { LANGUAGES, type Language } from '@/lib/platform/languages';
import { press, slugIn, submit, type Outcome, type Redirect } from '../../../form-actions';

/** The language of the text that a form edits. */
const languageIn = (form: FormData): Language =>
  LANGUAGES.find((language) => language === form.get('language')) ?? LANGUAGES[0]!;

/** Redirects to the text page in the form's language, which shows a notice of the result. */
function notice(form: FormData, code: string): Redirect {
  const path = textPath(slugIn(form), { language: languageIn(form), at: Date.now() });
  return { redirectTo: `${path}&notice=${code}` };
}

/** Number of unchanged words shown around each change by others. */
const WORDS_AROUND = 12;

/**
 * The state of a form whose text others have changed: the submitted text, merged with fields that
 * only they changed.
 */
function withConflict(
  language: Language,
  mine: LetterContent,
  { base, theirs, version, by, at }: Conflict,
): Outcome<Pick<TextFormState, 'conflict'>> {
  const { content, taken, both } = merge(base, theirs, mine);
  const shown = (before: string, after: string) =>
    collapse(difference(before, after, language), WORDS_AROUND);
  const changed: ChangedField[] = theirs
    ? CONTENT_FIELDS.filter((field) => taken.includes(field) || both.includes(field)).map(
        (field) => {
          const [was, is, typed] = [
            base ? saidText(base, field, language) : '',
            saidText(theirs, field, language),
            saidText(mine, field, language),
          ];
          return {
            field,
            theirText: is,
            theirs: shown(was, is),
            mine: both.includes(field) ? shown(was, typed) : null,
          };
        },
      )
    : [];
  return {
    problem: 'changed',
    errors: Object.fromEntries(changed.map(({ field }) => [field, ['changed']])),
    typed: {
      ...Object.fromEntries(taken.map((field) => [field, fieldText(content, field)])),
      callMarks: marksOf(content),
      kigaki: content.kigaki ? 'on' : '',
      version: String(version),
    },
    extra: { conflict: { by, at: at.toISOString(), removed: theirs === null, fields: changed } },
  };
}

/** Opens a Word file into the form. Nothing is saved. */
function openWordFile(form: FormData) {
  return submit(form, {
    act: 'editText',
    schema: wordFileSchema,
    run: async (
      _owner,
      { wordFile, replaceBody, ...fields },
    ): Promise<Outcome<Pick<TextFormState, 'opened'>>> => {
      const isEmpty = fields.body.trim() === '';
      const isReplaced = replaceBody !== undefined && !isEmpty;
      const opened = await readWordFile(Buffer.from(await wordFile.arrayBuffer()), {
        ...fields,
        body: isReplaced ? '' : fields.body,
        max: CONTENT_MAX,
      });
      if (typeof opened === 'string') return { errors: { wordFile: [opened] } };
      const { title, subject, body, notices } = opened;
      const took = title && subject ? 'both' : title ? 'title' : subject ? 'subject' : null;
      return {
        typed: {
          ...(title !== null && { title }),
          ...(subject !== null && { subject }),
          body: isEmpty || isReplaced ? body : `${fields.body.trimEnd()}\n\n${body}`,
        },
        extra: {
          opened: {
            name: wordFile.name,
            put: isReplaced ? 'instead' : isEmpty ? 'filled' : 'after',
            took,
            notices,
          },
        },
      };
    },
  });
}

/** Whether a Word file was chosen. */
function hasFile(form: FormData): boolean {
  const file = form.get('wordFile');
  return file instanceof File && file.size > 0;
}

/** Saves the text in a language, or opens a Word file into the form if that button was pressed. */
export async function saveLetterText(
  _previous: TextFormState | null,
  form: FormData,
): Promise<TextFormState> {
  if (form.has(OPEN_WORD_FILE)) return openWordFile(form);
  return submit(form, {
    act: 'editText',
    schema: textSchema,
    run: async (
      owner,
      { language, version, content },
    ): Promise<Outcome<Pick<TextFormState, 'conflict'>>> => {
      if (hasFile(form)) return { errors: { wordFile: ['unopened' satisfies WordFileProblem] } };
      const saved = await saveText(owner, { language, version, content });
      if (saved.ok) return notice(form, 'saved');
      if (saved.reason === 'changed') return withConflict(language, content, saved);
      return {
        errors: Object.fromEntries(saved.fields.map((field) => [field, ['webAddress']])),
      };
    },
  });
}

/** Removes the text in a language. */
export async function removeLanguage(form: FormData) {
  await press(
    form,
    {
      act: 'editText',
      schema: textVersionSchema,
      run: async (owner, text) => {
        const removed = await removeText(owner, text);
        return notice(form, removed.ok ? 'removed' : removed.reason);
      },
    },
    notice(form, 'changed'),
  );
}
