/** Schemas of the forms about invitees, and how the rows of a list are read. Messages are error codes. */
import { z } from 'zod';
import {
  lines,
  offeredLanguage,
  perLanguage,
  readByLanguage,
  typed,
} from '@/lib/platform/forms/fields';
import { LANGUAGES, type Language } from '@/lib/platform/languages';
import { addressKey, storedAddress } from '@/lib/platform/mail/address';
import { normaliseOneLine } from '@/lib/platform/text/normalise';
import type { ListedRow } from '../table/columns';
import { countryIn, languageIn } from '../table/values';
import {
  INVITEE_FIELDS,
  MESSAGE_MAX,
  REMINDER_DAYS,
  type InviteeFields,
  type InviteeRow,
} from './rules';

/** What the coordinators say to invitees, by language. */
export const inviteeMessageSchema = perLanguage('message', lines(MESSAGE_MAX)).transform((fields) =>
  readByLanguage(fields, 'message'),
);

/** When invitees are reminded. */
export const inviteeRemindersSchema = z.object({
  days: z.coerce
    .number()
    .refine((days) => (REMINDER_DAYS as readonly number[]).includes(days), {
      error: 'invalidChoice',
    })
    .transform((days) => days || null),
  deadline: z.literal('on').optional().transform(Boolean),
});

export type InviteeReminders = z.output<typeof inviteeRemindersSchema>;

/** A list: pasted, or a file; and the language of rows that say none. */
export const listSchema = z.object({
  list: typed,
  tableFile: z.instanceof(File).optional().catch(undefined),
  language: offeredLanguage,
});

export const listIdSchema = z.object({ list: z.uuid() });
export const inviteeSchema = z.object({ invitee: z.uuid() });

/**
 * A row of a list, by what its columns hold. Nothing is refused here: the preview says what is
 * wrong, and the form asks the organization.
 */
export function inviteeRow({ number, values }: ListedRow, fallback: Language): InviteeRow {
  const typedEmail = normaliseOneLine(values.representativeEmail ?? '');
  const email = storedAddress(typedEmail);
  const language = languageIn(values.language ?? '');
  const isKnown = LANGUAGES.includes(language);
  const fields: InviteeFields = {};
  for (const field of INVITEE_FIELDS) {
    const value = normaliseOneLine(values[field] ?? '');
    if (value) fields[field] = field === 'country' ? countryIn(value) : value;
  }
  return {
    number,
    email: email ?? typedEmail,
    key: email && addressKey(email),
    language: isKnown ? language : fallback,
    ...(language && !isKnown && { unknownLanguage: normaliseOneLine(language).slice(0, 50) }),
    fields,
  };
}
