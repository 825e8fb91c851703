import type { Owner } from '@/lib/coordinator/access';
import {
  authorisationFields,
  authorisedOf,
  type Authorised,
} from '@/lib/endorsement/authorisation';
import { FIRST_REPRESENTATIVE } from '@/lib/endorsement/representatives/queries';
import { nameFields, namesOf } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import type { EndorsementState, Proof, Visibility } from '@/lib/platform/db/generated/enums';
import type { ByLanguage, Language } from '@/lib/platform/languages';

/**
 * The entries whose contacts leave the product: an address that was never confirmed may be a
 * stranger's, who agreed to nothing.
 */
export const exported = ({ letterId }: Owner) => ({
  letterId,
  state: { not: 'submitted' as const },
  OR: [{ verifiedAt: { not: null } }, { proof: 'attested' as const }],
});

/** Number of entries in a file of the letter's contacts. */
export async function contactCount(owner: Owner): Promise<number> {
  return db().endorsement.count({ where: exported(owner) });
}

/** A representative of an organization, and what it agreed to. */
export interface ContactRow {
  names: ByLanguage;
  /** Null: nobody is known to represent it. */
  representative: { name: string | null; role: string | null } | null;
  authorised: Authorised;
  contact: { email: string; language: Language } | null;
  state: EndorsementState;
  visibility: Visibility;
  proof: Proof;
  signedRevision: number;
  /** The revision they stand behind, and since when. */
  revision: number;
  agreedAt: Date;
  submittedAt: Date;
  verifiedAt: Date | null;
}

/** Entries read at once, so that the memory needed does not grow with the letter. */
const BATCH = 1_000;

/** The representatives of entries of the letter, one a row, in batches, in the order of the ids. */
export async function* contactRows(
  owner: Owner,
  ids: readonly string[],
  size: number = BATCH,
): AsyncGenerator<ContactRow[]> {
  for (let from = 0; from < ids.length; from += size) {
    const batch = ids.slice(from, from + size);
    const rows = await db().endorsement.findMany({
      where: { id: { in: batch }, letterId: owner.letterId },
      select: {
        id: true,
        names: { select: nameFields },
        ...authorisationFields,
        representatives: {
          orderBy: [...FIRST_REPRESENTATIVE],
          select: { name: true, role: true, contact: { select: { email: true, language: true } } },
        },
        state: true,
        visibility: true,
        proof: true,
        signedRevision: true,
        revision: true,
        agreedAt: true,
        submittedAt: true,
        verifiedAt: true,
      },
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    yield batch.flatMap((id): ContactRow[] => {
      const row = byId.get(id);
      if (!row) return [];
      const { representatives, ...entry } = row;
      const common = { ...entry, names: namesOf(row.names).names, authorised: authorisedOf(row) };
      if (representatives.length === 0) return [{ ...common, representative: null, contact: null }];
      return representatives.map(({ contact, ...representative }) => ({
        ...common,
        representative,
        contact,
      }));
    });
  }
}
