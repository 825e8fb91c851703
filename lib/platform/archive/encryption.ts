/** Encrypts a stream under a passphrase, so that a file with personal data can travel. */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { ArchiveError } from './error';

const MAGIC = Buffer.from('undersigned/encrypted/1\n');
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const KEY_BYTES = 32;
/** Derived beside the key: tells a wrong passphrase from a file that was altered. */
const CHECK_BYTES = 16;
const TAG_BYTES = 16;
const HEADER_BYTES = MAGIC.length + SALT_BYTES + NONCE_BYTES + CHECK_BYTES;

/** 128 MB and about half a second for each guess (OWASP's recommendation for scrypt). */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

const derived = (passphrase: string, salt: Uint8Array): Promise<{ key: Buffer; check: Buffer }> =>
  new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES + CHECK_BYTES, SCRYPT, (error, bytes) =>
      error
        ? reject(error)
        : resolve({ key: bytes.subarray(0, KEY_BYTES), check: bytes.subarray(KEY_BYTES) }),
    ),
  );

/** Encrypts a stream (AES-256-GCM under a key that scrypt derives): a header, the bytes, the tag. */
export const encrypted = (passphrase: string) =>
  async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const salt = randomBytes(SALT_BYTES);
    const nonce = randomBytes(NONCE_BYTES);
    const { key, check } = await derived(passphrase, salt);
    const header = Buffer.concat([MAGIC, salt, nonce, check]);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(header);
    yield header;
    for await (const chunk of source) yield cipher.update(chunk);
    yield cipher.final();
    yield cipher.getAuthTag();
  };

async function decipherOf(header: Buffer, passphrase: string) {
  const [salt, nonce, check] = [
    header.subarray(MAGIC.length, MAGIC.length + SALT_BYTES),
    header.subarray(MAGIC.length + SALT_BYTES, HEADER_BYTES - CHECK_BYTES),
    header.subarray(HEADER_BYTES - CHECK_BYTES),
  ];
  const found = await derived(passphrase, salt);
  if (!found.check.equals(check))
    throw new ArchiveError('the passphrase is not the one of the file');
  return createDecipheriv('aes-256-gcm', found.key, nonce, {
    authTagLength: TAG_BYTES,
  }).setAAD(header);
}

/**
 * Decrypts the result of {@link encrypted}. Only when it has ended without an error are the bytes
 * known to be those that were encrypted.
 * @throws {ArchiveError} if the passphrase is wrong, or the file was altered or is incomplete
 */
export const decrypted = (passphrase: string) =>
  async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let held: Buffer = Buffer.alloc(0);
    let decipher: Awaited<ReturnType<typeof decipherOf>> | undefined;
    for await (const chunk of source) {
      held = Buffer.concat([held, chunk]);
      if (!decipher) {
        if (held.length < HEADER_BYTES) continue;
        if (!held.subarray(0, MAGIC.length).equals(MAGIC))
          throw new ArchiveError('the file is not one that letter:export has made');
        decipher = await decipherOf(held.subarray(0, HEADER_BYTES), passphrase);
        held = held.subarray(HEADER_BYTES);
      }
      // The last bytes can be the tag.
      if (held.length > TAG_BYTES) {
        yield decipher.update(held.subarray(0, held.length - TAG_BYTES));
        held = held.subarray(held.length - TAG_BYTES);
      }
    }
    if (!decipher || held.length < TAG_BYTES) throw new ArchiveError('the file is incomplete');
    decipher.setAuthTag(held);
    try {
      yield decipher.final();
    } catch {
      throw new ArchiveError('the file was altered, or is incomplete');
    }
  };
