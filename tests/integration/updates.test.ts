import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { editUpdate, post, removeUpdate, restoreUpdate } from '@/lib/update/commands';
import { managedUpdates, publicUpdates } from '@/lib/update/queries';
import { BODY_MAX, updateSchema, TITLE_MAX, type Posted } from '@/lib/update/schema';
import { aLetter, anOwner } from '@/tests/support/factories';

const aReply = (over: Partial<Posted> = {}): Posted => ({
  kind: 'reply',
  date: '2025-05-01',
  titleJa: null,
  bodyJa: null,
  titleEn: 'The minister answers',
  bodyEn: 'Thank you.',
  ...over,
});

const auditOf = (letterId: string) =>
  db().auditEvent.findMany({ where: { letterId }, orderBy: { id: 'asc' } });

async function posted() {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const { id } = await post(owner, aReply());
  return { letter, owner, id };
}

describe('a coordinator posts', () => {
  it('the addressee’s reply: the public sees it, dated; it is audited, and pages are made anew', async () => {
    const { letter, owner, id } = await posted();
    expect(await publicUpdates(letter.id)).toEqual([
      {
        id,
        kind: 'reply',
        date: '2025-05-01',
        texts: [{ language: 'en', title: 'The minister answers', body: 'Thank you.' }],
      },
    ]);
    expect(await auditOf(letter.id)).toMatchObject([
      {
        action: 'post',
        actorId: owner.coordinatorId,
        after: { update: id, kind: 'reply', bodyEn: 'Thank you.' },
      },
    ]);
    expect((await db().letter.findUniqueOrThrow({ where: { id: letter.id } })).publicVersion).toBe(
      letter.publicVersion + 1,
    );
  });

  it('several, in two languages: the newest date stands first, Japanese before English', async () => {
    const { letter, owner } = await posted();
    await post(
      owner,
      aReply({
        kind: 'update',
        date: '2025-06-01',
        titleJa: '進捗',
        bodyJa: '本文',
        titleEn: 'News',
        bodyEn: 'Text',
      }),
    );
    const updates = await publicUpdates(letter.id);
    expect(updates.map(({ date, texts }) => [date, texts.map(({ language }) => language)])).toEqual(
      [
        ['2025-06-01', ['ja', 'en']],
        ['2025-05-01', ['en']],
      ],
    );
  });

  it('and edits it: what stood there before is in the audit', async () => {
    const { letter, owner, id } = await posted();
    expect(await editUpdate(owner, { id, version: 1 }, aReply({ bodyEn: 'Thanks.' }))).toEqual({
      ok: true,
    });
    expect((await publicUpdates(letter.id))[0]!.texts[0]!.body).toBe('Thanks.');
    expect((await auditOf(letter.id))[1]).toMatchObject({
      action: 'edit_posting',
      before: { bodyEn: 'Thank you.' },
      after: { bodyEn: 'Thanks.' },
    });
  });

  it('and edits what a colleague has edited meanwhile: nothing is overwritten', async () => {
    const { letter, owner, id } = await posted();
    const colleague = await anOwner(letter);
    await editUpdate(colleague, { id, version: 1 }, aReply({ bodyEn: 'Theirs' }));
    expect(await editUpdate(owner, { id, version: 1 }, aReply({ bodyEn: 'Mine' }))).toEqual({
      ok: false,
      reason: 'changed',
    });
    expect((await publicUpdates(letter.id))[0]!.texts[0]!.body).toBe('Theirs');
    expect(await auditOf(letter.id)).toHaveLength(2);
  });

  it('and removes it: it is gone for the public, kept for coordinators, and can be restored', async () => {
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
      'post',
      'remove_posting',
      'restore_posting',
    ]);
  });

  it('on another letter: nothing there changes', async () => {
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

describe('what a coordinator types as an update', () => {
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

  it('is taken with line ends and spaces mended, and what Markdown says with spaces kept', () => {
    expect(
      updateSchema.parse({
        ...typed,
        titleEn: '  News\n of  today ',
        bodyEn: '\r\n  \r\n    code\r\n\r\nend \r\n',
      }),
    ).toMatchObject({
      titleJa: null,
      titleEn: 'News of today',
      bodyEn: '    code\n\nend',
    });
  });

  it('is refused with a reason by field', () => {
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
