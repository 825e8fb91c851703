/**
 * Addresses that are not mailed again, because they bounced or their owner reported a mail as spam
 * (docs/decisions/0039-what-becomes-of-mails.md).
 */
import { createHmac } from 'node:crypto';
import type { Db } from '@/lib/platform/db/client';
import type { MailKind, MailOutcome } from '@/lib/platform/db/generated/enums';
import { derivedKey } from '@/lib/platform/derived-key';
import { env } from '@/lib/platform/env';
import { addressKey } from './address';

export interface Suppression {
  reason: Extract<MailOutcome, 'bounced' | 'complained'>;
  at: Date;
}

/**
 * The stored form of an address: a hash under a key derived from the instance's secret. Different
 * lists of addresses have different keys, so that they cannot be compared with each other.
 */
function hashedUnder(list: string, address: string, secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    createHmac('sha256', derivedKey(list, secret)).update(addressKey(address)).digest(),
  );
}

type Secrets = Pick<ReturnType<typeof env>, 'APP_SECRET' | 'PREVIOUS_SECRETS'>;

/**
 * The stored forms of an address in a list: the present one, then those under former secrets, by
 * which it is still found. They cannot be made anew, since the address is not known.
 */
const hashesIn =
  (list: string) =>
  (
    address: string,
    { APP_SECRET, PREVIOUS_SECRETS }: Secrets = env(),
  ): [Uint8Array<ArrayBuffer>, ...Uint8Array<ArrayBuffer>[]] => [
    hashedUnder(list, address, APP_SECRET),
    ...PREVIOUS_SECRETS.map((secret) => hashedUnder(list, address, secret)),
  ];

const suppressedHashes = hashesIn('suppressed addresses');

/** The stored forms of an address that asked not to be invited again. */
export const uninvitedHashes = hashesIn('uninvited addresses');

/**
 * Whether mails of a kind are sent to suppressed addresses, too. Sign-in links are: only a
 * coordinator's own request sends one, and without it, a bounce would lock a letter's owner out.
 */
export function reachesSuppressed(kind: MailKind): boolean {
  return kind === 'sign_in';
}

/** Suppresses an address. A complaint outweighs a bounce, in whatever order they come. */
export async function suppress(
  tx: Db,
  address: string,
  { reason, at }: Suppression,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO suppressed_address (address_hash, reason, at)
    VALUES (${suppressedHashes(address)[0]}, ${reason}::mail_outcome, ${at})
    ON CONFLICT (address_hash) DO UPDATE SET reason = excluded.reason, at = excluded.at
    WHERE excluded.reason > suppressed_address.reason`;
}

/** Allows mails to an address again. False if it was not suppressed. */
export async function unsuppress(tx: Db, address: string): Promise<boolean> {
  const { count } = await tx.suppressedAddress.deleteMany({
    where: { addressHash: { in: suppressedHashes(address) } },
  });
  return count > 0;
}

/** Why each of the addresses is suppressed; those that are not are missing. */
export async function suppressionsOf(
  db: Db,
  addresses: readonly string[],
  secrets?: Secrets,
): Promise<Map<string, Suppression>> {
  if (addresses.length === 0) return new Map();
  const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');
  const given = addresses.flatMap((address) =>
    suppressedHashes(address, secrets).map((hash) => ({ address, hash })),
  );
  const rows = await db.suppressedAddress.findMany({
    where: { addressHash: { in: given.map(({ hash }) => hash) } },
  });
  const byHash = new Map(
    rows.map(({ addressHash, reason, at }) => [
      hex(addressHash),
      { reason: reason as Suppression['reason'], at },
    ]),
  );
  const found = new Map<string, Suppression>();
  for (const { address, hash } of given) {
    const one = byHash.get(hex(hash));
    // Under another secret it can be there for another reason, and a complaint outweighs a bounce.
    if (one && found.get(address)?.reason !== 'complained') found.set(address, one);
  }
  return found;
}

/** Why an address is suppressed; null if it is not. */
export async function suppressionOf(
  db: Db,
  address: string,
  secrets?: Secrets,
): Promise<Suppression | null> {
  return (await suppressionsOf(db, [address], secrets)).get(address) ?? null;
}
