import { titledFields, type TitledText } from '@/lib/letter/rules';
import { nameFields, namesOf } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import type { NominationKind } from '@/lib/platform/db/generated/enums';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import { hashToken, isToken } from '@/lib/platform/tokens';

/** A nomination as its nominee sees it. */
export interface KnownNomination {
  state: 'open';
  kind: NominationKind;
  /** The nominee, as the nominator said. */
  name: string;
  role: string;
  email: string;
  /** Who nominates, as they say; null: they said no name. */
  nominator: { name: string | null; role: string | null };
  /** The organization's names; none where they are withheld: the address may be mistyped. */
  names: ByLanguage;
  letterSlug: string;
  letterTitles: ByLanguage<TitledText>;
  timeZone: string;
  expiresAt: Date;
}

/** The Prisma condition of an open nomination whose link has `token`. */
export const openNomination = (token: string, now: Date) => ({
  tokenHash: hashToken(token),
  expiresAt: { gt: now },
});

/** The nomination of the link with `token`. Reading it changes nothing. */
export async function nomination(
  token: string,
  now: Date = new Date(),
): Promise<KnownNomination | { state: 'unknown' }> {
  if (!isToken(token)) return { state: 'unknown' };
  const row = await db().nomination.findUnique({
    where: openNomination(token, now),
    select: {
      kind: true,
      name: true,
      role: true,
      email: true,
      expiresAt: true,
      nominatedBy: { select: { name: true, role: true } },
      endorsement: {
        select: {
          visibility: true,
          names: { select: nameFields },
          letter: { select: { slug: true, timeZone: true, current: titledFields.current } },
        },
      },
    },
  });
  if (!row) return { state: 'unknown' };
  const { endorsement, nominatedBy, ...nominee } = row;
  const { visibility, names, letter } = endorsement;
  return {
    state: 'open',
    ...nominee,
    nominator: nominatedBy,
    names: visibility === 'named' ? namesOf(names).names : {},
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], (text) => text),
    timeZone: letter.timeZone,
  };
}
