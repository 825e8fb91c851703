'use server';

import { z } from 'zod';
import { sectionPath } from '@/components/admin/sections';
import type { DraftLinkState } from '@/components/letter/draft/link-form';
import type { FormState } from '@/components/ui/form-state';
import {
  addOwnReason,
  removeOwnReason,
  setDeclineTexts,
} from '@/lib/endorsement/review/reasons/commands';
import {
  declineTextsSchema,
  ownReasonSchema,
  reasonIdSchema,
} from '@/lib/endorsement/review/reasons/schema';
import { changeBasics, changeSlug, setReminders } from '@/lib/letter/commands';
import { makeDraftLink, revokeDraftLink } from '@/lib/letter/draft/commands';
import { basicsSchema, draftLinkSchema, slugSchema } from '@/lib/letter/schema';
import { slugProblem } from '@/lib/letter/slug';
import { env } from '@/lib/platform/env';
import { fieldIn, LANGUAGES } from '@/lib/platform/languages';
import { press, slugIn, submit, type Outcome, type Redirect } from '../../../form-actions';

/** Redirects to the settings, which show a notice of the result. */
function notice(form: FormData, code: string, slug = slugIn(form)): Redirect {
  return { redirectTo: `${sectionPath(slug, 'settings')}?at=${Date.now()}&notice=${code}` };
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

/** Turns reminders to confirm on or off. */
export async function setReminding(form: FormData) {
  await press(
    form,
    {
      act: 'editText',
      schema: z.object({ reminds: z.enum(['true', 'false']) }),
      run: async (owner, { reminds }) => {
        await setReminders(owner, reminds === 'true');
        return notice(form, reminds === 'true' ? 'remindersOn' : 'remindersOff');
      },
    },
    notice(form, 'basics'),
  );
}

/** Sets the letter's own words for the reasons of a decline. */
export async function saveDeclineTexts(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'editText',
    schema: declineTextsSchema,
    run: async (owner, texts) => {
      await setDeclineTexts(owner, texts);
      return notice(form, 'declineTexts');
    },
  });
}

/** Adds a reason for declining to the letter's own. */
export async function addReason(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'editText',
    schema: ownReasonSchema,
    run: async (owner, reason): Promise<Outcome> => {
      const added = await addOwnReason(owner, reason);
      if (added.ok) return notice(form, 'reasonAdded');
      if (added.reason === 'full') return { problem: 'full' };
      return {
        errors: Object.fromEntries(
          added.missing.map((language) => [fieldIn('words', language), ['wordsRequired']]),
        ),
      };
    },
  });
}

/** Removes a reason for declining from the letter's own. */
export async function removeReason(form: FormData) {
  await press(
    form,
    {
      act: 'editText',
      schema: reasonIdSchema,
      run: async (owner, { reason }) => {
        await removeOwnReason(owner, reason);
        return notice(form, 'reasonRemoved');
      },
    },
    notice(form, 'reasonRemoved'),
  );
}

/**
 * Creates a draft link, to a page in the language of the letter. The response is the only place that
 * shows its URL.
 */
export async function makeLink(_previous: DraftLinkState | null, form: FormData) {
  const language = LANGUAGES.find((one) => one === form.get('language')) ?? LANGUAGES[0]!;
  return submit(form, {
    act: 'shareDraft',
    schema: draftLinkSchema,
    run: async (owner, link): Promise<Outcome<Pick<DraftLinkState, 'made'>>> => {
      const { token, expiresAt } = await makeDraftLink(owner, link);
      const url = `${env().APP_URL}/${language}/drafts/${token}`;
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
