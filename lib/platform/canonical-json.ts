import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import canonicalize from 'canonicalize';

/**
 * Serialises `value` as canonical JSON (RFC 8785, the JSON Canonicalization Scheme): sorted
 * members, no white space, a single representation of each string and number. Equal values give
 * equal bytes, so that anybody can recompute their hash.
 * @param value consisting of objects, arrays, strings, integers, booleans and null
 */
export function canonicalJson(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('the value cannot be serialised as JSON');
  return text;
}

/** Elements of an array that are serialised per turn of the event loop. */
const PER_TURN = 500;

/**
 * The text of {@link canonicalJson}, made piece by piece, so that other requests do not wait for a
 * value with very long arrays.
 */
export async function canonicalJsonInTurns(value: object): Promise<string> {
  const parts: string[] = [];
  if (Array.isArray(value)) {
    for (let from = 0; from < value.length; from += PER_TURN) {
      parts.push(canonicalJson(value.slice(from, from + PER_TURN)).slice(1, -1));
      await setImmediate();
    }
    return `[${parts.join(',')}]`;
  }
  const members = Object.entries(value as Record<string, unknown>);
  // By UTF-16 code units, as RFC 8785 wants.
  for (const [name, member] of members.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (member === undefined) continue;
    const said =
      typeof member === 'object' && member !== null
        ? await canonicalJsonInTurns(member)
        : JSON.stringify(member);
    parts.push(`${JSON.stringify(name)}:${said}`);
  }
  return `{${parts.join(',')}}`;
}

/** SHA-256 of a text's UTF-8 bytes. */
export function sha256(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(data).digest());
}

/** Bytes in hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
