import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { createLetter } from '@/lib/letter/commands';
import { newLetterSchema } from '@/lib/letter/schema';
import { saveText } from '@/lib/letter/text/commands';
import { listSettings } from '@/lib/letter/list-settings';
import { saveListSettings } from '@/lib/signatories/settings/commands';
import { letterAccess, letterMaker } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { env, type Env } from '@/lib/platform/env';
import { setTimes } from '@/lib/letter/times/commands';
import { mayOpen } from '@/lib/letter/times/queries';
import { aCoordinator, aLetter, anAddress, anOwner, someParts } from '@/tests/support/factories';
import { timesFor } from '@/tests/support/managed';

/** Sets environment variables until the end of the test. */
function told<K extends 'LETTERS_MADE_BY' | 'FIRST_OPENING_BY'>(name: K, value: Env[K]): void {
  const before = env()[name];
  Object.assign(env(), { [name]: value });
  undo.push(() => Object.assign(env(), { [name]: before }));
}
const undo: (() => void)[] = [];
afterEach(() => {
  for (const back of undo.splice(0)) back();
});

const someone = (over: { isAdministrator?: boolean } = {}) =>
  db().coordinator.create({ data: { email: anAddress('maker'), ...over } });

describe('creating a letter', () => {
  test('where only administrators create letters, an administrator can and an observer cannot', async () => {
    told('LETTERS_MADE_BY', 'administrators');
    expect(letterMaker(await aCoordinator(await aLetter(), 'observer'))).toBeNull();
    const maker = letterMaker(await someone({ isAdministrator: true }))!;
    const letter = newLetterSchema.parse({
      titleJa: '書簡',
      titleEn: '',
      authoritativeLanguage: 'ja',
      date: '2026-12-01',
      timeZone: 'Asia/Tokyo',
    });
    expect(
      await createLetter(maker, letter, `by-administrator-${randomUUID().slice(0, 8)}`),
    ).toMatchObject({ ok: true });
  });

  test('where coordinators create letters, any coordinator can', async () => {
    told('LETTERS_MADE_BY', 'coordinators');
    const coordinator = await someone();
    expect(letterMaker(coordinator)).toMatchObject({ coordinatorId: coordinator.id });
  });
});

/** An unopened letter with a revision, and its owner. */
async function published() {
  const letter = await aLetter();
  await db().letter.update({ where: { id: letter.id }, data: { opensAt: null } });
  const owner = await anOwner(letter);
  return { letter, owner, seen: await timesFor(owner) };
}

describe('where administrators open first letters', () => {
  test.each([
    ['now', 0],
    ['tomorrow', 86_400_000],
  ])('an owner whose letters have never opened cannot set an opening %s', async (_, later) => {
    told('FIRST_OPENING_BY', 'administrators');
    const { letter, owner, seen } = await published();
    const now = new Date();
    expect(
      await setTimes(owner, seen, { ...seen, opensAt: new Date(now.getTime() + later) }, now),
    ).toEqual({ ok: false, reason: 'first-opening' });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      opensAt: null,
    });
    expect(await db().auditEvent.count({ where: { letterId: letter.id } })).toBe(0);
  });

  test('an owner whose letters have never opened can set everything except the opening', async () => {
    told('FIRST_OPENING_BY', 'administrators');
    const { owner, seen } = await published();
    expect(
      await setTimes(owner, seen, { ...seen, closesAt: new Date(Date.now() + 86_400_000) }),
    ).toEqual({ ok: true, changed: true });
  });

  test('an administrator can open the letter', async () => {
    told('FIRST_OPENING_BY', 'administrators');
    const { letter, seen } = await published();
    const administrator = (await letterAccess(
      await someone({ isAdministrator: true }),
      letter.slug,
      'setTimes',
    ))!;
    const now = new Date();
    expect(await setTimes(administrator, seen, { ...seen, opensAt: now }, now)).toEqual({
      ok: true,
      changed: true,
    });
  });

  test('an owner of an opened letter can open the next; being its reviewer, or a scheduled opening, does not suffice', async () => {
    told('FIRST_OPENING_BY', 'administrators');
    const now = new Date();
    for (const [role, opensAt, may] of [
      ['owner', new Date('2025-04-01'), true],
      ['reviewer', new Date('2025-04-01'), false],
      ['owner', new Date(now.getTime() + 86_400_000), false],
    ] as const) {
      const { owner, seen } = await published();
      const other = await aLetter({ opensAt });
      await db().letterRole.create({
        data: { letterId: other.id, coordinatorId: owner.coordinatorId, role },
      });
      expect(await mayOpen(owner, now)).toBe(may);
      expect(await setTimes(owner, seen, { ...seen, opensAt: now }, now)).toMatchObject({
        ok: may,
      });
    }
  });
});

test('where owners open first letters, an owner can', async () => {
  told('FIRST_OPENING_BY', 'owners');
  const { owner, seen } = await published();
  const now = new Date();
  expect(await setTimes(owner, seen, { ...seen, opensAt: now }, now)).toEqual({
    ok: true,
    changed: true,
  });
});

describe('web addresses in prominent texts of mails and pages', () => {
  test('a new web address in a title or subject is refused; an existing one may stay', async () => {
    const letter = await aLetter({
      opensAt: null,
      texts: { en: someParts({ title: 'Visit evil.com' }) },
    });
    const owner = await anOwner(letter);
    expect(
      await saveText(owner, {
        language: 'en',
        version: 1,
        content: someParts({ title: 'Go to www.evil.example', subject: 'evil.jp' }),
      }),
    ).toEqual({ ok: false, reason: 'web-address', fields: ['title', 'subject'] });
    expect(
      await saveText(owner, {
        language: 'en',
        version: 1,
        content: someParts({ title: 'Visit evil.com', body: 'New.' }),
      }),
    ).toEqual({ ok: true, version: 2 });
  });

  test('a web address in a heading of the list is refused, and nothing is saved', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const seen = listSettings(letter.listSettings);
    const settings = {
      ...seen,
      headings: { ...seen.headings, all: { en: 'Log in at evil.com' } },
    };
    expect(await saveListSettings(owner, { settings, seen })).toEqual({
      ok: false,
      reason: 'web-address',
      headings: [{ list: 'all', language: 'en' }],
    });
    expect(
      listSettings(
        (await db().letter.findUniqueOrThrow({ where: { id: letter.id } })).listSettings,
      ),
    ).toEqual(seen);
  });
});
