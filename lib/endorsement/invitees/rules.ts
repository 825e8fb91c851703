import { signing, type LetterTimes } from '@/lib/letter/rules';
import type { Language } from '@/lib/platform/languages';

const DAY = 24 * 3_600_000;

/** Maximum length of what the coordinators say to invitees, in characters. */
export const MESSAGE_MAX = 3_000;

/** The days after which invitees may be reminded; 0: not. */
export const REMINDER_DAYS = [0, 3, 7, 14] as const;

/** The fields of the sign-up form that it can be filled in with, besides the address. */
export const INVITEE_FIELDS = [
  'name',
  'nameJa',
  'reading',
  'nameEn',
  'website',
  'country',
  'representativeName',
  'representativeRole',
] as const;

export type InviteeField = (typeof INVITEE_FIELDS)[number];

/** What is known of an invitee, as the fields of the sign-up form hold it. */
export type InviteeFields = Partial<Record<InviteeField, string>>;

/** The name of an invitee to show: the official one, else that of a language. */
export const inviteeName = ({ name, nameJa, nameEn }: InviteeFields): string =>
  name || nameJa || nameEn || '';

/** A row of a list of organizations to invite. */
export interface InviteeRow {
  /** As the spreadsheet counts. */
  number: number;
  /** As typed, if it is no address. */
  email: string;
  /** The key by which addresses are compared; null if it is no address. */
  key: string | null;
  language: Language;
  /** What the row says in its place, if no mail is written in that. */
  unknownLanguage?: string;
  fields: InviteeFields;
}

/**
 * What will happen with a row: it is invited, or why not.
 *
 * - `unreachable`: the address bounced or complained, or somebody asked that it is not invited any
 *   more. Which of them is nothing that the coordinators of another letter need to know.
 */
export type RowState =
  'new' | 'noName' | 'tooLong' | 'invalidEmail' | 'repeated' | 'signed' | 'invited' | 'unreachable';

/** What is known of the addresses and names of a list, within its letter but for `unreachable`. */
export interface KnownOfRows {
  signedKeys: ReadonlySet<string>;
  signedNames: ReadonlySet<string>;
  invitedKeys: ReadonlySet<string>;
  unreachableKeys: ReadonlySet<string>;
}

/** Maximum length of a field, in characters: that of the longest field of the sign-up form. */
export const FIELD_MAX = 200;

/**
 * What will happen with each row of a list, in its order. Of rows with the same address the first
 * one counts.
 * @param nameOf the key by which names are compared
 */
export function statesOf(
  rows: readonly InviteeRow[],
  known: KnownOfRows,
  nameOf: (fields: InviteeFields) => string,
): RowState[] {
  const seen = new Set<string>();
  return rows.map(({ key, fields }): RowState => {
    if (key === null) return 'invalidEmail';
    if (inviteeName(fields) === '') return 'noName';
    if (Object.values(fields).some((value) => value.length > FIELD_MAX)) return 'tooLong';
    if (seen.has(key)) return 'repeated';
    seen.add(key);
    if (known.signedKeys.has(key) || known.signedNames.has(nameOf(fields))) return 'signed';
    if (known.invitedKeys.has(key)) return 'invited';
    return known.unreachableKeys.has(key) ? 'unreachable' : 'new';
  });
}

/** Where an invitee stands, in the order of what outweighs what: the first that is true. */
export const INVITEE_STATES = [
  'signed',
  'ended',
  'declined',
  'withdrawn',
  'undelivered',
  'opened',
  'sent',
  'waiting',
] as const;

export type InviteeState = (typeof INVITEE_STATES)[number];

/** The lengths that decide, from lib/platform/limits.ts. */
export interface InviteeTerms {
  againDays: number;
  invitations: number;
  deadlineDays: number;
  gapDays: number;
}

/**
 * Whether the coordinators may invite an invitee again: it has not answered, and not too soon or too
 * often. One that was withdrawn before its mail left needs no rest.
 */
export function mayInviteAgain(
  {
    state,
    invitations,
    mailedAt,
    sentAt,
  }: { state: InviteeState; invitations: number; mailedAt: Date; sentAt: Date | null },
  now: Date,
  { againDays, invitations: most }: Pick<InviteeTerms, 'againDays' | 'invitations'>,
): boolean {
  const unanswered = state === 'sent' || state === 'opened' || state === 'withdrawn';
  const rested = mailedAt.getTime() <= now.getTime() - againDays * DAY;
  return unanswered && invitations < most && (rested || sentAt === null);
}

/** What of a letter decides whether its invitees are reminded. */
export interface InvitingLetter extends LetterTimes {
  inviteeReminderDays: number | null;
  inviteeReminderDeadline: boolean;
  pausedAt: Date | null;
  afterClosing: 'refused' | 'added';
}

export type InviteeOccasion = 'waiting' | 'deadline';

/**
 * Invitees of a letter that are due for a reminder at a time were last mailed before the result;
 * null if none are due.
 *
 * - `waiting`: as many days after they were invited as the owner set, unless the other reminder
 *   follows soon.
 * - `deadline`: in the last days before the letter's last deadline, if the owner wants it.
 */
export function dueInvitees(
  occasion: InviteeOccasion,
  letter: InvitingLetter,
  now: Date,
  { deadlineDays, gapDays }: Pick<InviteeTerms, 'deadlineDays' | 'gapDays'>,
): Date | null {
  if (signing(letter, now) !== 'open') return null;
  const left = letter.closesAt ? letter.closesAt.getTime() - now.getTime() : Infinity;
  if (occasion === 'deadline')
    return letter.inviteeReminderDeadline && left <= deadlineDays * DAY
      ? new Date(now.getTime() - gapDays * DAY)
      : null;
  const other = letter.inviteeReminderDeadline && left <= (deadlineDays + gapDays) * DAY;
  return letter.inviteeReminderDays === null || other
    ? null
    : new Date(now.getTime() - letter.inviteeReminderDays * DAY);
}
