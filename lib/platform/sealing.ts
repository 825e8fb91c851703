/**
 * Seals texts that must not be readable in the database, such as names of organizations that are
 * withheld, under keys derived from the instance's secret (ADR 52). What another secret sealed opens
 * as long as that one is in `PREVIOUS_SECRETS`.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { env } from './env';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A character that no field accepts begins a sealed text, so that nobody can type one. */
const MARK = '\u0001';
const SEALED = /^\u0001([0-9a-f]{8}):([\w-]+)$/;
const HASHED = /^h([0-9a-f]{8}):[\w-]{43}$/;

/** A sealed text was sealed under another secret. Its name is what the log says. */
export class SecretMissingError extends Error {
  override readonly name = 'SecretMissingError';
  constructor() {
    super('a sealed text needs a former APP_SECRET, which PREVIOUS_SECRETS does not hold');
  }
}

interface Keys {
  /** Says in sealed texts which key opens them; follows from the secret, and does not reveal it. */
  id: string;
  encryption: Buffer;
  hash: Buffer;
}

const known = new Map<string, Keys>();

function keysOf(secret: string): Keys {
  const found = known.get(secret);
  if (found) return found;
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'undersigned: withheld names', 68));
  const keys = {
    encryption: bytes.subarray(0, 32),
    hash: bytes.subarray(32, 64),
    id: bytes.subarray(64).toString('hex'),
  };
  known.set(secret, keys);
  return keys;
}

const current = () => keysOf(env().APP_SECRET);

/** What texts begin with that are sealed under the present secret. */
export const sealedPrefix = (): string => `${MARK}${current().id}:`;

/** What keyed hashes begin with that were made with the present secret. */
export const hashPrefix = (): string => `h${current().id}:`;

/** Whether a text is sealed, under whichever secret. */
export const isSealed = (text: string): boolean => SEALED.test(text);

/** Whether a text is a keyed hash, of whichever secret. */
export const isHash = (text: string): boolean => HASHED.test(text);

/** Encrypts under the present secret: the nonce, then the bytes, then the tag. */
function encrypted(bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', current().encryption, nonce);
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts the result of {@link encrypted} with the key of an id. */
function decrypted(id: string, bytes: Buffer): Buffer {
  const { APP_SECRET, PREVIOUS_SECRETS } = env();
  const keys = [APP_SECRET, ...PREVIOUS_SECRETS].map(keysOf).find((one) => one.id === id);
  if (!keys) throw new SecretMissingError();
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keys.encryption,
    bytes.subarray(0, NONCE_BYTES),
    { authTagLength: TAG_BYTES },
  );
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
    decipher.final(),
  ]);
}

/** Seals a text under the present secret (AES-256-GCM). Two of the same text differ. */
export const sealText = (text: string): string =>
  sealedPrefix() + encrypted(Buffer.from(text)).toString('base64url');

/**
 * Opens the result of {@link sealText}; a text that is not sealed is returned as it is. Throws if
 * its secret is not known, so that nothing is written over what cannot be read.
 */
export function openText(text: string): string {
  const [, id, sealed] = SEALED.exec(text) ?? [];
  return id && sealed ? decrypted(id, Buffer.from(sealed, 'base64url')).toString() : text;
}

/** Seals a file like {@link sealText}. */
export const sealBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat([Buffer.from(sealedPrefix()), encrypted(bytes)]));

/** Opens the result of {@link sealBytes}. */
export function openBytes(sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(sealed);
  const { length } = sealedPrefix();
  const id = bytes.subarray(MARK.length, length - 1).toString();
  return new Uint8Array(decrypted(id, bytes.subarray(length)));
}

/** Opens every sealed text in a JSON value. */
export function openAll<Value>(value: Value): Value {
  const open = (inner: unknown): unknown => {
    if (typeof inner === 'string') return openText(inner);
    if (Array.isArray(inner)) return inner.map(open);
    if (inner === null || typeof inner !== 'object') return inner;
    return Object.fromEntries(Object.entries(inner).map(([member, of]) => [member, open(of)]));
  };
  return open(value) as Value;
}

const hashWith = ({ id, hash }: Keys, text: string): string =>
  `h${id}:${createHmac('sha256', hash).update(text).digest('base64url')}`;

/** A hash that only whoever has the secret can compute, for finding equal texts. */
export const keyedHash = (text: string): string => hashWith(current(), text);

/** {@link keyedHash} under each secret that was used before. */
export const formerHashes = (text: string): string[] =>
  env().PREVIOUS_SECRETS.map((secret) => hashWith(keysOf(secret), text));
