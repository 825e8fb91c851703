import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new secret for a link: 32 random bytes, base64url (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What mail programs put into long addresses: spaces, line breaks, soft hyphens, zero-width characters. */
const INTERSPERSED = /[\s\u00AD\u200B-\u200D\u2060\uFEFF]/g;

/**
 * The token in the last part of a link, whatever a mail program or a sentence left around it (`.`, `)`, `>`, `。`, quotes,
 * zero-width characters, line breaks, also percent-encoded); null when there is no whole one.
 */
export function tokenIn(text: string): string | null {
  const bounded = text.slice(0, 500).replace(/%[0-9a-f]?$/i, '');
  let decoded = bounded;
  try {
    decoded = decodeURIComponent(bounded);
  } catch {
    decoded = bounded.replace(/%[0-9a-f]{2}/gi, ' '); // no escape that was cut off belongs to the token
  }
  // The last character of 32 bytes is never `_` or `-`, so that these can be told from the token.
  return (
    /^[^\w-]{0,10}([\w-]{42}[A-Za-z0-9])(?![A-Za-z0-9])/.exec(
      decoded.replace(INTERSPERSED, ''),
    )?.[1] ?? null
  );
}

/** Whether a text has the form of {@link newToken}'s; nothing else is looked up. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** What is stored of a token: its SHA-256. A token is random, so no salt is needed. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

function sealingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'undersigned: sealed mail token', 32));
}

/**
 * Encrypts a token for its wait in the outbox (AES-256-GCM under a key derived from `secret`), since a token in the
 * clear at rest would let a reader of the database confirm for others.
 */
export function seal(token: string, secret: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), nonce);
  const sealed = Buffer.concat([
    nonce,
    cipher.update(token, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return new Uint8Array(sealed);
}

/** The token that {@link seal} was given. Throws when the secret is another or the bytes were changed. */
export function unseal(sealed: Uint8Array, secret: string): string {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(
    'aes-256-gcm',
    sealingKey(secret),
    bytes.subarray(0, NONCE_BYTES),
  );
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const clear = Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
    decipher.final(),
  ]);
  return clear.toString('utf8');
}

/** What a value is sealed for: it opens for the same purpose and context only. */
interface Seal {
  secret: string;
  purpose: string;
  context: string;
}

function stableKeys({ secret, purpose }: Seal): { encryption: Buffer; nonce: Buffer } {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', `undersigned: ${purpose}`, 64));
  return { encryption: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}

/**
 * Encrypts a value that strangers hand back, so that they can neither read nor make one (AES-256-GCM, base64url). The
 * same value always gives the same text, as answers with an ETag need: the nonce is a MAC of what is encrypted, as in
 * SIV modes (RFC 5297), so that no nonce serves for two values.
 */
export function sealStable(value: string, seal: Seal): string {
  const { encryption, nonce: nonceKey } = stableKeys(seal);
  const nonce = createHmac('sha256', nonceKey)
    .update(JSON.stringify([seal.context, value]))
    .digest()
    .subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', encryption, nonce).setAAD(Buffer.from(seal.context));
  return Buffer.concat([
    nonce,
    cipher.update(value, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64url');
}

/** The value that {@link sealStable} was given, or null when it gave no such text for this purpose and context. */
export function unsealStable(sealed: string, seal: Seal): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return null;
  const decipher = createDecipheriv(
    'aes-256-gcm',
    stableKeys(seal).encryption,
    bytes.subarray(0, NONCE_BYTES),
    { authTagLength: TAG_BYTES },
  );
  decipher.setAAD(Buffer.from(seal.context)).setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  } catch {
    return null;
  }
}
