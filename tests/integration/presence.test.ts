import { expect, it } from 'vitest';
import type { LetterAccess } from '@/lib/coordinator/access';
import { markOpened } from '@/lib/endorsement/review/presence/commands';
import { retain } from '@/lib/retention/commands';
import { othersAt } from '@/lib/endorsement/review/presence/queries';
import { PRESENCE_MINUTES } from '@/lib/platform/limits';
import { db } from '@/lib/platform/db/client';
import { aLetter, anEndorsement, anObserver, aReviewer } from '@/tests/support/factories';

/** Moves what coordinators opened into the past. */
const minutesPass = (minutes: number, { coordinatorId }: LetterAccess) =>
  db().entryPresence.updateMany({
    where: { coordinatorId },
    data: { openedAt: new Date(Date.now() - minutes * 60_000) },
  });

it('a reviewer sees who else has opened an entry, themselves left out, until the minutes are over', async () => {
  const letter = await aLetter();
  const [{ id }, other] = [await anEndorsement(letter.id), await anEndorsement(letter.id)];
  const [one, two] = [await aReviewer(letter), await anObserver(letter)];
  for (const access of [one, two, one]) await markOpened(access, id);
  expect(await othersAt(one, id)).toEqual([two.email]);
  expect(await othersAt(two, id)).toEqual([one.email]);
  expect(await othersAt(two, other.id)).toEqual([]);
  await minutesPass(PRESENCE_MINUTES + 1, one);
  expect(await othersAt(two, id)).toEqual([]);
  await markOpened(one, id);
  expect(await othersAt(two, id)).toEqual([one.email]);
  await minutesPass(PRESENCE_MINUTES + 1, two);
  await retain();
  expect(await db().entryPresence.findMany({ where: { endorsementId: id } })).toMatchObject([
    { coordinatorId: one.coordinatorId },
  ]);
});

it('a coordinator leaves no trace at entries of other letters', async () => {
  const { id } = await anEndorsement((await aLetter()).id);
  const stranger = await aReviewer(await aLetter());
  await markOpened(stranger, id);
  expect(await db().entryPresence.count({ where: { endorsementId: id } })).toBe(0);
  expect(await othersAt(stranger, id)).toEqual([]);
});
