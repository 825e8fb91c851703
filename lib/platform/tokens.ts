import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { derivedKey } from './derived-key';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new random token for a link: 32 bytes, base64url (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Another token that follows from a token, for a lesser purpose: whoever knows it does not learn the
 * first.
 */
export function derivedToken(token: string, purpose: 'unsubscribe'): string {
  return createHmac('sha256', token).update(purpose).digest('base64url');
}

const ID_BYTES = 16;

/** What proves that a token was made from an id: 128 bits, so that a token has the form of others. */
function proofOf(id: Buffer, purpose: string, secret: string): Buffer {
  return createHmac('sha256', derivedKey(purpose, secret))
    .update(id)
    .digest()
    .subarray(0, 32 - ID_BYTES);
}

/**
 * A token that follows from a row's id and the instance's secret: nothing is stored for it, and it is
 * valid as long as both.
 */
export function tokenOfId(id: string, purpose: 'end mailings', secret: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, proofOf(bytes, purpose, secret)]).toString('base64url');
}

/** The id that {@link tokenOfId} made a token from under one of the secrets; null if it made none. */
export function idOfToken(
  token: string,
  purpose: 'end mailings',
  secrets: readonly string[],
): string | null {
  if (!isToken(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const [id, proof] = [bytes.subarray(0, ID_BYTES), bytes.subarray(ID_BYTES)];
  if (!secrets.some((secret) => timingSafeEqual(proof, proofOf(id, purpose, secret)))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
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

const sealingKey = (secret: string): Buffer => derivedKey('sealed mail token', secret);

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

/**
 * Decrypts the result of {@link seal}. Throws if the secret differs or the bytes were changed.
 * @param secrets the secret, or the present one and former ones, any of which may have sealed it
 */
export function unseal(sealed: Uint8Array, secrets: string | readonly string[]): string {
  const [secret, ...former] = typeof secrets === 'string' ? [secrets] : secrets;
  if (former.length > 0) {
    try {
      return unseal(sealed, secret!);
    } catch {
      return unseal(sealed, former);
    }
  }
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(
    'aes-256-gcm',
    sealingKey(secret!),
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
