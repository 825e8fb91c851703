/**
 * The retention rules (ADR 53). Whatever is kept for a time has a rule here; the times are those of
 * lib/platform/limits.ts, which the privacy page says.
 */
import { Prisma } from '@/lib/platform/db/generated/client';
import {
  BATCH_DAYS,
  CONFIRMATION_DAYS,
  EXPIRED_SIGN_IN_HOURS,
  IMPORTS,
  INVITEE_DAYS,
  INVITEE_LIST_HOURS,
  ORIGIN_DAYS,
  PRESENCE_MINUTES,
  SENT_MAIL_DAYS,
  SIGN_IN_LINK_MINUTES,
  UNANSWERED_HOURS,
  UNCONFIRMED_DAYS,
} from '@/lib/platform/limits';
import { deleteContactData, tellOfDeletion } from '@/lib/endorsement/retention/commands';
import {
  termOver,
  termOverSince,
  toTell,
  withContactDataDue,
  withRemarksDue,
} from '@/lib/endorsement/retention/queries';
import { ofLetters, rows, type Rule } from '../rule/commands';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const { sql } = Prisma;

/** A time before `now`. */
const ago = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds);

/** The ids that `chosen` selects. */
async function idsOf(
  tx: Parameters<Parameters<typeof ofLetters>[0]['act']>[0],
  chosen: (column: Prisma.Sql) => Prisma.Sql,
): Promise<string[]> {
  const found = await tx.$queryRaw<{ id: string }[]>`${chosen(sql`endorsement.id`)}`;
  return found.map(({ id }) => id);
}

