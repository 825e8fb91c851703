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

/** A new random token for a link: 32 bytes, base64url (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What mail programs insert into long URLs: spaces, line breaks (after `=` in quoted-printable),
 * soft hyphens, zero-width characters.
 */
const GAP = String.raw`(?:=?[\s\u00AD\u200B-\u200D\u2060\uFEFF])*`;

/**
 * A token behind a few other characters. The last character of 32 bytes in base64url is never `_`
 * or `-`, so these can follow, but not as part of a longer word, which would be no token.
 */
const TOKEN = new RegExp(
  String.raw`^[^\w-]{0,10}((?:[\w-]${GAP}){42}[A-Za-z0-9])(?![\w-]{0,10}[A-Za-z0-9])`,
);

/** `=` in quoted-printable, where a mail program did not decode it. */
const QUOTED_EQUALS = /^[^\w-]{0,10}3D/;

/**
 * The token in the last segment of a URL, without characters added by a mail program or the
 * surrounding sentence (`.`, `)`, `>`, `。`, quotes, zero-width characters, line breaks, also
 * percent-encoded, words after a space); null if it is incomplete.
 */
export function tokenIn(text: string): string | null {
  const bounded = text.slice(0, 500).replace(/%[0-9a-f]?$/i, '');
  let decoded = bounded;
  try {
    decoded = decodeURIComponent(bounded);
  } catch {
    decoded = bounded.replace(/%[0-9a-f]{2}/gi, ' '); // a truncated escape sequence is not part of the token
  }
  const found = TOKEN.exec(decoded) ?? TOKEN.exec(decoded.replace(QUOTED_EQUALS, ''));
  return found?.[1]!.replace(/[^\w-]/g, '') ?? null;
}

/** Whether a text has the format of {@link newToken}; others are not looked up. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** The stored form of a token: its SHA-256. Tokens are random, so no salt is needed. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

function sealingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'undersigned: sealed mail token', 32));
}

/**
 * Encrypts a token for storage in the outbox (AES-256-GCM under a key derived from `secret`), since
 * a plaintext token would let anyone with read access to the database confirm for others.
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

/** Decrypts the result of {@link seal}. Throws if the secret differs or the bytes were changed. */
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

/** Binds a sealed value to a purpose and context; it can only be decrypted for the same. */
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
 * Encrypts a value that clients send back, so that they can neither read nor forge it (AES-256-GCM,
 * base64url). Deterministic, as responses with an ETag require: the nonce is a MAC of the
 * plaintext, as in SIV modes (RFC 5297), so that no nonce is used for two values.
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

/**
 * Decrypts the result of {@link sealStable}, or returns null if it is invalid for this purpose and
 * context.
 */
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
