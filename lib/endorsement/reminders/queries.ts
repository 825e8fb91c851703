import { titledFields, type TitledText } from '@/lib/letter/rules';
import { db } from '@/lib/platform/db/client';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import { hashToken, isToken } from '@/lib/platform/tokens';

/** What the link at the end of a reminder leads to. Says nothing of who signed. */
export type Reminders =
  | { state: 'on' | 'ended'; letterSlug: string; letterTitles: ByLanguage<TitledText> }
  | { state: 'unknown' };

/** The reminders that the link with `token` ends. Reading it changes nothing. */
export async function remindersOf(token: string): Promise<Reminders> {
  if (!isToken(token)) return { state: 'unknown' };
  const reminder = await db().reminder.findUnique({
    where: { unsubscribeHash: hashToken(token) },
    select: {
      endorsement: {
        select: {
          remindersEndedAt: true,
          letter: { select: { slug: true, current: titledFields.current } },
        },
      },
    },
  });
  if (!reminder) return { state: 'unknown' };
  const { remindersEndedAt, letter } = reminder.endorsement;
  return {
    state: remindersEndedAt ? 'ended' : 'on',
    letterSlug: letter.slug,
    letterTitles: byLanguage(letter.current?.titles ?? [], (text) => text),
  };
}