/** In their order: what a rule leaves behind, those after it delete. */
export const RULES: readonly Rule[] = [
  rows({
    name: 'unconfirmed sign-ups',
    term: 'unconfirmed',
    from: 'endorsement',
    since: sql`submitted_at`,
    // One without a link got no mail; it could have got one when it was submitted.
    expired: (
      now,
    ) => sql`state = 'submitted' AND submitted_at <= ${ago(now, (CONFIRMATION_DAYS + UNCONFIRMED_DAYS) * DAY)}
      AND NOT EXISTS (SELECT FROM verification
        WHERE endorsement_id = endorsement.id AND expires_at > ${ago(now, UNCONFIRMED_DAYS * DAY)})`,
  }),
  rows({
    name: 'contacts of deleted sign-ups',
    term: 'unconfirmed',
    from: 'contact',
    since: sql`created_at`,
    expired: () => sql`verified_at IS NULL
      AND NOT EXISTS (SELECT FROM endorsement WHERE contact_id = contact.id)
      AND NOT EXISTS (SELECT FROM representative WHERE contact_id = contact.id)
      AND NOT EXISTS (SELECT FROM organization_contact WHERE contact_id = contact.id)`,
  }),
  ofLetters({
    name: 'organizations to be told',
    term: 'people',
    since: sql`endorsement.verified_at`,
    found: toTell,
    isDeletion: false,
    async act(tx, chosen, now) {
      const ids = await idsOf(tx, chosen);
      await tellOfDeletion(tx, ids, now);
      return ids.length;
    },
  }),
  ofLetters({
    name: 'contact data',
    term: 'people',
    since: sql`endorsement.verified_at`,
    found: withContactDataDue,
    async act(tx, chosen, now) {
      const ids = await idsOf(tx, chosen);
      await deleteContactData(tx, ids, now);
      return ids.length;
    },
  }),
  ofLetters({
    name: 'evidence and notes to organizations',
    term: 'remarks',
    since: sql`endorsement.verified_at`,
    found: withRemarksDue,
    act: (tx, chosen) => tx.$executeRaw`
      WITH chosen AS MATERIALIZED (${chosen(sql`endorsement.id`)}),
        file AS (DELETE FROM evidence_file WHERE endorsement_id IN (SELECT id FROM chosen))
      UPDATE endorsement SET evidence = NULL, decline_note = NULL, held_reason = NULL, version = version + 1
      WHERE id IN (SELECT id FROM chosen)`,
  }),
  ofLetters({
    name: 'notes among coordinators',
    term: 'remarks',
    since: sql`entry_note.created_at`,
    found: (now) => sql`FROM entry_note JOIN endorsement ON endorsement.id = endorsement_id
      JOIN letter ON letter.id = endorsement.letter_id
      WHERE ${termOver(sql`entry_note.created_at`)} <= ${now}`,
    act: (tx, chosen) => tx.$executeRaw`
      DELETE FROM entry_note WHERE id = ANY(ARRAY(${chosen(sql`entry_note.id`)}))`,
  }),
  ofLetters({
    name: 'notes and evidence in the audit',
    term: 'remarks',
    since: sql`audit_event.at`,
    found: (now) => sql`FROM audit_value JOIN audit_event ON audit_event.id = event_id
      JOIN endorsement ON endorsement.id = endorsement_id JOIN letter ON letter.id = endorsement.letter_id
      WHERE path ~ '(note|evidence)$' AND ${termOver(sql`audit_event.at`)} <= ${now}`,
    // By its place, since an audit value has no id; the statement reads and deletes at one moment.
    act: (tx, chosen) => tx.$executeRaw`
      DELETE FROM audit_value WHERE ctid = ANY(ARRAY(${chosen(sql`audit_value.ctid`)}))`,
  }),
  ofLetters({
    name: 'evidence of imports',
    term: 'remarks',
    since: sql`import.done_at`,
    found: (now) => sql`FROM import JOIN letter ON letter.id = letter_id
      WHERE ${termOverSince(sql`import.done_at`)} <= ${now}
        AND (note IS NOT NULL OR EXISTS (SELECT FROM import_file WHERE import_id = import.id))`,
    act: (tx, chosen) => tx.$executeRaw`
      WITH chosen AS MATERIALIZED (${chosen(sql`import.id`)}),
        file AS (DELETE FROM import_file WHERE import_id IN (SELECT id FROM chosen))
      UPDATE import SET note = NULL WHERE id IN (SELECT id FROM chosen)`,
  }),
  rows({
    name: 'private links',
    term: null,
    from: 'entry_link',
    since: sql`created_at`,
    expired: (now) => sql`expires_at <= ${now}`,
  }),
  rows({
    name: 'unanswered requests for private links',
    term: null,
    from: 'entry_link_request',
    since: sql`created_at`,
    expired: (now) => sql`created_at <= ${ago(now, UNANSWERED_HOURS * HOUR)}`,
  }),
  rows({
    name: 'nominations',
    term: 'nominated',
    from: 'nomination',
    since: sql`created_at`,
    expired: (now) => sql`expires_at <= ${now}`,
  }),
  rows({
    name: 'mails to former nominees',
    // Whoever has accepted is a representative, whose mails have a term of their own.
    term: 'nominated',
    from: 'mail',
    since: sql`created_at`,
    expired: () => sql`kind = 'nominated'
      AND NOT EXISTS (SELECT FROM nomination WHERE endorsement_id = mail.endorsement_id AND email_key = to_key)
      AND NOT EXISTS (SELECT FROM representative JOIN contact ON contact.id = contact_id
        WHERE endorsement_id = mail.endorsement_id AND email_key = to_key)`,
  }),
  rows({
    name: 'contents of sent mails',
    // Erased as a mail is sent (mail/queue.ts); this is for what servers of an older version send.
    term: 'sent',
    from: 'mail',
    since: sql`sent_at`,
    expired: () => sql`sent_at IS NOT NULL AND props <> '{}'`,
    set: sql`props = '{}', sealed_token = NULL`,
  }),
  rows({
    name: 'mails',
    term: 'sent',
    from: 'mail',
    since: sql`coalesce(sent_at, failed_at)`,
    expired: (now) => sql`coalesce(sent_at, failed_at) <= ${ago(now, SENT_MAIL_DAYS * DAY)}`,
  }),
  rows({
    name: 'given-up mails that confirm an erasure',
    // Their address was promised to be deleted; those that are sent are (mail/queue.ts).
    term: null,
    from: 'mail',
    since: sql`failed_at`,
    expired: () => sql`kind = 'erased' AND failed_at IS NOT NULL`,
  }),
  rows({
    name: 'given-up mails to former representatives',
    // Nothing else is kept of them; those that are sent are deleted, too (mail/queue.ts).
    term: null,
    from: 'mail',
    since: sql`failed_at`,
    expired: () => sql`kind = 'representatives_changed' AND failed_at IS NOT NULL`,
  }),
  rows({
    name: 'who ended the mailings of a letter',
    // As long as the address stands behind an entry of the letter.
    term: null,
    from: 'ended_mailings',
    since: sql`ended_at`,
    expired: () => sql`NOT EXISTS (
      SELECT FROM contact JOIN representative ON representative.contact_id = contact.id
        JOIN endorsement ON endorsement.id = endorsement_id
      WHERE contact.email_key = ended_mailings.email_key AND endorsement.letter_id = ended_mailings.letter_id)`,
  }),
  rows({
    name: 'mails in the local mailbox',
    term: 'sent',
    from: 'mailbox_message',
    since: sql`received_at`,
    expired: (now) => sql`received_at <= ${ago(now, SENT_MAIL_DAYS * DAY)}`,
  }),
  rows({
    name: 'invited organizations',
    term: 'invited',
    from: 'invitee',
    since: sql`invited_at`,
    expired: (now) => sql`
      greatest(invited_at, reminded_at, reminded_deadline_at) <= ${ago(now, INVITEE_DAYS * DAY)}`,
  }),
  rows({
    name: 'unused lists of organizations',
    term: 'invited',
    from: 'invitee_list',
    since: sql`created_at`,
    expired: (now) => sql`created_at <= ${ago(now, INVITEE_LIST_HOURS * HOUR)}`,
  }),
  rows({
    name: 'imports of which no endorsement stands',
    // Those that nobody has carried out, and those that were taken back or whose endorsements are gone.
    term: 'imported',
    from: 'import',
    since: sql`created_at`,
    expired: (now) => sql`
      (requested_at IS NULL AND done_at IS NULL AND created_at <= ${ago(now, IMPORTS.days * DAY)})
      OR (done_at <= ${ago(now, IMPORTS.days * DAY)} AND NOT EXISTS (SELECT FROM endorsement WHERE import_id = import.id))`,
  }),
  rows({
    name: 'counted requests',
    term: 'counted',
    from: 'rate_limit',
    since: sql`to_timestamp(expire / 1000.0)`,
    expired: (now) => sql`expire <= ${now.getTime()}::bigint OR expire IS NULL`,
  }),
  rows({
    name: 'from where sign-ups came',
    term: 'origin',
    from: 'sign_up_origin',
    since: sql`at`,
    expired: (now) => sql`at <= ${ago(now, ORIGIN_DAYS * DAY)}`,
  }),
  rows({
    name: 'used challenges',
    term: null,
    from: 'used_challenge',
    since: sql`expires_at`,
    expired: (now) => sql`expires_at <= ${now}`,
  }),
  rows({
    name: 'sign-ins',
    term: 'signIn',
    from: 'session',
    since: sql`created_at`,
    expired: (now) => sql`expires_at <= ${now}`,
  }),
  rows({
    name: 'links to sign in',
    term: 'signIn',
    from: 'sign_in_token',
    since: sql`created_at`,
    expired: (now) => sql`expires_at <= ${ago(now, EXPIRED_SIGN_IN_HOURS * HOUR)}`,
  }),
  rows({
    name: 'unanswered requests for links to sign in',
    term: 'signIn',
    from: 'sign_in_request',
    since: sql`created_at`,
    expired: (now) => sql`created_at <= ${ago(now, SIGN_IN_LINK_MINUTES * MINUTE)}`,
  }),
  rows({
    name: 'who looks at which entry',
    term: null,
    from: 'entry_presence',
    since: sql`opened_at`,
    expired: (now) => sql`opened_at <= ${ago(now, PRESENCE_MINUTES * MINUTE)}`,
  }),
  rows({
    name: 'batches that can no longer be undone',
    term: null,
    from: 'batch',
    since: sql`decided_at`,
    expired: (now) => sql`decided_at <= ${ago(now, BATCH_DAYS * DAY)}`,
  }),
];
