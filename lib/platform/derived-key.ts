import { hkdfSync } from 'node:crypto';

/** Keys by purpose and secret: deriving one takes longer than using it. */
const keys = new Map<string, Buffer>();

/**
 * A key of 32 bytes that follows from the instance's secret. Each purpose has another, so that what
 * is made with one cannot be compared with, or taken for, what is made with another.
 */
export function derivedKey(purpose: string, secret: string): Buffer {
  const name = `${purpose} ${secret}`;
  const known = keys.get(name);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', secret, '', `undersigned: ${purpose}`, 32));
  keys.set(name, key);
  return key;
}
