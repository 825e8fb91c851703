/** Who speaks for an organization under a letter (ADR 50). */
import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Language } from '@/lib/platform/languages';

/** The order of an entry's representatives: the first answers for the entry (`endorsement.contact_id`). */
export const FIRST_REPRESENTATIVE = [
  { since: 'asc' },
  { id: 'asc' },
] as const satisfies Prisma.RepresentativeOrderByWithRelationInput[];

/** The fields of an endorsement from which {@link contactsOf} reads. */
export const contactFields = {
  representatives: {
    orderBy: [...FIRST_REPRESENTATIVE],
    select: {
      id: true,
      contact: {
        select: { id: true, email: true, emailKey: true, language: true, verifiedAt: true },
      },
    },
  },
} satisfies Prisma.EndorsementSelect;

/** A contact of an entry: the address and language of one of its representatives. */
export interface EntryContact {
  representativeId: string;
  contactId: string;
  email: string;
  emailKey: string;
  language: Language;
  /** When somebody first confirmed from this address. */
  verifiedAt: Date | null;
}

/**
 * The contacts of an entry, the first representative's first. Whatever asks or tells something
 * about a confirmed entry is mailed to all of them.
 */
export function contactsOf({
  representatives,
}: Prisma.EndorsementGetPayload<{ select: typeof contactFields }>): EntryContact[] {
  return representatives.flatMap(({ id: representativeId, contact }) => {
    if (!contact) return [];
    const { id: contactId, ...address } = contact;
    return [{ representativeId, contactId, ...address }];
  });
}

/** {@link contactsOf} of the entry with an id. */
export async function contactsOfEntry(id: string, on: Db = db()): Promise<EntryContact[]> {
  const row = await on.endorsement.findUnique({ where: { id }, select: contactFields });
  return row ? contactsOf(row) : [];
}
