import { describe, expect, it } from 'vitest';
import {
  changeBasics,
  changeSlug,
  createLetter,
  makeDraftLink,
  removeText,
  revokeDraftLink,
  saveText,
} from '@/lib/letter/text/commands';
import { draftLinks, savedText, saves, sharedDraft, workingTexts } from '@/lib/letter/text/queries';
import { merge } from '@/lib/letter/text/rules';
import { normaliseText } from '@/lib/platform/text/normalise';
import { CONTENT_MAX, newLetterSchema, partsSchema } from '@/lib/letter/text/schema';
import { findLetter, movedTo } from '@/lib/letter/queries';
import { letterAccess, letterMaker } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { writeRevision } from '@/lib/revision/commands';
import { aCoordinator, aLetter, anAddress, anOwner, someParts } from '@/tests/support/factories';

const newLetter = (over: Record<string, unknown> = {}) =>
  newLetterSchema.parse({
    titleJa: '気候正義のための共同書簡',
    titleEn: '',
    authoritativeLanguage: 'ja',
    date: '2026-12-01',
    timeZone: 'Asia/Tokyo',
    address: '',
    ...over,
  });

const aPerson = async () => {
  const person = await db().coordinator.create({ data: { email: anAddress('maker') } });
  return { ...person, maker: (await letterMaker(person.id))! };
};

let made = 0;
const aSlug = () => `made-${process.pid}-${(made += 1)}`;

/** A draft with an English text, and two who own it. */
async function aDraft() {
  const letter = await aLetter({ opensAt: null });
  return { letter, one: await anOwner(letter), two: await anOwner(letter) };
}

const typed = (over: Record<string, string> = {}) => partsSchema.safeParse({ title: 'T', ...over });
const auditOf = (letterId: string) =>
  db().auditEvent.findMany({ where: { letterId }, orderBy: { id: 'asc' } });

describe('a coordinator makes a letter', () => {
  it('with a Japanese title: owns it, and its text and both audit rows are there', async () => {
    const person = await aPerson();
    const slug = aSlug();
    expect(await createLetter(person.maker, newLetter(), slug)).toEqual({ ok: true, slug });
    const owner = (await letterAccess(person.id, slug, 'owner'))!;
    expect(await workingTexts(owner)).toMatchObject([
      {
        language: 'ja',
        version: 1,
        parts: { title: '気候正義のための共同書簡', dateLine: '2026年12月1日', body: '' },
      },
    ]);
    expect((await saves(owner, 'ja', 1)).rows).toMatchObject([
      { version: 1, by: person.email, removed: false },
    ]);
    expect(await db().letter.findUnique({ where: { slug } })).toMatchObject({
      opensAt: null,
      revision: null,
      timeZone: 'Asia/Tokyo',
      date: new Date('2026-12-01'),
    });
    expect(await auditOf(owner.letterId)).toMatchObject([
      {
        action: 'create_letter',
        actorId: person.id,
        after: { slug, authoritativeLanguage: 'ja', date: '2026-12-01', timeZone: 'Asia/Tokyo' },
      },
      {
        action: 'grant_role',
        actorId: person.id,
        before: { coordinator: person.id, role: null },
        after: { coordinator: person.id, role: 'owner' },
      },
    ]);
  });

  it('in both languages, the English text authoritative', async () => {
    const person = await aPerson();
    const slug = aSlug();
    await createLetter(
      person.maker,
      newLetter({ titleEn: 'Climate justice', authoritativeLanguage: 'en' }),
      slug,
    );
    const owner = (await letterAccess(person.id, slug, 'owner'))!;
    expect(
      (await workingTexts(owner)).map(({ language, parts }) => [
        language,
        parts.title,
        parts.dateLine,
      ]),
    ).toEqual([
      ['ja', '気候正義のための共同書簡', '2026年12月1日'],
      ['en', 'Climate justice', 'December 1, 2026'],
    ]);
  });

  it('at an address that a letter has, or had: is told a free one', async () => {
    const person = await aPerson();
    const taken = aSlug();
    await createLetter(person.maker, newLetter(), taken);
    expect(await createLetter(person.maker, newLetter(), taken)).toEqual({
      ok: false,
      reason: 'slug-taken',
      free: `${taken}-2`,
    });
    const owner = (await letterAccess(person.id, taken, 'owner'))!;
    await changeSlug(owner, `${taken}-new`);
    expect(await createLetter(person.maker, newLetter(), taken)).toEqual({
      ok: false,
      reason: 'slug-taken',
      free: `${taken}-2`,
    });
    await createLetter(person.maker, newLetter(), `${taken}-2`);
    expect(await createLetter(person.maker, newLetter(), taken)).toMatchObject({
      free: `${taken}-3`,
    });
  });

  it('at one address with nine others at the same moment: one gets it', async () => {
    const person = await aPerson();
    const slug = aSlug();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => createLetter(person.maker, newLetter(), slug)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.free === `${slug}-2`)).toHaveLength(9);
  });

  it('without a title, with an authoritative text that has none, on no date or in no zone: is told so, all at once', () => {
    const wrong = (over: Record<string, unknown>) =>
      newLetterSchema
        .safeParse({
          titleJa: '',
          titleEn: '',
          authoritativeLanguage: 'ja',
          date: '2026-02-30',
          timeZone: 'Mars/Olympus',
          address: '',
          ...over,
        })
        .error!.issues.map(({ path, message }) => [path[0], message]);
    expect(wrong({})).toEqual([
      ['titleJa', 'titleRequired'],
      ['date', 'invalidDate'],
      ['timeZone', 'invalidZone'],
    ]);
    expect(wrong({ titleEn: 'A', date: '2026-02-28', timeZone: 'Asia/Tokyo' })).toEqual([
      ['authoritativeLanguage', 'authoritativeWithoutTitle'],
    ]);
  });
});

