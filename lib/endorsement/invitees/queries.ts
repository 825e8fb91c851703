import type { Owner } from '@/lib/coordinator/access';
import { contactOf } from '@/lib/letter/contact';
import { signing, titledFields, titleIn, type TitledText } from '@/lib/letter/rules';
import { nameFields, namesOf } from '@/lib/organization/names';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { byLanguage, type ByLanguage, type Language } from '@/lib/platform/languages';
import { INVITEES } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { suppressionsOf, uninvitedHashes } from '@/lib/platform/mail/suppression';
import { keyedHash, openAll } from '@/lib/platform/sealing';
import { hashToken, isToken } from '@/lib/platform/tokens';
import { contactFields, contactsOf } from '../representatives/queries';
import { nameKey } from '../rules';
import { namesSchemaFor, typedFromNames } from '../schema';
import {
  INVITEE_STATES,
  inviteeName,
  mayInviteAgain,
  statesOf,
  type InviteeFields,
  type InviteeState,
  type InviteeRow,
  type RowState,
} from './rules';

/**
 * Whether an organization has signed, of a row of `invitee`: through its link, or with the address
 * that was invited.
 */
const SIGNED = Prisma.sql`(
  EXISTS (SELECT FROM endorsement WHERE invitee_id = invitee.id AND endorsement.letter_id = invitee.letter_id AND state <> 'submitted')
  OR EXISTS (SELECT FROM contact JOIN representative ON representative.contact_id = contact.id JOIN endorsement ON endorsement.id = endorsement_id
    WHERE contact.email_key = invitee.email_key AND endorsement.letter_id = invitee.letter_id AND state <> 'submitted'))`;

/** {@link InviteeState} of a row of `invitee`. */
const STATE = Prisma.sql`CASE WHEN ${SIGNED} THEN 'signed' WHEN ended_at IS NOT NULL THEN 'ended'
  WHEN declined_at IS NOT NULL THEN 'declined' WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
  WHEN undelivered_at IS NOT NULL THEN 'undelivered' WHEN opened_at IS NOT NULL THEN 'opened'
  WHEN sent_at IS NOT NULL THEN 'sent' ELSE 'waiting' END`;

/** When an invitee was last mailed. */
const MAILED_AT = Prisma.sql`GREATEST(invited_at, reminded_at, reminded_deadline_at)`;

/** An invitee, as the letter's owners see it. */
export interface ListedInvitee {
  id: string;
  name: string;
  email: string;
  state: InviteeState;
  invitations: number;
  mailedAt: Date;
  /** Null: no mail has left yet. */
  sentAt: Date | null;
  mayBeInvitedAgain: boolean;
}

export const INVITEES_PAGE = 100;

export type InviteeCounts = Record<InviteeState | 'all', number>;

/** The number of a letter's invitees by state. */
export async function inviteeCounts({ letterId }: Owner): Promise<InviteeCounts> {
  const rows = await db().$queryRaw<{ state: InviteeState; count: number }[]>`
    SELECT ${STATE} AS state, count(*)::int AS count FROM invitee WHERE letter_id = ${letterId}::uuid GROUP BY 1`;
  const counts = Object.fromEntries(INVITEE_STATES.map((state) => [state, 0])) as InviteeCounts;
  for (const { state, count } of rows) counts[state] = count;
  return { ...counts, all: rows.reduce((sum, { count }) => sum + count, 0) };
}

type StoredInvitee = Omit<ListedInvitee, 'name' | 'mayBeInvitedAgain'> & { fields: InviteeFields };

/** A page of a letter's invitees, newest list first; those of a list by their addresses. */
export async function inviteesOf(
  { letterId }: Owner,
  state: InviteeState | 'all',
  page: number,
  now: Date = new Date(),
): Promise<ListedInvitee[]> {
  const rows = await db().$queryRaw<StoredInvitee[]>`
    SELECT * FROM (
      SELECT id, email, fields, invitations::int, created_at, sent_at AS "sentAt", email_key, ${MAILED_AT} AS "mailedAt", ${STATE} AS state
      FROM invitee WHERE letter_id = ${letterId}::uuid
    ) AS invitee
    WHERE ${state === 'all' ? Prisma.sql`true` : Prisma.sql`state = ${state}`}
    ORDER BY created_at DESC, email_key LIMIT ${INVITEES_PAGE} OFFSET ${(page - 1) * INVITEES_PAGE}`;
  return rows.map(({ fields, ...row }) => ({
    ...row,
    name: inviteeName(openAll(fields)),
    mayBeInvitedAgain: mayInviteAgain(row, now, INVITEES),
  }));
}

