import type { LetterAccess } from '@/lib/coordinator/access';
import { entry } from '@/lib/endorsement/review/queries';
import { managedLetter, type ManagedLetter } from '@/lib/letter/queries';
import type { Times } from '@/lib/letter/times/rules';
import type { Language } from '@/lib/platform/languages';

/** The letter as shown to somebody who has access to it. */
export async function letterFor(access: LetterAccess, reader: Language): Promise<ManagedLetter> {
  const { coordinatorId: id, email, letterSlug, role } = access;
  const coordinator = { id, email, isAdministrator: role === 'administrator' };
  return (await managedLetter(coordinator, letterSlug, 'readEntries', reader))!.letter;
}

/** An entry of the letter as shown to somebody who has access to it, or null. */
export async function entryFor(access: LetterAccess, id: string) {
  return entry(access, await letterFor(access, 'en'), id);
}

/** The letter's times, as its form shows and sends them. */
export async function timesFor(access: LetterAccess): Promise<Times> {
  const { timeZone, opensAt, rounds, internalDeadlineAt, closesAt, closesLabel, afterClosing } =
    await letterFor(access, 'en');
  return { timeZone, opensAt, rounds, internalDeadlineAt, closesAt, closesLabel, afterClosing };
}
