import type { Client } from '@/lib/platform/client-address';
import { recipientOf } from '@/lib/platform/mail/recipient';
import { RATE_LIMITS } from '@/lib/platform/limits';
import { countUses, type Count, type Use } from '@/lib/platform/rate-limits';

/**
 * Whether a sign-up is allowed, and whether it may send a mail; how many the letter had in the
 * present hour, undefined while limits are off.
 */
export type SignUpRoom =
  | { ok: true; mails: boolean; ofLetter: Count | undefined }
  | { ok: false; retryAfterSeconds: number };

/**
 * Counts a sign-up, or a request for a new link, against the rate limits of network, mailbox and
 * letter. Narrow limits come before shared ones, so that a flood exhausts its own first.
 */
export async function countSignUp(
  { network, neighbourhood }: Client,
  email: string,
  letterId: string,
): Promise<SignUpRoom> {
  const { mailbox, domain } = recipientOf(email);
  const forDomain = (uses: Use[]) => (domain === null ? [] : uses);
  const counted = await countUses(
    [{ limit: 'signUpNetwork', of: network }],
    [{ limit: 'signUpNeighbourhood', of: neighbourhood }],
    [
      { limit: 'signUpMailboxFromNetwork', of: `${mailbox} ${network} ${letterId}` },
      ...forDomain([{ limit: 'signUpDomainFromNeighbourhood', of: `${domain} ${neighbourhood}` }]),
    ],
    [
      ...forDomain([{ limit: 'signUpDomain', of: `${domain}` }]),
      { limit: 'signUpLetter', of: letterId },
      { limit: 'signUpInstance', of: '' },
    ],
    [{ limit: 'mailbox', of: mailbox }],
  );
  if (!counted.ok) return { ok: false, retryAfterSeconds: counted.retryAfterSeconds };
  const { mailbox: mails, signUpLetter: ofLetter } = counted.counts;
  return { ok: true, mails: (mails?.points ?? 0) <= RATE_LIMITS.mailbox.points, ofLetter };
}
