import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * `value` as canonical JSON: members sorted, no white space, one way to write each string and number (RFC 8785, the JSON
 * Canonicalization Scheme). The same value gives the same bytes everywhere, so that anybody can compute its hash.
 * @param value made of objects, arrays, strings, integers, booleans and null
 */
export function canonicalJson(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('there is nothing to write');
  return text;
}

/** SHA-256 of a text's UTF-8 bytes. */
export function sha256(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(data).digest());
}

/** Bytes as people and programs read a hash: 64 hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
