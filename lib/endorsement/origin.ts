import { createHmac } from 'node:crypto';
import type { Client } from '@/lib/platform/client-address';
import { derivedKey } from '@/lib/platform/derived-key';
import { env } from '@/lib/platform/env';
import { recipientOf } from '@/lib/platform/mail/recipient';

/** Enough that two places of a letter never share one. */
const BYTES = 8;

/** A hash of a place that only the instance can compute, and that is another one on each letter. */
function placeHash(letterId: string, place: string): Uint8Array<ArrayBuffer> {
  const key = derivedKey('origins', env().APP_SECRET);
  return new Uint8Array(
    createHmac('sha256', key).update(`${letterId} ${place}`).digest().subarray(0, BYTES),
  );
}

/** The hash of a mail domain for a letter. */
export const domainHash = (letterId: string, domain: string) =>
  placeHash(letterId, `domain ${domain}`);

/** The hashes of where a sign-up of a letter comes from. */
export const originOf = (letterId: string, { network }: Client, email: string) => ({
  network: placeHash(letterId, `network ${network}`),
  domain: domainHash(letterId, recipientOf(email).provider),
});
