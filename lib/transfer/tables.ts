/**
 * Which tables a letter takes along to another instance, and which not
 * (docs/decisions/0065-moving-letters-and-backups.md). A test compares the two with the database.
 */

const OF_THE_LETTER = 't.letter_id = :letter';
const ENTRIES = '(SELECT id FROM endorsement WHERE letter_id = :letter)';
const OF_AN_ENTRY = `t.endorsement_id IN ${ENTRIES}`;
const REPRESENTATIVES = `(SELECT id FROM representative WHERE endorsement_id IN ${ENTRIES})`;
const CONTACTS = `(SELECT contact_id FROM endorsement WHERE letter_id = :letter
  UNION SELECT contact_id FROM representative WHERE endorsement_id IN ${ENTRIES})`;
const ORGANIZATIONS = '(SELECT organization_id FROM endorsement WHERE letter_id = :letter)';
/** Of a letter's own rows with an id. */
const of = (table: string) => `(SELECT id FROM ${table} WHERE letter_id = :letter)`;

/** An import that was carried out; others are like a form that somebody is filling in. */
const DONE = 't.done_at IS NOT NULL';
/** A mail that has left, or will not. */
export const SETTLED = '(t.sent_at IS NOT NULL OR t.failed_at IS NOT NULL)';

/** Coordinators that a row of the letter names, by whichever column. */
const COORDINATORS = `(
  SELECT coordinator_id FROM letter_role WHERE letter_id = :letter
  UNION SELECT actor_id FROM audit_event WHERE letter_id = :letter
  UNION SELECT (canonical::jsonb #>> '{after,coordinator}')::uuid FROM audit_event
    WHERE letter_id = :letter AND action IN ('grant_role', 'revoke_role')
  UNION SELECT saved_by_id FROM text_save WHERE letter_id = :letter
  UNION SELECT created_by_id FROM draft_link WHERE letter_id = :letter
  UNION SELECT published_by_id FROM revision WHERE letter_id = :letter
  UNION SELECT delivered_by_id FROM delivery WHERE letter_id = :letter
  UNION SELECT created_by_id FROM letter_update WHERE letter_id = :letter
  UNION SELECT created_by_id FROM mailing WHERE letter_id = :letter
  UNION SELECT coordinator_id FROM import WHERE letter_id = :letter
  UNION SELECT coordinator_id FROM batch WHERE letter_id = :letter
  UNION SELECT recorded_by_id FROM reaffirmation WHERE letter_id = :letter
  UNION SELECT author_id FROM entry_note WHERE endorsement_id IN ${ENTRIES})`;

/**
 * The tables that a letter takes along, in the order in which their rows can be written, and which
 * rows of each, `t`, are its own.
 */
export const TAKEN = {
  coordinator: `t.id IN ${COORDINATORS}`,
  organization: `t.id IN ${ORGANIZATIONS}`,
  // Of organizations that have signed other letters by name, but this one withheld, only those know
  // the name.
  organization_name: `t.organization_id IN (SELECT organization_id FROM endorsement WHERE letter_id = :letter AND visibility = 'named')`,
  contact: `t.id IN ${CONTACTS}`,
  organization_contact: `t.organization_id IN ${ORGANIZATIONS} AND t.contact_id IN ${CONTACTS}`,
  letter: 't.id = :letter',
  letter_slug: OF_THE_LETTER,
  letter_language: OF_THE_LETTER,
  letter_role: OF_THE_LETTER,
  round: OF_THE_LETTER,
  deadline_label: OF_THE_LETTER,
  letter_text: OF_THE_LETTER,
  text_save: OF_THE_LETTER,
  draft_link: OF_THE_LETTER,
  decline_text: OF_THE_LETTER,
  own_decline_reason: OF_THE_LETTER,
  own_decline_reason_text: `t.reason_id IN ${of('own_decline_reason')}`,
  review_filter: OF_THE_LETTER,
  revision: OF_THE_LETTER,
  delivery: OF_THE_LETTER,
  delivery_entry: OF_THE_LETTER,
  delivery_file: OF_THE_LETTER,
  letter_update: OF_THE_LETTER,
  letter_update_text: `t.update_id IN ${of('letter_update')}`,
  mailing: OF_THE_LETTER,
  mailing_text: `t.mailing_id IN ${of('mailing')}`,
  ended_mailings: OF_THE_LETTER,
  invitee: OF_THE_LETTER,
  invitee_link: `t.invitee_id IN ${of('invitee')}`,
  invitee_message: OF_THE_LETTER,
  import: `${OF_THE_LETTER} AND ${DONE}`,
  import_file: `t.import_id IN (SELECT id FROM import t WHERE letter_id = :letter AND ${DONE})`,
  endorsement: OF_THE_LETTER,
  endorsement_name: OF_AN_ENTRY,
  representative: OF_AN_ENTRY,
  entry_link: `t.representative_id IN ${REPRESENTATIVES}`,
  entry_note: OF_AN_ENTRY,
  attested_question: OF_AN_ENTRY,
  evidence_file: OF_AN_ENTRY,
  nomination: OF_AN_ENTRY,
  verification: OF_AN_ENTRY,
  reminder: OF_AN_ENTRY,
  proposed_change: OF_AN_ENTRY,
  reaffirmation: OF_THE_LETTER,
  reaffirmation_link: `t.representative_id IN ${REPRESENTATIVES}`,
  batch: OF_THE_LETTER,
  batch_entry: `t.batch_id IN ${of('batch')}`,
  mail: `${OF_THE_LETTER} AND ${SETTLED}`,
  mail_event: `t.mail_id IN (SELECT id FROM mail t WHERE letter_id = :letter AND ${SETTLED})`,
  audit_event: OF_THE_LETTER,
  audit_value: `t.event_id IN ${of('audit_event')}`,
} as const satisfies Record<string, string>;

export type TakenTable = keyof typeof TAKEN;

/** The tables that a letter leaves behind, and why. */
export const LEFT_BEHIND: Record<string, string> = {
  _prisma_migrations: 'of the database; both must have the same ones',
  revision_title: 'a trigger derives it from revisions',
  signatory_count: 'triggers count anew',
  suppressed_address: 'keyed hashes under the secret; those of the letter’s addresses go along as addresses', // prettier-ignore
  uninvited_address: 'keyed hashes under the secret; those of the letter’s addresses go along as addresses', // prettier-ignore
  session: 'coordinators sign in anew',
  sign_in_request: 'coordinators sign in anew',
  sign_in_token: 'coordinators sign in anew',
  rate_limit: 'keyed hashes under the secret, for hours',
  mailbox_message: 'what a mailbox received where the product is tried out',
  entry_link_request: 'of an address, not of a letter; answered within seconds',
  entry_presence: 'who has which entry open right now',
  sign_up_origin: 'keyed hashes under the secret, for 30 days',
  used_challenge: 'keyed hashes, for minutes',
  delivery_request: 'a delivery that is just being made',
  draft_file: 'made anew when somebody asks for it',
  invitee_list: 'a list that a coordinator is looking at, for at most a day',
};

/** The rows of a table that the letter of an id takes along, as a condition on `t`. */
export const rowsOfLetter = (table: TakenTable, letterId: string): string =>
  TAKEN[table].replaceAll(':letter', `'${letterId}'::uuid`);
