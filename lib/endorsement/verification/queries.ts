import { nameFields, namesOf, type Names } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import { ATTEMPTS_SHOWN } from '@/lib/platform/limits';
import { hashToken, isToken } from '@/lib/platform/tokens';
import { linkState, type LinkState } from './rules';

/** A sign-up as the page behind its link shows it. */
export interface Attempt extends Names {
  id: string;
  letterSlug: string;
  letterTitles: ByLanguage;
  submittedAt: Date;
  /** The letter's newest revision, which is what is confirmed. */
  revision: number;
  /** The text has changed in substance since the sign-up. */
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
   * Other unconfirmed sign-ups with the same address, newest first. Whoever holds a link reads the mailbox, so they may
   * confirm any of them: that is how an address still gets on whose mails others have used up.
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
      contact: { select: { emailKey: true, name: true, role: true } },
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

/** What the link with `token` would confirm, for its page to show. Reading it changes nothing, however often. */
export async function confirmation(token: string, now: Date = new Date()): Promise<Confirmation> {
  if (!isToken(token)) return { state: 'unknown' };
  const link = await db().verification.findUnique({
    where: { tokenHash: hashToken(token) },
    select: linkFields,
  });
  if (!link) return { state: 'unknown' };
  const { endorsement } = link;
  // Prisma reads the endorsement in a second query. When it was deleted by then, the link leads to the confirmed one.
  if ((endorsement as typeof endorsement | null) === null) return confirmation(token, now);
  const { contact } = endorsement;
  const sameAddress = contact
    ? await db().endorsement.findMany({
        where: {
          contact: { emailKey: contact.emailKey },
          id: { not: endorsement.id },
          // One that a coordinator attested has an address that nobody confirmed: it confirms nothing.
          OR: [{ state: 'submitted' }, { contact: { verifiedAt: { not: null } } }],
        },
        // Confirmed ones first, since they decide what else can be confirmed.
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
    representativeName: contact?.name ?? null,
    representativeRole: contact?.role ?? null,
    visibility: endorsement.visibility,
    others: link.expiresAt <= now ? [] : open.slice(0, ATTEMPTS_SHOWN).map(toAttempt),
  };
}
