import { describe, expect, it } from 'vitest';
import { letterAccess, letterMaker } from '@/lib/coordinator/access';
import { changeBasics, changeSlug, createLetter } from '@/lib/letter/commands';
import { movedTo, signedLetter } from '@/lib/letter/queries';
import { basicsSchema, newLetterSchema } from '@/lib/letter/schema';
import { saveText } from '@/lib/letter/text/commands';
import { saves, workingTexts } from '@/lib/letter/text/queries';
import { db } from '@/lib/platform/db/client';
import { writeRevision } from '@/lib/revision/commands';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { auditOf } from '@/tests/support/audit';
import { aDraft } from '@/tests/support/drafts';
import { aCoordinator, aLetter, anAddress, anOwner, someParts } from '@/tests/support/factories';

const newLetter = (over: Record<string, unknown> = {}) =>
  newLetterSchema.parse({
    titleJa: '気候正義のための共同書簡',
    titleEn: '',
    authoritativeLanguage: 'ja',
    date: '2026-12-01',
    timeZone: 'Asia/Tokyo',
    newSlug: '',
    ...over,
  });

const aPerson = async () => {
  const person = await db().coordinator.create({ data: { email: anAddress('maker') } });
  return { ...person, maker: letterMaker(person)! };
};

let made = 0;
const aSlug = () => `made-${process.pid}-${(made += 1)}`;

