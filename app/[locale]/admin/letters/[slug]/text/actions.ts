'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import type { DraftLinkState } from '@/components/letter/draft/link-form';
import type { ChangedField, TextFormState } from '@/components/letter/text/text-form-state';
import { textPath } from '@/components/letter/text/text-path';
import { changeBasics, changeSlug } from '@/lib/letter/commands';
import { makeDraftLink, revokeDraftLink } from '@/lib/letter/draft/commands';
import { basicsSchema, draftLinkSchema, slugSchema } from '@/lib/letter/schema';
import { slugProblem } from '@/lib/letter/slug';
import { removeText, saveText, type Conflict } from '@/lib/letter/text/commands';
import { CONTENT_FIELDS, fieldText, type LetterContent } from '@/lib/letter/text/content';
import { collapse, difference } from '@/lib/letter/text/difference';
import { merge } from '@/lib/letter/text/rules';
import { contentSchema, textVersionSchema } from '@/lib/letter/text/schema';
import { env } from '@/lib/platform/env';
import { LANGUAGES, type Language } from '@/lib/platform/languages';
import { press, slugIn, submit, type Outcome, type Redirect } from '../../../form-actions';

/** The language of the text that a form edits. */
const languageIn = (form: FormData): Language =>
  LANGUAGES.find((language) => language === form.get('language')) ?? LANGUAGES[0]!;

/** Redirects to the text page in the form's language, which shows a notice of the result. */
function notice(form: FormData, code: string, slug = slugIn(form)): Redirect {
  const path = textPath(slug, { language: languageIn(form), at: Date.now() });
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
            base ? fieldText(base, field) : '',
            fieldText(theirs, field),
            fieldText(mine, field),
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
      version: String(version),
    },
    extra: { conflict: { by, at: at.toISOString(), removed: theirs === null, fields: changed } },
  };
}

/** Saves the text in a language. */
export async function saveLetterText(_previous: TextFormState | null, form: FormData) {
  return submit(form, {
    act: 'editText',
    schema: z.intersection(
      textVersionSchema,
      contentSchema.transform((content) => ({ content })),
    ),
    run: async (
      owner,
      { language, version, content },
    ): Promise<Outcome<Pick<TextFormState, 'conflict'>>> => {
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

/** Changes the letter's slug. */
export async function setSlug(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'editText',
    schema: slugSchema,
    run: async (owner, { newSlug }) => {
      const problem = slugProblem(newSlug);
      if (problem) return { errors: { newSlug: [problem] } };
      const changed = await changeSlug(owner, newSlug);
      if (changed.ok) return notice(form, 'address', changed.slug);
      if (changed.reason === 'opened') return { errors: { newSlug: ['opened'] } };
      return { errors: { newSlug: ['taken'] }, typed: { free: changed.free } };
    },
  });
}

/** Sets the letter's date, the address to write to, and its authoritative text. */
export async function setBasics(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'editText',
    schema: basicsSchema,
    run: async (owner, basics) => {
      const changed = await changeBasics(owner, basics);
      return changed.ok
        ? notice(form, 'basics')
        : { errors: { authoritativeLanguage: [changed.reason] } };
    },
  });
}

/** Creates a draft link. The response is the only place that shows its URL. */
export async function makeLink(_previous: DraftLinkState | null, form: FormData) {
  return submit(form, {
    act: 'shareDraft',
    schema: draftLinkSchema,
    run: async (owner, link): Promise<Outcome<Pick<DraftLinkState, 'made'>>> => {
      const { token, expiresAt } = await makeDraftLink(owner, link);
      const url = `${env().APP_URL}/${languageIn(form)}/drafts/${token}`;
      return {
        isDone: true,
        extra: { made: { label: link.label, url, until: expiresAt.toISOString() } },
      };
    },
  });
}

/** Revokes a draft link. */
export async function revokeLink(form: FormData) {
  await press(
    form,
    {
      act: 'shareDraft',
      schema: z.object({ link: z.uuid() }),
      run: async (owner, { link }) => {
        await revokeDraftLink(owner, link);
        return notice(form, 'revoked');
      },
    },
    notice(form, 'revoked'),
  );
}
