import { describe, expect, it } from 'vitest';
import type { LetterAccess } from '@/lib/coordinator/access';
import { addNote, deleteNote } from '@/lib/endorsement/review/notes/commands';
import { entry } from '@/lib/endorsement/review/queries';
import { entryNoteSchema, NOTE_MAX, NOTES_MAX } from '@/lib/endorsement/review/schema';
import { listSettings } from '@/lib/letter/list-settings';
import { db } from '@/lib/platform/db/client';
import { auditOf } from '@/tests/support/audit';
import { aLetter, anEndorsement, anObserver, anOwner, aReviewer } from '@/tests/support/factories';

const notesOf = async (access: LetterAccess, id: string) =>
  (await entry(access, { bindingRevision: 1, listSettings: listSettings({}) }, id))!.notes;

describe('a note on an entry', () => {
  it('is read by all coordinators of the letter with its author, deletable by them and owners', async () => {
    const letter = await aLetter();
    const { id } = await anEndorsement(letter.id);
    const [author, colleague] = [await aReviewer(letter), await aReviewer(letter)];
    const [observer, owner] = [await anObserver(letter), await anOwner(letter)];
    expect(await addNote(author, { id, text: 'Called them.' })).toEqual({ ok: true });
    const seen = async (by: LetterAccess) =>
      (await notesOf(by, id)).map(({ text, by, isDeletable }) => [text, by, isDeletable]);
    for (const [reader, deletes] of [
      [author, true],
      [owner, true],
      [colleague, false],
      [observer, false],
    ] as const)
      expect(await seen(reader)).toEqual([['Called them.', author.email, deletes]]);
    const [note] = await notesOf(author, id);
    expect(await deleteNote(colleague, note!.id)).toEqual({ ok: false, reason: 'gone' });
    expect(await deleteNote(owner, note!.id)).toEqual({ ok: true });
    expect(await notesOf(author, id)).toEqual([]);
  });

  it('on a withheld entry is hidden from observers', async () => {
    const letter = await aLetter();
    const { id } = await anEndorsement(letter.id, { visibility: 'withheld' });
    const reviewer = await aReviewer(letter);
    await addNote(reviewer, { id, text: 'It is the Tokyo Peace Group.' });
    expect(await notesOf(reviewer, id)).toHaveLength(1);
    expect(await notesOf(await anObserver(letter), id)).toEqual([]);
  });

  it('leaves the entry and its history as they are, and once deleted, no text in the audit', async () => {
    const letter = await aLetter();
    const { id, version } = await anEndorsement(letter.id);
    const reviewer = await aReviewer(letter);
    for (const text of ['One', 'Two']) await addNote(reviewer, { id, text });
    const [one] = await notesOf(reviewer, id);
    await deleteNote(reviewer, one!.id);
    const row = await db().endorsement.findUniqueOrThrow({ where: { id } });
    expect(row.version).toBe(version);
    const shown = await entry(reviewer, { bindingRevision: 1, listSettings: listSettings({}) }, id);
    expect(shown!.history).toEqual([]);
    expect((await auditOf(letter.id)).map(({ action, after }) => [action, after.note])).toEqual([
      ['add_note', null],
      ['add_note', 'Two'],
      ['delete_note', undefined],
    ]);
    const canonical = await db().auditEvent.findMany({ where: { letterId: letter.id } });
    expect(JSON.stringify(canonical.map((event) => event.canonical))).not.toMatch(/One|Two/);
  });

  it('is refused on entries of other letters, and where there are too many', async () => {
    const letter = await aLetter();
    const { id } = await anEndorsement(letter.id);
    const [reviewer, stranger] = [await aReviewer(letter), await anOwner(await aLetter())];
    expect(await addNote(stranger, { id, text: 'x' })).toEqual({ ok: false, reason: 'gone' });
    await addNote(reviewer, { id, text: 'Mine.' });
    const [note] = await notesOf(reviewer, id);
    expect(await deleteNote(stranger, note!.id)).toEqual({ ok: false, reason: 'gone' });
    const text = { endorsementId: id, authorId: reviewer.coordinatorId, text: 'x' };
    await db().entryNote.createMany({ data: Array(NOTES_MAX - 1).fill(text) });
    expect(await addNote(reviewer, { id, text: 'x' })).toEqual({ ok: false, reason: 'full' });
  });

  it('needs words, and not too many', () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const codes = (entryNote: string) =>
      entryNoteSchema.safeParse({ id, entryNote }).error?.issues.map(({ message }) => message);
    expect(codes(' \n ')).toEqual(['required']);
    expect(codes('x'.repeat(NOTE_MAX + 1))).toEqual(['tooLong']);
    expect(codes(' One\r\ntwo. ')).toBeUndefined();
  });
});
