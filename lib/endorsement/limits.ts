import type { Client } from '@/lib/platform/client-address';
import { recipientOf } from '@/lib/platform/mail/recipient';
import { countUses, type Use } from '@/lib/platform/rate-limits';

/** Whether a sign-up is allowed, and whether it may send a mail. */
export type SignUpRoom = { ok: true; mails: boolean } | { ok: false; retryAfterSeconds: number };

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
  );
  if (!counted.ok) return { ok: false, retryAfterSeconds: counted.retryAfterSeconds };
  return { ok: true, mails: (await countUses([{ limit: 'mailbox', of: mailbox }])).ok };
}
