import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Authorisation } from '@/lib/platform/db/generated/enums';

/** The fields of an endorsement that say who in the organization authorised the signature. */
export const authorisationFields = {
  authorisedHow: true,
  authorisedBy: true,
  authorisedOn: true,
} as const satisfies Prisma.EndorsementSelect;

/** Who in an organization authorised its signature, how and when; null: not asked or not said. */
export interface Authorised {
  authorisedHow: Authorisation | null;
  /** The body, person or article, in the organization's words. */
  authorisedBy: string | null;
  /** A date without a time, at midnight UTC. */
  authorisedOn: Date | null;
}

/** The authorisation in an endorsement's row; nothing where there is no such row. */
export const authorisedOf = (row: Authorised | null): Authorised => ({
  authorisedHow: row?.authorisedHow ?? null,
  authorisedBy: row?.authorisedBy ?? null,
  authorisedOn: row?.authorisedOn ?? null,
});

/** The date of an authorisation as forms have it, `2025-04-23`; empty for none. */
export const authorisedDay = ({ authorisedOn }: Pick<Authorised, 'authorisedOn'>): string =>
  authorisedOn?.toISOString().slice(0, 10) ?? '';