describe('a coordinator writes', () => {
  it('a text: line breaks, Unicode form and what cannot be written are put right, full-width signs stay', () => {
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
      salutation: '',
      valediction: '',
    });
  });

  it('a megabyte of spaces: it is read within a moment', () => {
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

  it('more than a part holds: each part is told its limit, and one less is taken', () => {
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

  it('and saves: the version grows and each save is kept; saved unchanged, nothing is written', async () => {
    const { letter, one, two } = await aDraft();
    expect(
      await saveText(one, { language: 'en', version: 1, parts: someParts({ body: 'Second.' }) }),
    ).toEqual({ ok: true, version: 2 });
    expect(
      await saveText(two, { language: 'en', version: 2, parts: someParts({ body: 'Third.' }) }),
    ).toEqual({ ok: true, version: 3 });
    expect(
      await saveText(two, { language: 'en', version: 3, parts: someParts({ body: 'Third.' }) }),
    ).toEqual({ ok: true, version: 3 });
    expect((await saves(one, 'en', 1)).rows.map(({ version, by }) => [version, by])).toEqual([
      [3, two.email],
      [2, one.email],
      [1, null],
    ]);
    expect(await savedText(one, 'en', 2)).toMatchObject({
      by: one.email,
      parts: someParts({ body: 'Second.' }),
    });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      publicVersion: 1,
      revision: null,
    });
  });

  it('what a colleague has changed meanwhile: is told by whom and what, overwrites nothing, and can save on top', async () => {
    const { one, two } = await aDraft();
    await saveText(one, {
      language: 'en',
      version: 1,
      parts: someParts({ body: 'Theirs.', closing: 'In hope,' }),
    });
    const mine = someParts({ body: 'Mine.', title: 'A better title' });
    const answer = await saveText(two, { language: 'en', version: 1, parts: mine });
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
      parts: { ...mine, closing: 'In hope,' },
      taken: ['closing'],
      both: ['body'],
    });
    expect(
      await saveText(two, { language: 'en', version: answer.version, parts: merged.parts }),
    ).toEqual({ ok: true, version: 3 });
    expect((await savedText(one, 'en', 2))!.parts.body).toBe('Theirs.');
    expect((await workingTexts(one))[0]!.parts).toEqual(merged.parts);
  });

  it('at one text with nineteen others at once: nothing that anybody wrote is lost', async () => {
    const { letter } = await aDraft();
    const owners = await Promise.all(Array.from({ length: 20 }, () => anOwner(letter)));
    const conflicts: number[] = [];
    await Promise.all(
      owners.map(async (owner, n) => {
        // Each adds a call of their own, keeping what stands, as a person does who is shown what others changed.
        let version = 1;
        let calls = [`call ${n}`];
        for (;;) {
          const answer = await saveText(owner, {
            language: 'en',
            version,
            parts: someParts({ calls }),
          });
          if (answer.ok || answer.reason !== 'changed') return;
          conflicts.push(n);
          version = answer.version;
          calls = [...answer.theirs!.calls, `call ${n}`];
        }
      }),
    );
    expect(conflicts.length).toBeGreaterThanOrEqual(19);
    expect(new Set((await workingTexts(owners[0]!))[0]!.parts.calls).size).toBe(20);
    expect(
      (await db().textSave.findMany({ where: { letterId: letter.id } }))
        .map(({ version }) => version)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 21 }, (_, n) => n + 1));
  });

  it('a second language at once with a colleague: one is first, the other is told', async () => {
    const { one, two } = await aDraft();
    const answers = await Promise.all(
      [one, two].map((owner) =>
        saveText(owner, {
          language: 'ja',
          version: 0,
          parts: someParts({ title: owner === one ? 'One' : 'Two' }),
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

  it('removes a text that is neither authoritative nor published; its saves stay and it can be written again', async () => {
    const { one, two } = await aDraft();
    await saveText(one, { language: 'ja', version: 0, parts: someParts({ title: '題' }) });
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
      parts: someParts({ title: '別の題' }),
    });
    expect(late).toMatchObject({ ok: false, version: 0, theirs: null, by: [one.email] });
    expect(
      await saveText(two, { language: 'ja', version: 0, parts: someParts({ title: '別の題' }) }),
    ).toEqual({ ok: true, version: 3 });
  });

  it('but not a published one', async () => {
    const letter = await aLetter({ texts: { en: someParts(), ja: someParts({ title: '題' }) } });
    expect(await removeText(await anOwner(letter), { language: 'ja', version: 1 })).toEqual({
      ok: false,
      reason: 'published',
    });
  });
});

describe('a coordinator settles a letter', () => {
  it('at another address before it opens: the old one leads to it, and it can go back', async () => {
    const { letter, one } = await aDraft();
    const slug = aSlug();
    expect(await changeSlug(one, slug)).toEqual({ ok: true, slug });
    expect(
      await movedTo(letter.slug),
      'nobody learns where a letter stands that has not opened',
    ).toBeNull();
    expect(await findLetter(letter.slug)).toBeNull();
    expect(await changeSlug(one, letter.slug)).toEqual({ ok: true, slug: letter.slug });
    await writeRevision(db(), letter.id, {
      kind: 'first',
      reason: null,
      texts: { en: someParts() },
      authoritativeLanguage: 'en',
      date: '2025-04-23',
      publishedAt: new Date(),
      publishedById: null,
    });
    await db().letter.update({ where: { id: letter.id }, data: { opensAt: new Date() } });
    expect(await movedTo(letter.slug)).toBeNull();
    expect(await movedTo(slug)).toBe(letter.slug);
    expect(
      (await auditOf(letter.id)).map(({ action, before, after }) => [action, before, after]),
    ).toEqual([
      ['change_slug', { slug: letter.slug }, { slug }],
      ['change_slug', { slug }, { slug: letter.slug }],
    ]);
  });

  it('but not once it has opened, nor at another letter’s address', async () => {
    const open = await aLetter();
    const planned = await aLetter({ opensAt: new Date(Date.now() + 3_600_000) });
    expect(await changeSlug(await anOwner(open), aSlug())).toEqual({ ok: false, reason: 'opened' });
    expect(await changeSlug(await anOwner(planned), open.slug)).toEqual({
      ok: false,
      reason: 'slug-taken',
      free: `${open.slug}-2`,
    });
    expect(await changeSlug(await anOwner(planned), aSlug())).toMatchObject({ ok: true });
  });

  it('with another authoritative text while nothing is published, and with a date at any time', async () => {
    const { letter, one } = await aDraft();
    expect(await changeBasics(one, { date: '2027-01-02', authoritativeLanguage: 'ja' })).toEqual({
      ok: false,
      reason: 'no-text',
    });
    await saveText(one, { language: 'ja', version: 0, parts: someParts({ title: '題' }) });
    expect(await changeBasics(one, { date: '2027-01-02', authoritativeLanguage: 'ja' })).toEqual({
      ok: true,
    });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      date: new Date('2027-01-02'),
      authoritativeLanguage: 'ja',
    });
    const before = letter.date.toISOString().slice(0, 10);
    expect(
      (await auditOf(letter.id)).map(({ action, before, after }) => [action, before, after]),
    ).toEqual([
      [
        'set_basics',
        { date: before, authoritativeLanguage: 'en' },
        { date: '2027-01-02', authoritativeLanguage: 'ja' },
      ],
    ]);
    const published = await aLetter({ texts: { en: someParts(), ja: someParts({ title: '題' }) } });
    const owner = await anOwner(published);
    expect(await changeBasics(owner, { date: '2027-01-02', authoritativeLanguage: 'ja' })).toEqual({
      ok: false,
      reason: 'published',
    });
    expect(await changeBasics(owner, { date: '2027-01-02', authoritativeLanguage: 'en' })).toEqual({
      ok: true,
    });
  });
});

