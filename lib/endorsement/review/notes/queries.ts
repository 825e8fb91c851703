import type { LetterAccess } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import { db } from '@/lib/platform/db/client';

/** A coordinator's note on an entry, for colleagues. */
export interface Note {
  id: string;
  text: string;
  by: string;
  at: Date;
  /** Whether the reader may delete it: authors their own, owners any. */
  isDeletable: boolean;
}

/** The notes on an entry, oldest first. */
export async function notesOn(access: LetterAccess, endorsementId: string): Promise<Note[]> {
  if (!may(access.role, 'readNotes')) return [];
  const rows = await db().entryNote.findMany({
    where: { endorsementId, endorsement: { letterId: access.letterId } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      text: true,
      createdAt: true,
      author: { select: { id: true, email: true } },
    },
  });
  const writes = may(access.role, 'writeNotes');
  const deletesAny = may(access.role, 'managePeople');
  return rows.map(({ author, createdAt, ...note }) => ({
    ...note,
    by: author.email,
    at: createdAt,
    isDeletable: writes && (deletesAny || author.id === access.coordinatorId),
  }));
}
