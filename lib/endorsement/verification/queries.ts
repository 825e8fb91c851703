import { db } from '@/lib/platform/db/client';
import { ATTEMPTS_SHOWN } from '@/lib/platform/limits';
import { hashToken, isToken } from '@/lib/platform/tokens';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { linkState, type LinkState } from './rules';

type ByLanguage = { ja: string | null; en: string | null };

/** A sign-up as the page behind its link shows it. */
export interface Attempt {
  id: string;
  letterSlug: string;
  letterTitles: ByLanguage;
  names: ByLanguage;
  submittedAt: Date;
  /** The letter's newest revision, which is what is confirmed. */
  revision: number;
  /** The text has changed in substance since the sign-up. */
  changedSince: boolean;
}

export interface KnownConfirmation extends Attempt {
  state: LinkState;
  reading: string | null;
  website: string | null;
  country: string;
  representativeName: string | null;
  representativeRole: string | null;
  visibility: 'named' | 'withheld';
  /**
   * Other unconfirmed sign-ups with the same address, newest first. Whoever holds a link reads the mailbox, so they may
   * confirm any of them: that is how an address gets on whose mails others have used up.
   */
  others: Attempt[];
}

export type Confirmation = KnownConfirmation | { state: 'unknown' };

const attemptFields = {
  id: true,
  letterId: true,
  state: true,
  nameJa: true,
  nameEn: true,
  submittedAt: true,
  revision: true,
  letter: {
    select: {
      slug: true,
      revision: true,
      bindingRevision: true,
      current: { select: { titleJa: true, titleEn: true } },
    },
  },
} as const satisfies Prisma.EndorsementSelect;

const linkFields = {
  expiresAt: true,
  endorsement: {
    select: {
      ...attemptFields,
      emailKey: true,
      reading: true,
      website: true,
      country: true,
      representativeName: true,
      representativeRole: true,
      visibility: true,
    },
  },
} as const satisfies Prisma.VerificationSelect;

function toAttempt(row: Prisma.EndorsementGetPayload<{ select: typeof attemptFields }>): Attempt {
  const { letter } = row;
  return {
    id: row.id,
    letterSlug: letter.slug,
    letterTitles: { ja: letter.current?.titleJa ?? null, en: letter.current?.titleEn ?? null },
    names: { ja: row.nameJa, en: row.nameEn },
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
  // Prisma reads the endorsement in a second query. When it was gone by then, the link has been led on to the one that was confirmed.
  if ((endorsement as typeof endorsement | null) === null) return confirmation(token, now);
  const sameAddress = await db().endorsement.findMany({
    where: { emailKey: endorsement.emailKey, id: { not: endorsement.id } },
    // Confirmed ones first: whether there is one on a letter decides what else can be confirmed there.
    orderBy: [{ state: 'desc' }, { submittedAt: 'desc' }, { id: 'asc' }],
    take: 10 * ATTEMPTS_SHOWN,
    select: attemptFields,
  });
  const confirmedOn = new Set(
    [endorsement, ...sameAddress]
      .filter(({ state }) => state !== 'submitted')
      .map(({ letterId }) => letterId),
  );
  const state = linkState(link, endorsement, confirmedOn.has(endorsement.letterId), now);
  const open = sameAddress.filter(
    (other) => other.state === 'submitted' && !confirmedOn.has(other.letterId),
  );
  return {
    ...toAttempt(endorsement),
    state,
    reading: endorsement.reading,
    website: endorsement.website,
    country: endorsement.country,
    representativeName: endorsement.representativeName,
    representativeRole: endorsement.representativeRole,
    visibility: endorsement.visibility,
    others: link.expiresAt <= now ? [] : open.slice(0, ATTEMPTS_SHOWN).map(toAttempt),
  };
}