describe('a coordinator shows a draft to partners', () => {
  it('by a link whose secret is stored nowhere; it shows the texts as they are written until it is revoked', async () => {
    const { letter, one, two } = await aDraft();
    const { token } = await makeDraftLink(one, { label: 'Amnesty', days: 7 });
    const [row] = await draftLinks(two);
    expect(row).toMatchObject({ label: 'Amnesty', by: one.email, state: 'works' });
    expect(
      JSON.stringify(await db().draftLink.findMany({ where: { letterId: letter.id } })),
    ).not.toContain(token);
    expect(await sharedDraft(token)).toMatchObject({
      slug: letter.slug,
      opened: false,
      texts: [{ language: 'en', ...someParts() }],
    });
    await saveText(two, { language: 'en', version: 1, parts: someParts({ body: 'Newer.' }) });
    expect((await sharedDraft(token))!.texts[0]!.body).toBe('Newer.');
    expect(await revokeDraftLink(two, row!.id)).toEqual({ ok: true });
    expect(await sharedDraft(token)).toBeNull();
    expect(await revokeDraftLink(two, row!.id)).toEqual({ ok: false, reason: 'not-found' });
    expect((await auditOf(letter.id)).map(({ action, actorId }) => [action, actorId])).toEqual([
      ['make_draft_link', one.coordinatorId],
      ['revoke_draft_link', two.coordinatorId],
    ]);
    expect(JSON.stringify((await auditOf(letter.id)).map(({ after }) => after))).not.toContain(
      token,
    );
  });

  it('until it expires, and an unknown or broken link never', async () => {
    const { letter, one } = await aDraft();
    const { token } = await makeDraftLink(one, { label: 'A', days: 7 });
    await db().draftLink.updateMany({
      where: { letterId: letter.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await sharedDraft(token)).toBeNull();
    expect((await draftLinks(one))[0]!.state).toBe('expired');
    for (const unknown of ['', 'x', '\0'.repeat(43), 'A'.repeat(43)])
      expect(await sharedDraft(unknown)).toBeNull();
  });

  it('of their letter only: another letter’s owner cannot revoke it', async () => {
    const { one } = await aDraft();
    const { token } = await makeDraftLink(one, { label: 'A', days: 90 });
    const stranger = (await aDraft()).one;
    expect(await revokeDraftLink(stranger, (await draftLinks(one))[0]!.id)).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect(await draftLinks(stranger)).toEqual([]);
    expect(await sharedDraft(token)).not.toBeNull();
  });

  it('and once the letter has opened, the link knows it', async () => {
    const letter = await aLetter();
    const { token } = await makeDraftLink(await anOwner(letter), { label: 'A', days: 7 });
    expect(await sharedDraft(token)).toMatchObject({ opened: true, slug: letter.slug });
  });
});

describe('roles', () => {
  it('whoever may only review or look is no owner, so commands of writing cannot be called for them', async () => {
    const letter = await aLetter({ opensAt: null });
    for (const role of ['observer', 'reviewer'] as const) {
      const { coordinator } = await aCoordinator(letter, role);
      expect(await letterAccess(coordinator.id, letter.slug, 'owner')).toBeNull();
    }
  });
});
