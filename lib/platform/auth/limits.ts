import type { Client } from '@/lib/platform/client-address';
import { recipientOf } from '@/lib/platform/mail/recipient';
import { countUses, type Counted } from '@/lib/platform/rate-limits';

/**
 * Counts a request for a sign-in link against the rate limits, before anything is stored. There is
 * no limit per mailbox alone, since strangers could use it to lock a coordinator out.
 */
export async function countSignIn(
  { network, neighbourhood }: Client,
  email: string,
): Promise<Counted> {
  return countUses(
    [{ limit: 'signInNetwork', of: network }],
    [{ limit: 'signInNeighbourhood', of: neighbourhood }],
    [{ limit: 'signInMailboxFromNetwork', of: `${recipientOf(email).mailbox} ${network}` }],
    [{ limit: 'signInInstance', of: '' }],
  );
}
