import type { ByLanguage, Language } from '@/lib/platform/languages';

/** The fields of a letter's text, as in lib/letter/text/content.ts. */
export type MailContentField =
  | 'title'
  | 'subject'
  | 'dateLine'
  | 'addressee'
  | 'salutation'
  | 'body'
  | 'callsIntro'
  | 'calls'
  | 'closing'
  | 'valediction';

/** Words that are set in the same way. */
export interface MailSegment {
  text: string;
  style: { strong?: true; em?: true; href?: string; bare?: true; note?: number };
}

/** A line of a difference, as `Line` in lib/letter/text/rendered-difference.ts. */
export interface MailLine {
  block: {
    tag: 'p' | 'li' | 'tr';
    depth?: number;
    quote?: number;
    number?: number;
    note?: true;
    continued?: true;
  };
  /** Words that changed together. */
  runs: {
    kind: 'same' | 'removed' | 'added' | 'restyled' | 'gap';
    segments: MailSegment[];
    was?: { href?: string | null } | undefined;
  }[];
}

/** The difference of a letter's text in one language; `parts` is empty if all of it was added or removed. */
export interface MailTextChange<Part = { part: MailContentField; lines: MailLine[] }> {
  language: Language;
  change: 'changed' | 'added' | 'removed';
  parts: Part[];
}

/** The difference in mails from before differences were shown as readers see them: Markdown. */
export type TypedChange = MailTextChange<{
  part: MailContentField;
  pieces: { kind: 'same' | 'removed' | 'added' | 'gap'; text: string }[];
}>;

type MailRevisionKind = 'first' | 'correction' | 'translation' | 'substance';

/** What a revision changed, and why. */
export interface MailStep<Change = MailTextChange> {
  reason: ByLanguage;
  difference: Change[];
  /** The date of the letter, if it changed. */
  date: { before: string; after: string } | null;
}

/** What every mail to a signatory says of its letter. */
export interface AboutLetter {
  letterSlug: string;
  letterTitle: string;
  /**
   * The mail address to write to about the letter, to which replies go; null if there is none,
   * missing in mails written before letters had one.
   */
  contact?: string | null;
}

/**
 * The template data of each kind of mail, besides its language and its link's token. Stored in full
 * with the mail row, so that rendering it again gives the same mail (required for a provider's
 * idempotency key).
 */
export interface MailProps {
  confirm: AboutLetter & {
    organization: ByLanguage;
    withheld: boolean;
    expiresAt: string;
    /** The letter's time zone, such as `Europe/London`, in which times are shown. */
    timeZone: string;
  };
  reminder: MailProps['confirm'] & {
    /** The letter's last deadline, if it has one. */
    closesAt: string | null;
  };
  already_signed: AboutLetter & {
    state: 'verified' | 'approved' | 'declined' | 'withdrawn';
  };
  /** Its token: that of the entry's private link, as in `approved`. */
  confirmed: AboutLetter & { organization: ByLanguage; withheld: boolean };
  /** Its token: those of the entries' private links in the same order, separated by spaces. */
  entry_links: { entries: { letterTitle: string; organization: ByLanguage }[] };
  /** Mails written before entries had private links have no token. */
  approved: AboutLetter & {
    organization: ByLanguage;
    withheld: boolean;
  };
  declined: AboutLetter & {
    organization: ByLanguage;
    reason:
      | 'duplicate'
      | 'not_an_organization'
      | 'not_authorised'
      | 'unverifiable'
      | 'out_of_scope'
      | 'other';
    /** The letter's own words for the reason; mails written before letters had any have none. */
    reasonText?: string | null;
    note: string | null;
  };
  change_decided: AboutLetter & {
    /** The organization's names as they are now. */
    organization: ByLanguage;
    withheld: boolean;
    accepted: boolean;
    note: string | null;
  };
  /** `kept`: the entry stays in what was delivered, without the person. */
  erased: AboutLetter & { outcome: 'deleted' | 'kept' };
  /**
   * The contact data will be deleted. Its token: that of the entry's private link; none if the links
   * have been replaced since.
   */
  deletion_notice: AboutLetter & {
    organization: ByLanguage;
    deletesAt: string;
    /** As in `confirm`. */
    timeZone: string;
  };
  reopened: AboutLetter & { organization: ByLanguage };
  reaffirm: AboutLetter & {
    organization: ByLanguage;
    /** The revision that the organization is asked to reaffirm. */
    revision: number;
    /** Whether the differences were truncated. */
    shortened: boolean;
    expiresAt: string;
    /** As in `confirm`. */
    timeZone: string;
    /** The revisions since the one that it stands behind, newest first. */
    steps: (MailStep & { number: number; kind: MailRevisionKind })[];
  };
  review_notice: { letterSlug: string; letterTitle: string };
  sign_in: Record<string, never>;
  invitation: {
    letterSlug: string;
    letterTitle: string;
    /** The address of the coordinator who invites. */
    inviter: string;
    role: 'observer' | 'reviewer' | 'owner';
  };
  /** Its token: that of the invitee's personal link. */
  invite_to_sign: AboutLetter & {
    /** The organization's name, as the coordinators entered it. */
    organization: string;
    /** What the coordinators say, on several lines; null: nothing. */
    message: string | null;
    /** Nobody has answered the invitation before. */
    isReminder: boolean;
    /** The letter's last deadline, if it has one. */
    closesAt: string | null;
    timeZone: string;
  };
  /** Its token: that of the nominee's link. */
  nominated: AboutLetter & {
    /** Empty where the name is withheld. */
    organization: ByLanguage;
    withheld: boolean;
    /** Who nominates, as they say; null: they said no name. */
    nominator: string | null;
    /** Whether the nominee would follow the nominator, not join them. */
    handsOver: boolean;
    expiresAt: string;
    timeZone: string;
  };
  /** Its token: that of the entry's private link. */
  joined: AboutLetter & { organization: ByLanguage };
  /** `added`: a colleague has joined; otherwise why the recipient represents it no longer. */
  representatives_changed: AboutLetter & {
    organization: ByLanguage;
    what: 'added' | 'left' | 'removed' | 'handed_over';
  };
  /** Of a mailing it stands there once, for all of its mails. */
  mailing: Pick<AboutLetter, 'letterSlug' | 'contact'> & {
    /** The letter's titles, and what its coordinators say. `body` is Markdown. */
    letterTitles: ByLanguage;
    texts: ByLanguage<{ title: string; body: string }>;
    /** The letter's authoritative language, for recipients whose language has no text. */
    authoritativeLanguage: Language;
    /** To the coordinator who tries it. */
    isTest: boolean;
  };
  /** Its token: that of the page that asks whether the organization has signed. */
  confirm_attested: AboutLetter & {
    organization: ByLanguage;
    withheld: boolean;
    /** How it signed, as the coordinators say; `form`: by the form, and they vouch for it. */
    kind: 'paper' | 'fax' | 'meeting' | 'email' | 'other' | 'form';
    expiresAt: string;
    timeZone: string;
  };
}

/** The data of mails that were written before revisions were told apart. */
export type FormerReaffirm = Omit<MailProps['reaffirm'], 'steps'> & MailStep<TypedChange>;
