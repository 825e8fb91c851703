import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { editUpdate, postUpdate, removeUpdate, restoreUpdate } from '@/lib/update/commands';
import { managedUpdates, publicUpdates } from '@/lib/update/queries';
import { BODY_MAX, updateSchema, TITLE_MAX, type NewUpdate } from '@/lib/update/schema';
import { auditOf } from '@/tests/support/audit';
import { aLetter, anOwner } from '@/tests/support/factories';

const aReply = (over: Partial<NewUpdate> = {}): NewUpdate => ({
  kind: 'reply',
  date: '2025-05-01',
  texts: { en: { title: 'The minister answers', body: 'Thank you.' } },
  ...over,
});

/** A reply with the text `body`. */
const saying = (body: string) => aReply({ texts: { en: { title: 'The minister answers', body } } });

async function posted() {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const { id } = await postUpdate(owner, aReply());
  return { letter, owner, id };
}

describe('updates of a letter', () => {
  it('a posted reply is public with its date, is audited, and invalidates cached pages', async () => {
    const { letter, owner, id } = await posted();
    expect(await publicUpdates(letter.id)).toEqual([
      {
        id,
        kind: 'reply',
        date: '2025-05-01',
        texts: { en: { title: 'The minister answers', body: 'Thank you.' } },
      },
    ]);
    expect(await auditOf(letter.id)).toMatchObject([
      {
        action: 'post_update',
        actorId: owner.coordinatorId,
        after: { update: id, kind: 'reply', texts: { en: { body: 'Thank you.' } } },
      },
    ]);
    expect((await db().letter.findUniqueOrThrow({ where: { id: letter.id } })).publicVersion).toBe(
      letter.publicVersion + 1,
    );
  });

  it('updates are sorted by date, newest first, with Japanese before English', async () => {
    const { letter, owner } = await posted();
    await postUpdate(
      owner,
      aReply({
        kind: 'update',
        date: '2025-06-01',
        texts: { en: { title: 'News', body: 'Text' }, ja: { title: '進捗', body: '本文' } },
      }),
    );
    const updates = await publicUpdates(letter.id);
    expect(updates.map(({ date, texts }) => [date, Object.keys(texts)])).toEqual([
      ['2025-06-01', ['ja', 'en']],
      ['2025-05-01', ['en']],
    ]);
  });

  it('editing an update stores its previous content in the audit', async () => {
    const { letter, owner, id } = await posted();
    expect(await editUpdate(owner, { id, version: 1 }, saying('Thanks.'))).toEqual({
      ok: true,
    });
    expect((await publicUpdates(letter.id))[0]!.texts.en!.body).toBe('Thanks.');
    expect((await auditOf(letter.id))[1]).toMatchObject({
      action: 'edit_update',
      before: { texts: { en: { body: 'Thank you.' } } },
      after: { texts: { en: { body: 'Thanks.' } } },
    });
  });

  it('editing an update that a colleague has edited in the meantime is refused', async () => {
    const { letter, owner, id } = await posted();
    const colleague = await anOwner(letter);
    await editUpdate(colleague, { id, version: 1 }, saying('Theirs'));
    expect(await editUpdate(owner, { id, version: 1 }, saying('Mine'))).toEqual({
      ok: false,
      reason: 'changed',
    });
    expect((await publicUpdates(letter.id))[0]!.texts.en!.body).toBe('Theirs');
    expect(await auditOf(letter.id)).toHaveLength(2);
  });

  it('a removed update is hidden from the public, kept for coordinators, and can be restored', async () => {
    const { letter, owner, id } = await posted();
    expect(await removeUpdate(owner, { id, version: 1 })).toEqual({ ok: true });
    expect(await publicUpdates(letter.id)).toEqual([]);
    expect(await managedUpdates(owner)).toMatchObject([
      { id, version: 2, removedAt: expect.any(Date) },
    ]);
    expect(await editUpdate(owner, { id, version: 2 }, aReply())).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect(await removeUpdate(owner, { id, version: 2 })).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect(await restoreUpdate(owner, { id, version: 1 })).toEqual({
      ok: false,
      reason: 'changed',
    });
    expect(await restoreUpdate(owner, { id, version: 2 })).toEqual({ ok: true });
    expect(await publicUpdates(letter.id)).toHaveLength(1);
    expect((await auditOf(letter.id)).map(({ action }) => action)).toEqual([
      'post_update',
      'remove_update',
      'restore_update',
    ]);
  });

  it('an owner of another letter cannot change updates', async () => {
    const { id } = await posted();
    const stranger = await anOwner(await aLetter());
    expect(await editUpdate(stranger, { id, version: 1 }, aReply())).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect(await removeUpdate(stranger, { id, version: 1 })).toEqual({
      ok: false,
      reason: 'not-found',
    });
  });
});

describe('parsing an update', () => {
  const typed = {
    kind: 'update',
    date: '2025-05-01',
    titleJa: '',
    bodyJa: '',
    titleEn: 'News',
    bodyEn: 'Text',
  };
  const wrong = (over: Record<string, unknown>) => {
    const { error } = updateSchema.safeParse({ ...typed, ...over });
    return error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  };

  it('line ends and white space are normalised, except white space that is Markdown syntax', () => {
    expect(
      updateSchema.parse({
        ...typed,
        titleEn: '  News\n of  today ',
        bodyEn: '\r\n  \r\n    code\r\n\r\nend \r\n',
      }),
    ).toEqual({
      kind: 'update',
      date: '2025-05-01',
      texts: { en: { title: 'News of today', body: '    code\n\nend' } },
    });
  });

  it('invalid input is refused with an error code by field', () => {
    expect(wrong({})).toBeUndefined();
    expect(wrong({ titleEn: ' ', bodyEn: '' })).toEqual(['titleJa oneRequired']);
    expect(wrong({ titleEn: '' })).toEqual(['titleEn titleRequired']);
    expect(wrong({ titleJa: '題' })).toEqual(['bodyJa bodyRequired']);
    expect(wrong({ kind: 'advertisement' })).toEqual(['kind invalidChoice']);
    for (const date of ['', '2025-02-30', '2025-13-01', '25-1-1', '2025-05-01T00:00', undefined])
      expect(wrong({ date }), String(date)).toEqual(['date invalidDate']);
    expect(wrong({ titleEn: 'あ'.repeat(TITLE_MAX + 1) })).toEqual(['titleEn tooLong']);
    expect(wrong({ bodyEn: '😀'.repeat(BODY_MAX) })).toBeUndefined();
    expect(wrong({ bodyEn: '😀'.repeat(BODY_MAX + 1) })).toEqual(['bodyEn tooLong']);
  });
});
