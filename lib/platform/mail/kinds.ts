/** Names of an organization or title of a letter by language, as the mail's templates want them. */
export interface Names {
  ja: string | null;
  en: string | null;
}

/**
 * What each kind of mail says, besides its language and its link's token. Stored with the mail row, complete, so that
 * rendering the row twice gives the same mail (a provider's idempotency key needs that).
 */
export interface MailProps {
  confirm: { letterSlug: string; letterTitle: string; organization: Names; withheld: boolean; expiresAt: string };
  already_signed: { letterSlug: string; letterTitle: string; state: 'verified' | 'approved' | 'declined' | 'withdrawn' };
  approved: { letterSlug: string; letterTitle: string; organization: Names; withheld: boolean };
  declined: {
    letterSlug: string;
    letterTitle: string;
    organization: Names;
    reason: 'duplicate' | 'not_an_organization' | 'not_authorised' | 'unverifiable' | 'out_of_scope' | 'other';
    note: string | null;
  };
  review_notice: { letterSlug: string; letterTitle: string };
  sign_in: { expiresAt: string };
}

