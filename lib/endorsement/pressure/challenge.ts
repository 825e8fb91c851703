import { createHash } from 'node:crypto';
import { createChallenge, randomInt, verifySolution, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { derivedKey } from '@/lib/platform/derived-key';
import { env } from '@/lib/platform/env';
import { CHALLENGE } from '@/lib/platform/limits';

const ALGORITHM = 'PBKDF2/SHA-256';

/** The keys under which challenges and their solutions are signed. */
const secrets = () => {
  const key = (purpose: string) => derivedKey(purpose, env().APP_SECRET).toString('base64url');
  return {
    hmacSignatureSecret: key('sign-up challenges'),
    hmacKeySignatureSecret: key('sign-up solutions'),
  };
};

/** A new challenge for a sign-up of a letter, as the widget takes it. Nothing is stored for it. */
export async function newChallenge(letterId: string, now = new Date()): Promise<Challenge> {
  return createChallenge({
    algorithm: ALGORITHM,
    cost: CHALLENGE.cost,
    counter: randomInt(CHALLENGE.most, CHALLENGE.least),
    deriveKey,
    expiresAt: new Date(now.getTime() + CHALLENGE.minutes * 60_000),
    data: { letter: letterId },
    ...secrets(),
  });
}

/** Maximum length of a solution as it is sent, in characters. A real one has about 700. */
export const SOLUTION_MAX = 2_000;

const hex = z.string().regex(/^[0-9a-f]{1,128}$/);

const solutionSchema = z.object({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal(ALGORITHM),
      nonce: hex,
      salt: hex,
      cost: z.number(),
      keyLength: z.number(),
      keyPrefix: hex,
      keySignature: hex,
      expiresAt: z.number(),
      data: z.strictObject({ letter: z.uuid() }),
    }),
    signature: hex,
  }),
  solution: z.object({ counter: z.number(), derivedKey: hex }),
});

/** What a solution says, as the widget sends it: JSON in base64. Null if it is none. */
export function readSolution(sent: string): z.output<typeof solutionSchema> | null {
  if (sent.length > SOLUTION_MAX) return null;
  try {
    return solutionSchema.parse(JSON.parse(Buffer.from(sent, 'base64').toString()));
  } catch {
    return null;
  }
}

/** A solved challenge: the hash by which it is spent, and until when it could be. */
export interface Solved {
  hash: Uint8Array<ArrayBuffer>;
  expiresAt: Date;
}

/**
 * The challenge that a solution solves; null if that is none of ours for this letter, is not solved,
 * or has expired.
 */
export async function solvedChallenge(sent: string, letterId: string): Promise<Solved | null> {
  const said = readSolution(sent);
  if (said?.challenge.parameters.data.letter !== letterId) return null;
  const { verified } = await verifySolution({ ...said, deriveKey, ...secrets() });
  const { nonce, expiresAt } = said.challenge.parameters;
  return verified
    ? {
        hash: new Uint8Array(createHash('sha256').update(nonce).digest()),
        expiresAt: new Date(expiresAt * 1_000),
      }
    : null;
}
