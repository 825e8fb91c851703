/**
 * RFC 9116 recommends an expiry of less than a year. It is relative to the request: while the
 * instance runs, its contact is current.
 */
const VALID_DAYS = 90;

/** The text of `/.well-known/security.txt` (RFC 9116). `contact` is an e-mail address or a URI. */
export function securityTxt(contact: string, appUrl: string, now: Date): string {
  const expires = new Date(now.getTime() + VALID_DAYS * 24 * 3_600_000);
  return [
    `Contact: ${/^[a-z]+:/i.test(contact) ? contact : `mailto:${contact}`}`,
    `Expires: ${expires.toISOString().slice(0, 10)}T00:00:00Z`,
    'Preferred-Languages: ja, en',
    `Canonical: ${appUrl}/.well-known/security.txt`,
    '',
  ].join('\n');
}