/**
 * The letter's invitees whom the coordinators may invite again, locked until the transaction ends;
 * oldest mail first.
 * @param only the id of one of them; null: all that got a mail and have not answered
 */
export async function invitableAgain(
  tx: Db,
  letterId: string,
  only: string | null,
  now: Date,
): Promise<string[]> {
  await tx.$queryRaw`
    SELECT FROM invitee WHERE letter_id = ${letterId}::uuid AND ${only ? Prisma.sql`id = ${only}::uuid` : Prisma.sql`true`}
    ORDER BY id FOR UPDATE`;
  const rows = await tx.$queryRaw<
    { id: string; state: InviteeState; invitations: number; mailedAt: Date; sentAt: Date | null }[]
  >`
    SELECT id, ${STATE} AS state, invitations::int, sent_at AS "sentAt", ${MAILED_AT} AS "mailedAt" FROM invitee
    WHERE letter_id = ${letterId}::uuid AND ${only ? Prisma.sql`id = ${only}::uuid` : Prisma.sql`withdrawn_at IS NULL`}
    ORDER BY "mailedAt", id`;
  return rows.filter((row) => mayInviteAgain(row, now, INVITEES)).map(({ id }) => id);
}

/**
 * Locks and returns invitees of a letter that have not answered and were mailed before a time. None
 * of which a sign-up waits to be confirmed: that one is reminded itself.
 */
export async function unanswered(
  tx: Db,
  letterId: string,
  occasion: 'waiting' | 'deadline',
  before: Date,
  limit: number,
): Promise<string[]> {
  const done = occasion === 'waiting' ? Prisma.sql`reminded_at` : Prisma.sql`reminded_deadline_at`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM invitee
    WHERE letter_id = ${letterId}::uuid AND ${done} IS NULL AND ${MAILED_AT} < ${before} AND sent_at IS NOT NULL
      AND withdrawn_at IS NULL AND ended_at IS NULL AND declined_at IS NULL AND undelivered_at IS NULL AND NOT ${SIGNED}
      AND NOT EXISTS (SELECT FROM endorsement WHERE invitee_id = invitee.id AND state = 'submitted')
    ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => id);
}

/** Of the keys of some addresses, those that asked not to be invited. */
export async function uninvitedAmong(tx: Db, keys: readonly string[]): Promise<Set<string>> {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const byHash = new Map(
    keys.flatMap((key) => uninvitedHashes(key).map((hash) => [hex(hash), key])),
  );
  const rows = await tx.$queryRaw<{ hash: string }[]>`
    SELECT encode(address_hash, 'hex') AS hash FROM uninvited_address
    WHERE address_hash IN (SELECT decode(given, 'hex') FROM unnest(${[...byHash.keys()]}::text[]) AS given)`;
  return new Set(rows.map(({ hash }) => byHash.get(hash)!));
}

const namesOfFields = namesSchemaFor(false);

/** The key by which a row is compared with the names of endorsements. */
function nameOf(fields: InviteeFields): string {
  const parsed = namesOfFields.safeParse(fields);
  return parsed.success ? nameKey(parsed.data) : inviteeName(fields);
}

/**
 * What will happen with each row of a list on a letter. Only named endorsements are compared by
 * name; a withheld one is found by its address alone.
 */
