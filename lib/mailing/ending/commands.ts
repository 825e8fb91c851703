import { lockLetter } from '@/lib/letter/lock';
import { db, type Db } from '@/lib/platform/db/client';
import { behindEnding, behindEntryLink, type MailedAddress } from './queries';

/** How an address is found by a token: of the link in a mailing, or of an entry's private link. */
type Find = (tx: Db, token: string) => Promise<MailedAddress | null>;

/** Runs a change for the address behind a token, with its letter locked, as whoever writes mailings. */
async function change(
  find: Find,
  token: string,
  act: (tx: Db, address: MailedAddress) => Promise<unknown>,
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const address = await find(tx, token);
    if (!address) return false;
    await lockLetter(tx, address.letterId);
    await act(tx, address);
    return true;
  });
}

/**
 * Ends a letter's mailings to an address, whichever of its entries they went to, and nothing else:
 * deletes those that nobody has begun to send.
 */
async function end(tx: Db, { letterId, emailKey }: MailedAddress): Promise<void> {
  await tx.endedMailings.createMany({ data: { letterId, emailKey }, skipDuplicates: true });
  await tx.mail.deleteMany({
    where: {
      letterId,
      toKey: emailKey,
      mailingId: { not: null },
      sentAt: null,
      failedAt: null,
      begunAt: null,
    },
  });
}

const allow = (tx: Db, { letterId, emailKey }: MailedAddress) =>
  tx.endedMailings.deleteMany({ where: { letterId, emailKey } });

/** Ends mailings by the link in one. False if whoever it went to represents the organization no longer. */
export const endMailings = (token: string) => change(behindEnding, token, end);

/** Allows them again, for somebody who ended them by mistake. Those that were left out are not sent. */
export const allowMailings = (token: string) => change(behindEnding, token, allow);

/** Ends mailings by an entry's private link. False if it does not work. */
export const endMailingsOfEntry = (token: string) => change(behindEntryLink, token, end);

/** Allows them again by an entry's private link. */
export const allowMailingsOfEntry = (token: string) => change(behindEntryLink, token, allow);
