import { createHash } from 'node:crypto';
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

/** SHA-256 of a text's UTF-8 bytes. */
export function sha256(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(data).digest());
}

/** Bytes in hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
