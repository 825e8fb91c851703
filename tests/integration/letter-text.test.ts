import { describe, expect, it } from 'vitest';
import { removeText, saveText } from '@/lib/letter/text/commands';
import { savedText, saves, workingTexts } from '@/lib/letter/text/queries';
import { merge } from '@/lib/letter/text/rules';
import { CONTENT_MAX, contentSchema } from '@/lib/letter/text/schema';
import { db } from '@/lib/platform/db/client';
import { normaliseText } from '@/lib/platform/text/normalise';
import { aDraft } from '@/tests/support/drafts';
import { aLetter, anOwner, someParts } from '@/tests/support/factories';

const typed = (over: Record<string, string> = {}) =>
  contentSchema.safeParse({ title: 'T', ...over });

describe('parsing a letter’s text', () => {
  it('line breaks, Unicode form and invalid characters are normalised, and full-width characters are kept', () => {
    expect(normaliseText('\n \n\u3000か\u3099\r\n（１）\u0000\ud800 ｱ\rend  \n\n')).toBe(
      '\u3000が\n（１） ｱ\nend',
    );
    const { data } = typed({
      title: ' a\r\nb ',
      addressee: 'X  \r\nY\t',
      body: 'one  \r\ntwo',
      calls: '\n- first\r\n\r\n・二つ目\n-5 degrees\n',
      subject: '  ',
    });
    expect(data).toEqual({
      ...someParts({
        title: 'a b',
        addressee: 'X\nY',
        body: 'one  \ntwo',
        calls: ['first', '二つ目', '-5 degrees'],
      }),
      dateLine: '',
      salutation: null,
      valediction: null,
    });
  });

  it('a megabyte of spaces is parsed quickly', () => {
    const began = performance.now();
    const spaces = ' '.repeat(1_000_000);
    expect(
      typed({
        addressee: `a${spaces}b`,
        title: `a${spaces}b`,
        body: `a${spaces}b`,
        calls: `a${spaces}b`,
      }).success,
    ).toBe(false);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('a field of the maximum length is accepted, and one character more is refused', () => {
    for (const part of [
      'title',
      'subject',
      'dateLine',
      'addressee',
      'salutation',
      'body',
      'callsIntro',
      'closing',
      'valediction',
    ] as const) {
      expect(typed({ [part]: 'あ'.repeat(CONTENT_MAX[part]) }).success, part).toBe(true);
      expect(
        typed({ [part]: 'あ'.repeat(CONTENT_MAX[part] + 1) }).error?.issues,
        part,
      ).toMatchObject([{ path: [part], message: 'tooLong' }]);
    }
    expect(typed({ calls: 'x\n'.repeat(20) }).success).toBe(true);
    expect(typed({ calls: 'x\n'.repeat(21) }).error?.issues).toMatchObject([
      { path: ['calls'], message: 'tooMany' },
    ]);
    expect(typed({ calls: 'x'.repeat(2_001) }).error?.issues[0]).toMatchObject({
      message: 'callTooLong',
    });
    expect(typed({ title: ' ' }).error?.issues).toMatchObject([
      { path: ['title'], message: 'required' },
    ]);
  });
});

describe('saving a letter’s text', () => {
  it('a save increments the version and is kept; saving without changes writes nothing', async () => {
    const { letter, one, two } = await aDraft();
    expect(
      await saveText(one, { language: 'en', version: 1, content: someParts({ body: 'Second.' }) }),
    ).toEqual({ ok: true, version: 2 });
    expect(
      await saveText(two, { language: 'en', version: 2, content: someParts({ body: 'Third.' }) }),
    ).toEqual({ ok: true, version: 3 });
    expect(
      await saveText(two, { language: 'en', version: 3, content: someParts({ body: 'Third.' }) }),
    ).toEqual({ ok: true, version: 3 });
    expect((await saves(one, 'en', 1)).rows.map(({ version, by }) => [version, by])).toEqual([
      [3, two.email],
      [2, one.email],
      [1, null],
    ]);
    expect(await savedText(one, 'en', 2)).toMatchObject({
      by: one.email,
      content: someParts({ body: 'Second.' }),
    });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      publicVersion: 1,
      revision: null,
    });
  });

  it('an owner who saves after a colleague is shown who changed what, overwrites nothing, and can save on top of it', async () => {
    const { one, two } = await aDraft();
    await saveText(one, {
      language: 'en',
      version: 1,
      content: someParts({ body: 'Theirs.', closing: 'In hope,' }),
    });
    const mine = someParts({ body: 'Mine.', title: 'A better title' });
    const answer = await saveText(two, { language: 'en', version: 1, content: mine });
    if (answer.ok || answer.reason !== 'changed') throw new Error('saved over a colleague');
    expect(answer).toMatchObject({
      reason: 'changed',
      version: 2,
      by: [one.email],
      base: someParts(),
      theirs: someParts({ body: 'Theirs.', closing: 'In hope,' }),
    });
    const merged = merge(answer.base, answer.theirs, mine);
    expect(merged).toEqual({
      content: { ...mine, closing: 'In hope,' },
      taken: ['closing'],
      both: ['body'],
    });
    expect(
      await saveText(two, { language: 'en', version: answer.version, content: merged.content }),
    ).toEqual({ ok: true, version: 3 });
    expect((await savedText(one, 'en', 2))!.content.body).toBe('Theirs.');
    expect((await workingTexts(one))[0]!.content).toEqual(merged.content);
  });

  it('twenty concurrent edits of one text lose nothing', async () => {
    const { letter } = await aDraft();
    const owners = await Promise.all(Array.from({ length: 20 }, () => anOwner(letter)));
    const conflicts: number[] = [];
    await Promise.all(
      owners.map(async (owner, n) => {
        // Each adds a sentence and keeps the others', like a person who is shown the others'
        // changes.
        let version = 1;
        let calls = [`call ${n}`];
        for (;;) {
          const answer = await saveText(owner, {
            language: 'en',
            version,
            content: someParts({ calls }),
          });
          if (answer.ok || answer.reason !== 'changed') return;
          conflicts.push(n);
          version = answer.version;
          calls = [...answer.theirs!.calls, `call ${n}`];
        }
      }),
    );
    expect(conflicts.length).toBeGreaterThanOrEqual(19);
    expect(new Set((await workingTexts(owners[0]!))[0]!.content.calls).size).toBe(20);
    expect(
      (await db().textSave.findMany({ where: { letterId: letter.id } }))
        .map(({ version }) => version)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 21 }, (_, n) => n + 1));
  });

  it('of two owners who create a text in a second language concurrently, one is shown the other’s', async () => {
    const { one, two } = await aDraft();
    const answers = await Promise.all(
      [one, two].map((owner) =>
        saveText(owner, {
          language: 'ja',
          version: 0,
          content: someParts({ title: owner === one ? 'One' : 'Two' }),
        }),
      ),
    );
    expect(answers.map((answer) => answer.ok).sort()).toEqual([false, true]);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({
      reason: 'changed',
      version: 1,
      base: null,
    });
  });

  it('a text that is not authoritative can be removed; its saves are kept and it can be written again', async () => {
    const { one, two } = await aDraft();
    await saveText(one, { language: 'ja', version: 0, content: someParts({ title: '題' }) });
    expect(await removeText(one, { language: 'en', version: 1 })).toEqual({
      ok: false,
      reason: 'authoritative',
    });
    expect(await removeText(one, { language: 'ja', version: 7 })).toEqual({
      ok: false,
      reason: 'changed',
    });
    expect(await removeText(one, { language: 'ja', version: 1 })).toEqual({ ok: true });
    expect((await workingTexts(one)).map(({ language }) => language)).toEqual(['en']);
    expect(
      (await saves(one, 'ja', 1)).rows.map(({ version, removed }) => [version, removed]),
    ).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(await savedText(one, 'ja', 2)).toBeNull();
    const late = await saveText(two, {
      language: 'ja',
      version: 1,
      content: someParts({ title: '別の題' }),
    });
    expect(late).toMatchObject({ ok: false, version: 0, theirs: null, by: [one.email] });
    expect(
      await saveText(two, { language: 'ja', version: 0, content: someParts({ title: '別の題' }) }),
    ).toEqual({ ok: true, version: 3 });
  });

  it('a published text cannot be removed', async () => {
    const letter = await aLetter({ texts: { en: someParts(), ja: someParts({ title: '題' }) } });
    expect(await removeText(await anOwner(letter), { language: 'ja', version: 1 })).toEqual({
      ok: false,
      reason: 'published',
    });
  });
});