describe('creating a letter', () => {
  it('a letter created with a Japanese title has an owner, a text and both audit events', async () => {
    const person = await aPerson();
    const slug = aSlug();
    expect(await createLetter(person.maker, newLetter(), slug)).toEqual({ ok: true, slug });
    const owner = (await letterAccess(person, slug, 'editText'))!;
    expect(await workingTexts(owner)).toMatchObject([
      {
        language: 'ja',
        version: 1,
        content: { title: '気候正義のための共同書簡', dateLine: '2026年12月1日', body: '' },
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

  it('a letter can be created in both languages with English as the authoritative one', async () => {
    const person = await aPerson();
    const slug = aSlug();
    await createLetter(
      person.maker,
      newLetter({ titleEn: 'Climate justice', authoritativeLanguage: 'en' }),
      slug,
    );
    const owner = (await letterAccess(person, slug, 'editText'))!;
    expect(
      (await workingTexts(owner)).map(({ language, content }) => [
        language,
        content.title,
        content.dateLine,
      ]),
    ).toEqual([
      ['ja', '気候正義のための共同書簡', '2026年12月1日'],
      ['en', 'Climate justice', 'December 1, 2026'],
    ]);
  });

  it('a slug that a letter has or had is refused, with an unused one as a suggestion', async () => {
    const person = await aPerson();
    const taken = aSlug();
    await createLetter(person.maker, newLetter(), taken);
    expect(await createLetter(person.maker, newLetter(), taken)).toEqual({
      ok: false,
      reason: 'slug-taken',
      free: `${taken}-2`,
    });
    const owner = (await letterAccess(person, taken, 'editText'))!;
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

  it('of ten letters created concurrently with one slug, one gets it', async () => {
    const person = await aPerson();
    const slug = aSlug();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => createLetter(person.maker, newLetter(), slug)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.free === `${slug}-2`)).toHaveLength(9);
  });

  it('a missing title, an invalid date and an invalid time zone are all reported at once', () => {
    const wrong = (over: Record<string, unknown>) =>
      newLetterSchema
        .safeParse({
          titleJa: '',
          titleEn: '',
          authoritativeLanguage: 'ja',
          date: '2026-02-30',
          timeZone: 'Mars/Olympus',
          newSlug: '',
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

describe('a letter’s slug, date and authoritative text', () => {
  it('an unopened letter’s slug can change and change back, and each change is audited', async () => {
    const { letter, one } = await aDraft();
    const slug = aSlug();
    expect(await changeSlug(one, slug)).toEqual({ ok: true, slug });
    expect(
      await movedTo(letter.slug),
      'nobody learns where a letter stands that has not opened',
    ).toBeNull();
    expect(await signedLetter(letter.slug)).toBeNull();
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

  it('an opened letter keeps its slug, and no letter can take another’s', async () => {
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

  it('an address to write to is public at once, and written down as a value that can be erased', async () => {
    const letter = await aLetter({ texts: { en: someParts() } });
    const owner = await anOwner(letter);
    const version = async () =>
      (await db().letter.findUniqueOrThrow({ where: { id: letter.id } })).publicVersion;
    const before = await version();
    const date = letter.date.toISOString().slice(0, 10);
    const basics = { date, authoritativeLanguage: 'en', contactEmail: 'letters@example.org' };
    expect(await changeBasics(owner, basics)).toEqual({ ok: true });
    expect(await version()).toBe(before + 1);
    expect(await publicLetter(letter.slug)).toMatchObject({ contact: 'letters@example.org' });
    expect(await changeBasics(owner, basics)).toEqual({ ok: true });
    expect(await version()).toBe(before + 1);
    const events = await db().auditEvent.findMany({
      where: { letterId: letter.id, action: 'set_basics' },
      include: { values: true },
    });
    expect(events).toHaveLength(1);
    expect(events[0]!.canonical).not.toContain('letters@example.org');
    expect(events[0]!.values).toMatchObject([
      { path: 'after.contactEmail', value: 'letters@example.org' },
    ]);
  });

  it.each([
    ['', null],
    [' letters@example.org ', 'letters@example.org'],
  ])('the address %j is read as %j', (typed, contactEmail) => {
    const form = { date: '2026-11-01', authoritativeLanguage: 'en', contactEmail: typed };
    expect(basicsSchema.parse(form)).toMatchObject({ contactEmail });
  });

  it('what is no address is refused', () => {
    for (const contactEmail of ['letters', 'a@b@c', `${'x'.repeat(300)}@example.org`])
      expect(
        basicsSchema.safeParse({ date: '2026-11-01', authoritativeLanguage: 'en', contactEmail })
          .success,
      ).toBe(false);
  });

  it('the authoritative text can change until something is published, and the date at any time', async () => {
    const { letter, one } = await aDraft();
    expect(
      await changeBasics(one, {
        date: '2027-01-02',
        authoritativeLanguage: 'ja',
        contactEmail: null,
      }),
    ).toEqual({
      ok: false,
      reason: 'no-text',
    });
    await saveText(one, { language: 'ja', version: 0, content: someParts({ title: '題' }) });
    expect(
      await changeBasics(one, {
        date: '2027-01-02',
        authoritativeLanguage: 'ja',
        contactEmail: null,
      }),
    ).toEqual({
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
        { date: before, authoritativeLanguage: 'en', contactEmail: null },
        { date: '2027-01-02', authoritativeLanguage: 'ja', contactEmail: null },
      ],
    ]);
    const published = await aLetter({ texts: { en: someParts(), ja: someParts({ title: '題' }) } });
    const owner = await anOwner(published);
    expect(
      await changeBasics(owner, {
        date: '2027-01-02',
        authoritativeLanguage: 'ja',
        contactEmail: null,
      }),
    ).toEqual({
      ok: false,
      reason: 'published',
    });
    expect(
      await changeBasics(owner, {
        date: '2027-01-02',
        authoritativeLanguage: 'en',
        contactEmail: null,
      }),
    ).toEqual({
      ok: true,
    });
  });
});

describe('roles', () => {
  it('observers and reviewers have no write access', async () => {
    const letter = await aLetter({ opensAt: null });
    for (const role of ['observer', 'reviewer'] as const) {
      const coordinator = await aCoordinator(letter, role);
      for (const act of ['editText', 'shareDraft', 'publish', 'setTimes'] as const)
        expect(await letterAccess(coordinator, letter.slug, act), `${role} ${act}`).toBeNull();
    }
  });
});
