import { db } from '../platform/db/client.ts';
import { MAILS_PER_ENDORSEMENT } from '../platform/limits.ts';
import { hashToken } from '../platform/tokens.ts';
import { linkState, type LinkState } from './rules.ts';

export interface KnownConfirmation {
  state: LinkState;
  letterSlug: string;
  letterTitles: { ja: string | null; en: string | null };
  names: { ja: string | null; en: string | null };
  reading: string | null;
  website: string | null;
  country: string;
  representativeName: string | null;
  representativeRole: string | null;
  visibility: 'named' | 'withheld';
  /** The letter's newest revision, which is what is confirmed. */
  revision: number;
  /** The text has changed in substance since the sign-up. */
  changedSince: boolean;
  /** Whether a further link can be mailed: the endorsement is unconfirmed and below its cap. */
  canSendNewLink: boolean;
}

export type Confirmation = KnownConfirmation | { state: 'unknown' };

/** What the link with `token` would confirm, for its page to show. Reading it changes nothing, however often. */
export async function confirmation(token: string, now: Date = new Date()): Promise<Confirmation> {
  const link = await db().verification.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      submission: true,
      expiresAt: true,
      endorsement: {
        select: {
          state: true,
          submission: true,
          mailCount: true,
          nameJa: true,
          nameEn: true,
          reading: true,
          website: true,
          country: true,
          representativeName: true,
          representativeRole: true,
          visibility: true,
          revision: true,
          letter: { select: { slug: true, revision: true, substance: true, current: { select: { titleJa: true, titleEn: true } } } },
        },
      },
    },
  });
  if (!link) return { state: 'unknown' };
  const { endorsement } = link;
  return {
    state: linkState(link, endorsement, now),
    letterSlug: endorsement.letter.slug,
    letterTitles: { ja: endorsement.letter.current?.titleJa ?? null, en: endorsement.letter.current?.titleEn ?? null },
    names: { ja: endorsement.nameJa, en: endorsement.nameEn },
    reading: endorsement.reading,
    website: endorsement.website,
    country: endorsement.country,
    representativeName: endorsement.representativeName,
    representativeRole: endorsement.representativeRole,
    visibility: endorsement.visibility,
    revision: endorsement.letter.revision ?? endorsement.revision,
    changedSince: endorsement.revision < (endorsement.letter.substance ?? 1),
    canSendNewLink: endorsement.state === 'submitted' && endorsement.mailCount < MAILS_PER_ENDORSEMENT,
  };
}
