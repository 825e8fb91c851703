import {
  CONFIRMATION_DAYS,
  IMPORTS,
  INVITEE_DAYS,
  INVITEE_LIST_HOURS,
  NOMINATION_DAYS,
  ORIGIN_DAYS,
  PEOPLE,
  RATE_LIMITS,
  SENT_MAIL_DAYS,
  SESSION_HOURS,
  SIGN_IN_LINK_MINUTES,
  UNCONFIRMED_DAYS,
} from './limits';

/**
 * Who sees personal data. `everyone`: the name of an organization that chose to be named;
 * `reviewers`: one that is withheld, and contact data; `coordinators`: all of a letter's, observers
 * among them; `representatives`: the organization's own; `colleagues`: a letter's other coordinators, and administrators; `provider`: whoever
 * transports the mails; `nobody`: only a keyed hash is stored.
 */
export type Audience =
  | 'everyone'
  | 'withheld'
  | 'reviewers'
  | 'coordinators'
  | 'representatives'
  | 'colleagues'
  | 'provider'
  | 'nobody';

const longestCount = Math.max(...Object.values(RATE_LIMITS).map(({ seconds }) => seconds));

/**
 * How long personal data is kept: each term with the figures that the privacy page says, by which the
 * rules of lib/retention carry it out.
 */
export const TERMS = {
  unconfirmed: { days: UNCONFIRMED_DAYS, linkDays: CONFIRMATION_DAYS },
  record: {},
  delivered: {},
  people: {
    months: PEOPLE.months,
    noticeDays: PEOPLE.leastNoticeDays,
    keptMonths: PEOPLE.keptMonths,
  },
  remarks: { months: PEOPLE.months },
  erasable: {},
  account: {},
  nominated: { days: NOMINATION_DAYS },
  sent: { days: SENT_MAIL_DAYS },
  invited: { days: INVITEE_DAYS, hours: INVITEE_LIST_HOURS },
  imported: { days: IMPORTS.days },
  asked: {},
  lifted: {},
  counted: { hours: longestCount / 3_600 },
  origin: { days: ORIGIN_DAYS },
  signIn: { hours: SESSION_HOURS, minutes: SIGN_IN_LINK_MINUTES },
} as const satisfies Record<string, Record<string, number>>;

export type Term = keyof typeof TERMS;

/**
 * The kinds of personal data that the product keeps: who sees them and for how long. The privacy
 * page is made from this table; what each kind is and what for, it says in `messages`.
 */
export const PERSONAL_DATA = {
  /** What an organization says of itself. Of a withheld one, its name can endanger people. */
  organization: {
    seenBy: ['everyone', 'withheld'],
    kept: ['unconfirmed', 'record', 'delivered'],
  },
  representative: {
    seenBy: ['reviewers', 'representatives'],
    kept: ['unconfirmed', 'people'],
  },
  address: {
    seenBy: ['reviewers', 'representatives', 'provider'],
    kept: ['unconfirmed', 'people'],
  },
  /** Somebody whom a representative asks to join or follow them. The mail stands in the log. */
  nomination: {
    seenBy: ['representatives', 'reviewers', 'provider'],
    kept: ['nominated'],
  },
  mails: { seenBy: ['reviewers', 'provider'], kept: ['sent'] },
  /** An organization that coordinators invite to sign, and the address they know of it. */
  invitee: { seenBy: ['reviewers', 'provider'], kept: ['invited'] },
  /** A list of organizations that signed offline, and what shows it. */
  imported: { seenBy: ['reviewers'], kept: ['imported', 'remarks'] },
  uninvited: { seenBy: ['nobody'], kept: ['asked'] },
  suppression: { seenBy: ['nobody'], kept: ['lifted'] },
  decisions: { seenBy: ['coordinators'], kept: ['remarks', 'erasable'] },
  network: { seenBy: ['nobody'], kept: ['counted'] },
  /** Which sign-ups of a letter came from one network, and which from one mail domain. */
  origin: { seenBy: ['reviewers'], kept: ['origin'] },
  coordinator: { seenBy: ['colleagues', 'provider'], kept: ['account', 'signIn'] },
} as const satisfies Record<string, { seenBy: readonly Audience[]; kept: readonly Term[] }>;

export type PersonalDataKind = keyof typeof PERSONAL_DATA;

/**
 * Every column that can hold words or bytes, with the kind of personal data in it; null: none. A
 * test compares them with the database. Numbers, times and choices of a row are of the same kind as
 * its words.
 */
