import type { Client } from '@/lib/platform/client-address';
import { recipientOf } from '@/lib/platform/mail/recipient';
import { countUses, type Counted } from '@/lib/platform/rate-limits';

/**
 * Counts one request for a sign-in link against the rate limits, before anything is stored. Nothing is counted per mailbox
 * alone, since strangers could then shut a coordinator out.
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
