import { randomBytes } from 'node:crypto';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import * as endorsement from '@/lib/endorsement/commands';
import type { SignUp } from '@/lib/endorsement/schema';
import { signedLetter } from '@/lib/letter/queries';
import { clientFrom, type Client } from '@/lib/platform/client-address';
import * as verification from '@/lib/endorsement/verification/commands';

/** A network that no other test uses, so that rate limits do not interfere. */
export function aClient(): Client {
  const groups = randomBytes(6).toString('hex').match(/.{4}/g)!;
  return clientFrom(`2001:${groups.join(':')}::1`)!;
}

/** `endorse` from a network of its own by default. */
export const endorse = async (
  slug: string,
  signUp: SignUp,
  seen: number | null = null,
  client: Client = aClient(),
) => endorsement.endorse(await signedLetter(slug), signUp, client, seen);

/** What the widget sends: the solution of a challenge. */
export async function solutionOf(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

/** `sendNewLink` from a network of its own by default. */
export const sendNewLink = (token: string, client: Client = aClient()) =>
  verification.sendNewLink(token, client);
