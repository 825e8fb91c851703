'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import type { LinkState } from '@/components/letter/draft/link-form';
import { textPath } from '@/components/letter/text/text-path';
import type { ChangedPart, TextState } from '@/components/letter/text/text-form-state';
import {
  changeBasics,
  changeSlug,
  makeDraftLink,
  removeText,
  revokeDraftLink,
  saveText,
  type Conflict,
} from '@/lib/letter/text/commands';
import { merge } from '@/lib/letter/text/rules';
import {
  basicsSchema,
  draftLinkSchema,
  partsSchema,
  textAddressSchema,
} from '@/lib/letter/text/schema';
import { collapse, difference } from '@/lib/letter/text/difference';
import {
  asTyped,
  CONTENT_FIELDS,
  type Language,
  type LetterContent,
} from '@/lib/letter/text/content';
import { slugProblem } from '@/lib/letter/slug';
import { requireLetterAccess } from '@/app/[locale]/admin/access';
import { env } from '@/lib/platform/env';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { localeIn } from '@/app/[locale]/admin/locale';
import { kept, orKept, slugIn } from '@/app/[locale]/admin/form-actions';

const languageIn = (form: FormData): Language => (form.get('language') === 'en' ? 'en' : 'ja');

/** Leads to the page of the text in the form's language, with what was done. */
function go(form: FormData, done: string, slug = slugIn(form)): never {
  redirect(
    `/${localeIn(form.get('locale'))}${textPath(slug, { language: languageIn(form), at: Date.now() })}&done=${done}`,
  );
}

/** Words that did not change, shown beside each change of others. */
const WORDS_AROUND = 12;

/** A form whose text others have changed: it holds what was typed and what only they changed, to be saved on top of theirs. */
function withChanges(
  form: FormData,
  language: Language,
  mine: LetterContent,
  { base, theirs, version, by, at }: Conflict,
): TextState {
  const { parts, taken, both } = merge(base, theirs, mine);
  const shown = (before: string, after: string) =>
    collapse(difference(before, after, language), WORDS_AROUND);
  const changed: ChangedPart[] = theirs
    ? CONTENT_FIELDS.filter((part) => taken.includes(part) || both.includes(part)).map((part) => {
        const [was, is, written] = [
          base ? asTyped(base, part) : '',
          asTyped(theirs, part),
          asTyped(mine, part),
        ];
        return {
          part,
          theirText: is,
          theirs: shown(was, is),
          mine: both.includes(part) ? shown(was, written) : null,
        };
      })
    : [];
  const answer = kept(
    form,
    Object.fromEntries(changed.map(({ part }) => [part, ['changed']])),
    'changed',
  );
  const typed = {
    ...answer.typed,
    ...Object.fromEntries(taken.map((part) => [part, asTyped(parts, part)])),
    version: String(version),
  };
  return {
    ...answer,
    typed,
    changed: { by, at: at.toISOString(), removed: theirs === null, parts: changed },
  };
}

/** Saves the text in a language. */
export async function saveLetterText(
  _previous: TextState | null,
  form: FormData,
): Promise<TextState> {
  return orKept(form, async (): Promise<TextState> => {
    const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
    const fields = Object.fromEntries(form);
    const { language, version } = textAddressSchema.parse(fields);
    const parts = partsSchema.safeParse(fields);
    if (!parts.success) return kept(form, z.flattenError(parts.error).fieldErrors);
    const saved = await saveText(owner, { language, version, parts: parts.data });
    if (saved.ok) return go(form, 'saved');
    if (saved.reason === 'web-address')
      return kept(form, Object.fromEntries(saved.parts.map((part) => [part, ['webAddress']])));
    refresh(); // shows the letter and its saves as they are now
    return withChanges(form, language, parts.data, saved);
  });
}

/** Removes the text in a language. */
export async function removeLanguage(form: FormData): Promise<void> {
  const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
  const text = textAddressSchema.safeParse(Object.fromEntries(form));
  if (!text.success) go(form, 'changed');
  const removed = await removeText(owner, text.data);
  go(form, removed.ok ? 'removed' : removed.reason);
}

/** Gives the letter another address. */
export async function setAddress(_previous: FormState | null, form: FormData): Promise<FormState> {
  return orKept(form, async () => {
    const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
    const address = String(form.get('address') ?? '')
      .trim()
      .toLowerCase();
    const problem = slugProblem(address);
    if (problem) return kept(form, { address: [problem] });
    const changed = await changeSlug(owner, address);
    if (changed.ok) {
      emptyPageCache();
      return go(form, 'address', changed.slug);
    }
    if (changed.reason === 'opened') return kept(form, { address: ['opened'] });
    const answer = kept(form, { address: ['taken'] });
    return { ...answer, typed: { ...answer.typed, free: changed.free } };
  });
}

/** Sets the letter's date and its authoritative text. */
export async function setBasics(_previous: FormState | null, form: FormData): Promise<FormState> {
  return orKept(form, async () => {
    const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
    const basics = basicsSchema.safeParse(Object.fromEntries(form));
    if (!basics.success) return kept(form, z.flattenError(basics.error).fieldErrors);
    const changed = await changeBasics(owner, basics.data);
    return changed.ok
      ? go(form, 'basics')
      : kept(form, { authoritativeLanguage: [changed.reason] });
  });
}

/** Makes a draft link; the answer is the only place where it is ever shown. */
export async function makeLink(_previous: LinkState | null, form: FormData): Promise<LinkState> {
  return orKept(form, async (): Promise<LinkState> => {
    const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
    const asked = draftLinkSchema.safeParse(Object.fromEntries(form));
    if (!asked.success) return kept(form, z.flattenError(asked.error).fieldErrors);
    const { token, expiresAt } = await makeDraftLink(owner, asked.data);
    refresh(); // the list of links has one more
    const url = `${env().APP_URL}/${languageIn(form)}/drafts/${token}`;
    return {
      ...kept(form, {}),
      made: { label: asked.data.label, url, until: expiresAt.toISOString() },
    };
  });
}

/** Ends a draft link. */
export async function revokeLink(form: FormData): Promise<void> {
  const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
  const link = z.uuid().safeParse(form.get('link'));
  if (link.success) await revokeDraftLink(owner, link.data);
  go(form, 'revoked');
}
