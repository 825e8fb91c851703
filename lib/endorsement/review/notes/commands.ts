import { actorOf, type Reviewer } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import { lockLetter } from '@/lib/letter/lock';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { NOTES_MAX } from '../schema';

export type NoteAdded = { ok: true } | { ok: false; reason: 'gone' | 'full' };

/**
 * Adds a note to an entry, for the letter's coordinators. The audit holds its text as an erasable
 * value, under the note's id.
 */
export async function addNote(
  reviewer: Reviewer,
  { id, text }: { id: string; text: string },
): Promise<NoteAdded> {
  const { letterId, coordinatorId } = reviewer;
  return db().$transaction(async (tx): Promise<NoteAdded> => {
    await lockLetter(tx, letterId);
    const entry = await tx.endorsement.findFirst({
      where: { id, letterId },
      select: { _count: { select: { notes: true } } },
    });
    if (!entry) return { ok: false, reason: 'gone' };
    if (entry._count.notes >= NOTES_MAX) return { ok: false, reason: 'full' };
    const { id: noteId } = await tx.entryNote.create({
      data: { endorsementId: id, authorId: coordinatorId, text },
      select: { id: true },
    });
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'add_note',
      after: { noteId, note: text },
    });
    return { ok: true };
  });
}

/**
 * Deletes a note, one's own or as an owner any, and erases its text from the audit, which keeps that
 * there was one.
 */
export async function deleteNote(
  reviewer: Reviewer,
  noteId: string,
): Promise<{ ok: true } | { ok: false; reason: 'gone' }> {
  const { letterId, coordinatorId, role } = reviewer;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const note = await tx.entryNote.findFirst({
      where: {
        id: noteId,
        endorsement: { letterId },
        ...(!may(role, 'managePeople') && { authorId: coordinatorId }),
      },
      select: { endorsementId: true },
    });
    if (!note) return { ok: false, reason: 'gone' };
    const { endorsementId } = note;
    await tx.entryNote.delete({ where: { id: noteId } });
    await tx.auditValue.deleteMany({
      where: {
        path: 'after.note',
        event: { endorsementId, action: 'add_note', canonical: { contains: noteId } },
      },
    });
    await audit(tx, {
      letterId,
      endorsementId,
      actor: actorOf(reviewer),
      action: 'delete_note',
      before: { noteId },
    });
    return { ok: true };
  });
}