export async function previewOf(
  tx: Db,
  letterId: string,
  rows: readonly InviteeRow[],
): Promise<RowState[]> {
  const keys = [...new Set(rows.flatMap(({ key }) => key ?? []))];
  const names = [...new Set(rows.map(({ fields }) => nameOf(fields)).filter(Boolean))];
  const byHash = new Map(names.map((name) => [keyedHash(name), name]));
  const signed = await tx.$queryRaw<{ key: string }[]>`
    SELECT DISTINCT email_key AS key FROM contact JOIN representative ON representative.contact_id = contact.id
      JOIN endorsement ON endorsement.id = endorsement_id
    WHERE email_key = ANY(${keys}::text[]) AND letter_id = ${letterId}::uuid AND state <> 'submitted'`;
  const named = await tx.endorsement.findMany({
    where: {
      letterId,
      nameKey: { in: [...byHash.keys(), ...names] },
      visibility: 'named',
      state: { in: ['verified', 'approved'] },
    },
    select: { nameKey: true },
  });
  const invited = await tx.invitee.findMany({
    where: { letterId, emailKey: { in: keys } },
    select: { emailKey: true },
  });
  const suppressed = await suppressionsOf(tx, keys);
  const uninvited = await uninvitedAmong(tx, keys);
  return statesOf(
    rows,
    {
      signedKeys: new Set(signed.map(({ key }) => key)),
      signedNames: new Set(named.map(({ nameKey: key }) => byHash.get(key) ?? key)),
      invitedKeys: new Set(invited.map(({ emailKey }) => emailKey)),
      unreachableKeys: new Set([...suppressed.keys(), ...uninvited]),
    },
    nameOf,
  );
}

/** A row of a list, and what will happen with it. */
export type PreviewedRow = InviteeRow & { state: RowState };

/** A list that waits to be invited; null if there is none of the letter with this id (any more). */
export async function previewedList(
  { letterId }: Owner,
  id: string,
): Promise<PreviewedRow[] | null> {
  const list = await db().inviteeList.findFirst({
    where: { id, letterId },
    select: { rows: true },
  });
  if (!list) return null;
  const rows = openAll(list.rows) as unknown as InviteeRow[];
  const states = await previewOf(db(), letterId, rows);
  return rows.map((row, at) => ({ ...row, state: states[at]! }));
}

/** What the coordinators of a letter say to invitees, by language. */
export async function inviteeMessages(letterId: string, on: Db = db()): Promise<ByLanguage> {
  const rows = await on.inviteeMessage.findMany({ where: { letterId } });
  return byLanguage(rows, ({ text }) => text);
}

/** What a mail to an invitee says of its letter. */
export const mailedFields = {
  ...titledFields,
  id: true,
  slug: true,
  timeZone: true,
  contactEmail: true,
  opensAt: true,
  closesAt: true,
  archivedAt: true,
  pausedAt: true,
  afterClosing: true,
} as const satisfies Prisma.LetterSelect;

export type MailedLetter = Prisma.LetterGetPayload<{ select: typeof mailedFields }>;

/** What the mail says to an invitee. */
export function invitationProps(
  letter: MailedLetter,
  { language, fields }: { language: Language; fields: InviteeFields },
  messages: ByLanguage,
  isReminder: boolean,
): MailProps['invite_to_sign'] {
  return {
    letterSlug: letter.slug,
    letterTitle: titleIn(letter, language),
    contact: contactOf(letter),
    organization: inviteeName(fields),
    message: messages[language] ?? null,
    isReminder,
    closesAt: letter.closesAt?.toISOString() ?? null,
    timeZone: letter.timeZone,
  };
}

/** What the mail would say that invites a row of a list. */
export async function invitationMail(
  { letterId }: Owner,
  row: InviteeRow,
): Promise<MailProps['invite_to_sign']> {
  const letter = await db().letter.findUniqueOrThrow({
    where: { id: letterId },
    select: mailedFields,
  });
  return invitationProps(letter, row, await inviteeMessages(letterId), false);
}

/** When the letter's invitees are reminded. */
export async function inviteeReminders({ letterId }: Owner) {
  return db().letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { inviteeReminderDays: true, inviteeReminderDeadline: true },
  });
}

/**
 * Rows with what is known of organizations that signed an earlier letter which the owner owns, too,
 * with the same address (ADR 45): of those that are named there, names, reading, website and
 * country, where the row does not say otherwise.
 */
