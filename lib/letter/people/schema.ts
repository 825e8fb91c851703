import { z } from 'zod';
import { Role } from '@/lib/platform/db/generated/enums';
import { bounded } from '@/lib/platform/forms/fields';
import { routing } from '@/lib/platform/i18n/routing';
import { EMAIL_MAX, storedAddress, tidyAddress } from '@/lib/platform/mail/address';

/** The roles on a letter, from the one that may do least. */
export const ROLES = [Role.observer, Role.reviewer, Role.owner] as const;

/**
 * All error codes of an invitation's fields. Their messages are in `messages/*.json` under
 * `letter.people.errors`.
 */
export type InvitationError =
  | 'tooLong'
  | 'controlCharacter'
  | 'invalidEmail'
  | 'invalidChoice'
  | 'already'
  | 'deactivated'
  | 'tooMany';

const role = z.enum(ROLES, { error: 'invalidChoice' });

/** Whom to invite, as what, and the language of the mail. */
export const invitationSchema = z.object({
  email: bounded(EMAIL_MAX, tidyAddress).transform((address, context): string => {
    const stored = storedAddress(address);
    if (stored) return stored;
    context.addIssue({ code: 'custom', message: 'invalidEmail' satisfies InvitationError });
    return z.NEVER;
  }),
  role,
  language: z.enum(routing.locales, { error: 'invalidChoice' }),
});

export type Invitation = z.output<typeof invitationSchema>;

/** A person of the letter. */
export const personSchema = z.object({ person: z.uuid() });

/** A person of the letter, and the role that they are to have. */
export const roleSchema = z.object({ person: z.uuid(), role });
