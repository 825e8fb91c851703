import { nameFields, namesOf, type Names } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import { ATTEMPTS_SHOWN } from '@/lib/platform/limits';
import { hashToken, isToken } from '@/lib/platform/tokens';
import { linkState, type LinkState } from './rules';

/** A sign-up, as shown by its confirmation page. */
export interface Attempt extends Names {
  id: string;
  letterSlug: string;
  letterTitles: ByLanguage;
  submittedAt: Date;
  /** The letter's newest revision, which a confirmation applies to. */
  revision: number;
  /** Whether there was a change of substance since the sign-up. */
  changedSince: boolean;
}

export interface KnownConfirmation extends Attempt {
  state: LinkState;
  website: string | null;
  country: string;
  representativeName: string | null;
  representativeRole: string | null;
  visibility: Visibility;
  /**
   * Other unconfirmed sign-ups with the same address, newest first. The holder of a link can read
   * the mailbox, so they may confirm any of them. This keeps an address usable even if others have
   * exhausted its mail limit.
   */
  others: Attempt[];
}

export type Confirmation = KnownConfirmation | { state: 'unknown' };

const attemptFields = {
  id: true,
  letterId: true,
  state: true,
  nameKey: true,
  submittedAt: true,
  revision: true,
  names: { select: nameFields },
  letter: {
    select: {
      slug: true,
      revision: true,
      bindingRevision: true,
      current: { select: { titles: { select: { language: true, title: true } } } },
    },
  },
} as const satisfies Prisma.EndorsementSelect;

const linkFields = {
  expiresAt: true,
  endorsement: {
    select: {
      ...attemptFields,
      website: true,
      country: true,
      visibility: true,
      contact: { select: { emailKey: true } },
      representative: { select: { name: true, role: true } },
    },
  },
} as const satisfies Prisma.VerificationSelect;

function toAttempt(row: Prisma.EndorsementGetPayload<{ select: typeof attemptFields }>): Attempt {
  const { letter } = row;
  return {
    ...namesOf(row.names),
    id: row.id,
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], ({ title }) => title),
    submittedAt: row.submittedAt,
    revision: letter.revision ?? row.revision,
    changedSince: row.revision < (letter.bindingRevision ?? 1),
  };
}

/** The state of the confirmation link with `token`. Reading it changes nothing. */
export async function confirmation(token: string, now: Date = new Date()): Promise<Confirmation> {
  if (!isToken(token)) return { state: 'unknown' };
  const link = await db().verification.findUnique({
    where: { tokenHash: hashToken(token) },
    select: linkFields,
  });
  if (!link) return { state: 'unknown' };
  const { endorsement } = link;
  // Prisma reads the endorsement in a second query. If it was deleted in between, read again: the
  // link then refers to the confirmed one.
  if ((endorsement as typeof endorsement | null) === null) return confirmation(token, now);
  const { contact } = endorsement;
  const sameAddress = contact
    ? await db().endorsement.findMany({
        where: {
          contact: { emailKey: contact.emailKey },
          id: { not: endorsement.id },
          // An attested endorsement has no confirmed address, so it is excluded.
          OR: [{ state: 'submitted' }, { contact: { verifiedAt: { not: null } } }],
        },
        // Confirmed ones first, since they determine what can still be confirmed.
        orderBy: [{ state: 'desc' }, { submittedAt: 'desc' }, { id: 'asc' }],
        take: 10 * ATTEMPTS_SHOWN,
        select: attemptFields,
      })
    : [];
  const signs = ({ letterId, nameKey }: { letterId: string; nameKey: string }) =>
    `${letterId} ${nameKey}`;
  const confirmed = new Set(
    [endorsement, ...sameAddress].filter(({ state }) => state !== 'submitted').map(signs),
  );
  const open = sameAddress.filter(
    (other) => other.state === 'submitted' && !confirmed.has(signs(other)),
  );
  return {
    ...toAttempt(endorsement),
    state: linkState(link, endorsement, confirmed.has(signs(endorsement)), now),
    website: endorsement.website,
    country: endorsement.country,
    representativeName: endorsement.representative?.name ?? null,
    representativeRole: endorsement.representative?.role ?? null,
    visibility: endorsement.visibility,
    others: link.expiresAt <= now ? [] : open.slice(0, ATTEMPTS_SHOWN).map(toAttempt),
  };
}
