/** The schema of the forms of mailings. Messages are error codes, which the forms translate. */
import { z } from 'zod';
import { CATEGORY_ID_MAX } from '@/lib/letter/categories';
import { updateTexts, type UpdateContent, type UpdateError } from '@/lib/update/schema';
import { bounded } from '@/lib/platform/forms/fields';
import type { ByLanguage } from '@/lib/platform/languages';
import { AUDIENCE_STATES, type Audience } from './rules';

/** All error codes of fields. Their messages are in `messages/*.json` under `mailing.errors`. */
export type MailingError =
  Exclude<UpdateError, 'invalidDate' | 'invalidChoice'> | 'stateRequired' | 'otherCount';

/** What a choice of recipients is called in the form: `country-JP`. */
export const choice = (kind: 'state' | 'country' | 'language' | 'category', value: string) =>
  `${kind}-${value}`;

/** Beyond any choice that the form offers. */
const CHOICES_MAX = 300;

const CHOSEN = new RegExp(
  `^(?:(country)-([A-Z]{2})|(language)-([a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})|(category)-([\\w-]{1,${CATEGORY_ID_MAX}}))$`,
);

/** The checkboxes of a form by which recipients are chosen; each is a field of its own. */
const audience = z
  .record(z.string(), z.unknown())
  .transform((fields, context): { audience: Audience } => {
    const states = AUDIENCE_STATES.filter((state) => choice('state', state) in fields);
    if (states.length === 0)
      context.addIssue({
        code: 'custom',
        path: [choice('state', AUDIENCE_STATES[0])],
        message: 'stateRequired',
      });
    const chosen = Object.keys(fields).flatMap((name) => {
      const [kind, value] = (CHOSEN.exec(name.slice(0, 100)) ?? []).slice(1).filter(Boolean);
      return kind && value ? [{ kind, value }] : [];
    });
    const of = (kind: string) =>
      chosen
        .filter((one) => one.kind === kind)
        .slice(0, CHOICES_MAX)
        .map(({ value }) => value)
        .sort();
    return {
      audience: {
        states,
        countries: of('country'),
        languages: of('language'),
        categories: of('category'),
      },
    };
  });

/** The content of a mailing. An intersection, so that all errors are reported at once. */
export const mailingSchema = z.intersection(
  updateTexts.transform((texts) => ({ texts })),
  audience,
);

export interface MailingContent {
  texts: ByLanguage<UpdateContent>;
  audience: Audience;
}

/** The id of a mailing, and the version that was read. */
export const mailingVersionSchema = z.object({
  id: z.uuid(),
  version: z.coerce.number().int().min(1).max(1_000_000_000),
});

export type MailingVersion = z.output<typeof mailingVersionSchema>;

export const mailingIdSchema = z.object({ id: z.uuid() });

/**
 * The number of recipients, typed once more, since mails cannot be taken back: in digits of any
 * width, with or without marks between them.
 */
const count = bounded(20, (typed) => {
  const digits = typed.normalize('NFKC').replace(/[\s,.'’]/gu, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
});

export const sendSchema = z.intersection(
  mailingVersionSchema,
  z.object({
    /** How many recipients the page showed. */
    seenCount: z.coerce.number().int().min(0).max(1_000_000_000),
    count,
    posts: z.literal('on').optional(),
  }),
);
