import { randomBytes } from 'node:crypto';
import * as endorsement from '@/lib/endorsement/commands';
import type { SignUp } from '@/lib/endorsement/schema';
import { clientFrom, type Client } from '@/lib/platform/client-address';
import * as verification from '@/lib/endorsement/verification/commands';

/** A network that no other test uses, so that rate limits do not interfere. */
export function aClient(): Client {
  const groups = randomBytes(6).toString('hex').match(/.{4}/g)!;
  return clientFrom(`2001:${groups.join(':')}::1`)!;
}

/** `endorse` from a network of its own by default. */
export const endorse = (
  slug: string,
  signUp: SignUp,
  seen: number | null = null,
  client: Client = aClient(),
) => endorsement.endorse(slug, signUp, client, seen);

/** `sendNewLink` from a network of its own by default. */
export const sendNewLink = (token: string, client: Client = aClient()) =>
  verification.sendNewLink(token, client);