export const COLUMNS: Record<string, Record<string, PersonalDataKind | null>> = {
  attested_question: { token_hash: null },
  audit_event: { canonical: null },
  audit_value: { path: null, salt: null, value: 'decisions' },
  contact: { email: 'address', email_key: 'address', language: 'address' },
  coordinator: { email: 'coordinator', language: 'coordinator' },
  deadline_label: { language: null, label: null },
  delivery: { canonical: 'organization', hash: null },
  delivery_entry: { printed_names: 'organization' },
  delivery_file: { name: null, language: null, bytes: 'organization', sha256: null },
  delivery_request: { canonical: 'organization', entries: 'organization', problem: null },
  draft_file: { format: null, language: null, title: null, bytes: 'organization', sha256: null },
  draft_link: { token_hash: null, label: 'decisions' },
  endorsement: {
    website: 'organization',
    country: 'organization',
    sort_key: 'organization',
    search_text: 'organization',
    name_key: 'organization',
    decline_note: 'decisions',
    held_reason: 'decisions',
    evidence: 'decisions',
    authorised_by: 'representative',
    category: 'organization',
  },
  endorsement_name: { language: null, name: 'organization', reading: 'organization' },
  entry_link: { token_hash: null },
  entry_link_request: { email_key: 'address', language: 'address' },
  entry_note: { text: 'decisions' },
  evidence_file: { name: 'decisions', type: null, bytes: 'decisions' },
  import: { rows: 'imported', note: 'imported', problem: null },
  import_file: { name: 'imported', type: null, bytes: 'imported' },
  invitee: { email: 'invitee', email_key: 'invitee', language: 'invitee', fields: 'invitee' },
  invitee_link: { token_hash: null, ending_hash: null },
  invitee_list: { rows: 'invitee' },
  invitee_message: { language: null, text: null },
  decline_text: { language: null, text: null },
  letter: {
    slug: null,
    authoritative_language: null,
    time_zone: null,
    list_settings: null,
    contact_email: null, // public, of the letter
  },
  letter_language: { language: null },
  letter_slug: { slug: null },
  letter_text: {
    language: null,
    title: null,
    subject: null,
    date_line: null,
    addressee: null,
    salutation: null,
    body: null,
    calls_intro: null,
    calls: null,
    closing: null,
    valediction: null,
  },
  ended_mailings: { email_key: 'address' },
  mailing: { audience: null, props: null },
  mailing_text: { language: null, title: null, body: null },
  letter_update_text: { language: null, title: null, body: null },
  mail: {
    language: 'mails',
    to: 'mails',
    to_key: 'mails',
    props: 'mails',
    sealed_token: 'mails',
    dedupe_key: 'mails',
    last_error: 'mails',
    provider_id: 'mails',
  },
  mail_event: { id: 'mails' },
  mailbox_message: {
    to: 'mails',
    reply_to: 'mails',
    subject: 'mails',
    html: 'mails',
    text: 'mails',
    one_click_url: 'mails',
  },
  nomination: {
    name: 'nomination',
    role: 'nomination',
    email: 'nomination',
    email_key: 'nomination',
    language: 'nomination',
    token_hash: null,
  },
  organization: { website: 'organization', country: 'organization' },
  organization_name: { language: null, name: 'organization', reading: 'organization' },
  proposed_change: {
    names: 'organization',
    reading: 'organization',
    website: 'organization',
    category: 'organization',
  },
  own_decline_reason: { label: null },
  own_decline_reason_text: { language: null, text: null },
  rate_limit: { key: 'network' },
  reaffirmation_link: { token_hash: null },
  reminder: { unsubscribe_hash: null },
  representative: {
    name: 'representative',
    role: 'representative',
    search_text: 'representative',
  },
  review_filter: { name: null, country: null, category: null, language: null },
  revision: { canonical: null, hash: null },
  revision_title: { language: null, title: null, subject: null },
  round: { label: null },
  session: { token_hash: null },
  signatory_count: { category: null },
  sign_in_request: { email: 'coordinator', language: 'coordinator', browser_hash: 'coordinator' },
  sign_in_token: { token_hash: null, identifier: 'coordinator', browser_hash: 'coordinator' },
  sign_up_origin: { network: 'origin', domain: 'origin' },
  suppressed_address: { address_hash: 'suppression' },
  text_save: { language: null, content: null },
  uninvited_address: { address_hash: 'uninvited' },
  used_challenge: { hash: null },
  verification: { token_hash: null },
};
