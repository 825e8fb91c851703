import { titledFields, type TitledText } from '@/lib/letter/rules';
import { workingLink } from '@/lib/endorsement/entry/queries';
import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import { idOfToken, isToken } from '@/lib/platform/tokens';

/** A letter and an address to which its mailings go, or do not. */
export interface MailedAddress {
  letterId: string;
  emailKey: string;
}

const addressFields = {
  contact: { select: { emailKey: true } },
  endorsement: { select: { letterId: true } },
} as const satisfies Prisma.RepresentativeSelect;

const addressOf = (
  representative: Prisma.RepresentativeGetPayload<{ select: typeof addressFields }> | null,
): MailedAddress | null =>
  representative?.contact
    ? { letterId: representative.endorsement.letterId, emailKey: representative.contact.emailKey }
    : null;

/**
 * The letter and address that the link at the end of a mailing is about; null if the representative
 * whom it went to is no longer one.
 */
export async function behindEnding(tx: Db, token: string): Promise<MailedAddress | null> {
  const { APP_SECRET, PREVIOUS_SECRETS } = env();
  const id = idOfToken(token, 'end mailings', [APP_SECRET, ...PREVIOUS_SECRETS]);
  if (id === null) return null;
  return addressOf(await tx.representative.findUnique({ where: { id }, select: addressFields }));
}

/** The letter of the entry that a private link opens and the address of the link's representative, or null. */
export async function behindEntryLink(tx: Db, token: string): Promise<MailedAddress | null> {
  if (!isToken(token)) return null;
  const link = await tx.entryLink.findUnique({
    where: workingLink(token, new Date()),
    select: { representative: { select: addressFields } },
  });
  return addressOf(link?.representative ?? null);
}

/** Since when an address gets no mailings of a letter; null: it does. */
export async function endedSince({ letterId, emailKey }: MailedAddress): Promise<Date | null> {
  const ended = await db().endedMailings.findUnique({
    where: { letterId_emailKey: { letterId, emailKey } },
  });
  return ended?.endedAt ?? null;
}

/** What the link at the end of a mailing leads to. Says nothing of who signed. */
export type Mailings =
  | { state: 'on' | 'ended'; letterSlug: string; letterTitles: ByLanguage<TitledText> }
  | { state: 'unknown' };

/** The mailings that the link with `token` ends. Reading it changes nothing. */
export async function mailingsBehind(token: string): Promise<Mailings> {
  const address = await behindEnding(db(), token);
  if (!address) return { state: 'unknown' };
  const [ended, letter] = await Promise.all([
    endedSince(address),
    db().letter.findUniqueOrThrow({
      where: { id: address.letterId },
      select: { slug: true, current: titledFields.current },
    }),
  ]);
  return {
    state: ended ? 'ended' : 'on',
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], (text) => text),
  };
}

/** Whether the entry of a private link gets its letter's mailings; null if the link does not work. */
export async function entryMailings(token: string): Promise<{ endedAt: Date | null } | null> {
  const address = await behindEntryLink(db(), token);
  return address && { endedAt: await endedSince(address) };
}
