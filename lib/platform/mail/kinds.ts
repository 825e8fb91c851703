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

/** The difference of a letter's text in one language from the text that was signed. */
export interface MailTextChange {
  language: Language;
  change: 'changed' | 'added' | 'removed';
  /** Empty if a whole text was added or removed. */
  parts: {
    part: MailContentField;
    pieces: { kind: 'same' | 'removed' | 'added' | 'gap'; text: string }[];
  }[];
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
  already_signed: AboutLetter & {
    state: 'verified' | 'approved' | 'declined' | 'withdrawn';
  };
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
    note: string | null;
  };
  reopened: AboutLetter & { organization: ByLanguage };
  reaffirm: AboutLetter & {
    organization: ByLanguage;
    /** The revision that the organization is asked to reaffirm. */
    revision: number;
    reason: ByLanguage;
    difference: MailTextChange[];
    /** The date of the letter, if it changed. */
    date: { before: string; after: string } | null;
    /** Whether the difference was truncated. */
    shortened: boolean;
    expiresAt: string;
    /** As in `confirm`. */
    timeZone: string;
  };
  review_notice: { letterSlug: string; letterTitle: string };
  sign_in: Record<string, never>;
}