export async function filledFromEarlier(
  { letterId, coordinatorId }: Owner,
  rows: readonly InviteeRow[],
): Promise<InviteeRow[]> {
  const keys = rows.flatMap(({ key }) => key ?? []);
  const endorsements = await db().endorsement.findMany({
    where: {
      state: 'approved',
      visibility: 'named',
      erasureRequestedAt: null,
      representatives: { some: { contact: { emailKey: { in: keys }, verifiedAt: { not: null } } } },
      letter: { id: { not: letterId }, roles: { some: { coordinatorId, role: 'owner' } } },
    },
    orderBy: { agreedAt: 'asc' },
    select: {
      website: true,
      country: true,
      names: { select: nameFields },
      ...contactFields,
    },
  });
  // Of several, the newest.
  const byKey = new Map(
    endorsements.flatMap((one) => contactsOf(one).map(({ emailKey }) => [emailKey, one] as const)),
  );
  return rows.map((row): InviteeRow => {
    const known = row.key ? byKey.get(row.key) : undefined;
    if (!known) return row;
    const names = namesOf(known.names);
    const isSame = inviteeName(row.fields) === '' || nameOf(row.fields) === nameKey(names);
    if (!isSame) return row;
    const { website, country } = known;
    const fields = {
      ...typedFromNames(names, country),
      ...(website && { website }),
      country,
      ...Object.fromEntries(
        Object.entries(row.fields).filter(([field]) => !/^(?:name|nameJa|nameEn)$/.test(field)),
      ),
    };
    return {
      ...row,
      fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
    };
  });
}

/** What an invitee's personal link leads to. Says nothing of who has signed. */
export type Invited =
  | { state: 'unknown' }
  | {
      state: 'open' | 'paused' | 'over' | 'declined';
      name: string;
      letterSlug: string;
      letterTitles: ByLanguage<TitledText>;
    };

const invitedLetter = {
  slug: true,
  opensAt: true,
  closesAt: true,
  archivedAt: true,
  pausedAt: true,
  afterClosing: true,
  current: titledFields.current,
} as const;

/** The invitee of a valid personal link, or null. */
export const inviteeBehind = (tx: Db, token: string, now: Date = new Date()) =>
  isToken(token)
    ? tx.invitee.findFirst({
        where: {
          links: { some: { tokenHash: hashToken(token), expiresAt: { gt: now } } },
          withdrawnAt: null,
        },
        select: {
          id: true,
          email: true,
          language: true,
          fields: true,
          declinedAt: true,
          letter: { select: invitedLetter },
        },
      })
    : Promise.resolve(null);

/** The invitation that the link with `token` is of. Reading it changes nothing. */
export async function invited(token: string): Promise<Invited> {
  const invitee = await inviteeBehind(db(), token);
  if (!invitee) return { state: 'unknown' };
  const { letter, fields, declinedAt } = invitee;
  const signs = signing(letter, new Date());
  const open = declinedAt ? 'declined' : 'open';
  return {
    state: signs === 'open' || signs === 'late' ? open : signs === 'paused' ? 'paused' : 'over',
    name: inviteeName(openAll(fields) as InviteeFields),
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], (text) => text),
  };
}

/** What the link at the end of an invitation leads to. */
export type Invitations =
  | { state: 'on' | 'ended'; letterSlug: string; letterTitles: ByLanguage<TitledText> }
  | { state: 'unknown' };

/** The invitations that the link with `token` ends. Reading it changes nothing. */
export async function invitationsOf(token: string): Promise<Invitations> {
  if (!isToken(token)) return { state: 'unknown' };
  const link = await db().inviteeLink.findUnique({
    where: { endingHash: hashToken(token) },
    select: { invitee: { select: { emailKey: true, letter: { select: invitedLetter } } } },
  });
  if (!link) return { state: 'unknown' };
  const { emailKey, letter } = link.invitee;
  const uninvited = await uninvitedAmong(db(), [emailKey]);
  return {
    state: uninvited.has(emailKey) ? 'ended' : 'on',
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], (text) => text),
  };
}
