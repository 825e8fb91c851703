import type { ByLanguage, Language } from '@/lib/platform/languages';

/** The fields of a letter's text, as lib/letter/text/content.ts has them. */
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

/** How one language's text of a letter differs from the text that was signed. */
export interface MailTextChange {
  language: Language;
  change: 'changed' | 'added' | 'removed';
  /** Empty where a whole text was added or removed. */
  parts: {
    part: MailContentField;
    pieces: { kind: 'same' | 'removed' | 'added' | 'gap'; text: string }[];
  }[];
}

/**
 * What each kind of mail says, besides its language and its link's token. Stored with the mail row, complete, so that
 * rendering the row twice gives the same mail (a provider's idempotency key needs that).
 */
export interface MailProps {
  confirm: {
    letterSlug: string;
    letterTitle: string;
    organization: ByLanguage;
    withheld: boolean;
    expiresAt: string;
    /** The letter's, `Europe/London`: what times are said in. */
    timeZone: string;
  };
  already_signed: {
    letterSlug: string;
    letterTitle: string;
    state: 'verified' | 'approved' | 'declined' | 'withdrawn';
  };
  approved: {
    letterSlug: string;
    letterTitle: string;
    organization: ByLanguage;
    withheld: boolean;
  };
  declined: {
    letterSlug: string;
    letterTitle: string;
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
  reaffirm: {
    letterSlug: string;
    letterTitle: string;
    organization: ByLanguage;
    /** The revision that the organization is asked to stand behind. */
    revision: number;
    reason: ByLanguage;
    difference: MailTextChange[];
    /** The date the letter bears, where that changed. */
    date: { before: string; after: string } | null;
    /** The difference is longer than the mail shows. */
    shortened: boolean;
    expiresAt: string;
    /** As in `confirm`. */
    timeZone: string;
  };
  review_notice: { letterSlug: string; letterTitle: string };
  sign_in: Record<string, never>;
}
