import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { DeclineReason } from '@/lib/platform/db/generated/enums';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import { DECLINE_REASONS } from '../schema';
import type { DeclineTexts, OwnReason } from './schema';

/** A letter's own words for all reasons. */
export async function declineTexts(letterId: string, on: Db = db()): Promise<DeclineTexts> {
  const rows = await on.declineText.findMany({ where: { letterId } });
  return Object.fromEntries(
    DECLINE_REASONS.map((reason) => [
      reason,
      byLanguage(
        rows.filter((row) => row.reason === reason),
        ({ text }) => text,
      ),
    ]),
  ) as DeclineTexts;
}

const ownFields = {
  id: true,
  label: true,
  texts: { select: { language: true, text: true } },
} as const satisfies Prisma.OwnDeclineReasonSelect;

/** An own reason from its row. */
const ownReason = ({
  texts,
  ...row
}: Prisma.OwnDeclineReasonGetPayload<{ select: typeof ownFields }>): OwnReason => ({
  ...row,
  texts: byLanguage(texts, ({ text }) => text),
});

/** A letter's own reasons that have not been removed, the first one first. */
export async function ownReasons(letterId: string, on: Db = db()): Promise<OwnReason[]> {
  const rows = await on.ownDeclineReason.findMany({
    where: { letterId, removedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: ownFields,
  });
  return rows.map(ownReason);
}

/** An own reason of a letter that has not been removed, or null. */
export async function ownReasonOf(
  letterId: string,
  id: string,
  on: Db = db(),
): Promise<OwnReason | null> {
  const row = await on.ownDeclineReason.findFirst({
    where: { id, letterId, removedAt: null },
    select: ownFields,
  });
  return row && ownReason(row);
}

/** What a form to decline offers besides the usual reasons and words. */
export interface LetterReasons {
  /** The letter's own words for the usual reasons. */
  texts: DeclineTexts;
  own: OwnReason[];
}

/** {@link LetterReasons} of a letter. */
export async function letterReasons(letterId: string): Promise<LetterReasons> {
  const [texts, own] = await Promise.all([declineTexts(letterId), ownReasons(letterId)]);
  return { texts, own };
}

/**
 * What an organization is told of the reason for its decline in the letter's own words, none if in
 * the usual ones. Of an own reason also after it was removed.
 */
export async function declineWords(
  letterId: string,
  { reason, own }: { reason: DeclineReason; own: string | null },
  on: Db = db(),
): Promise<ByLanguage> {
  const select = { language: true, text: true } as const;
  const rows =
    own === null
      ? await on.declineText.findMany({ where: { letterId, reason }, select })
      : await on.ownDeclineReasonText.findMany({ where: { reasonId: own }, select });
  return byLanguage(rows, ({ text }) => text);
}
