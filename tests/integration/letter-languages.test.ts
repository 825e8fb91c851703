import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { letterAccess, letterMaker } from '@/lib/coordinator/access';
import { changeBasics, createLetter } from '@/lib/letter/commands';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { removeText, saveText } from '@/lib/letter/text/commands';
import { renewDerived } from '@/lib/endorsement/renewal/commands';
import { listSettings } from '@/lib/letter/list-settings';
import { saveListSettings } from '@/lib/signatories/settings/commands';
import { editUpdate, postUpdate } from '@/lib/update/commands';
import { managedUpdates } from '@/lib/update/queries';
import { setTimes } from '@/lib/letter/times/commands';
import { timesFields, toTimes } from '@/lib/letter/times/queries';
import { canonicalJson, hex, sha256 } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { publicLetter, publicLetters } from '@/lib/signatories/public-letter/queries';
import { searchSignatories, signatories } from '@/lib/signatories/queries';
import { anAddress, anEndorsement, aLetter, someParts } from '@/tests/support/factories';
import { publishAs } from '@/tests/support/publishing';
import { refusalOf } from '@/tests/support/refusal';
import { letterFor, timesFor } from '@/tests/support/managed';

const KOREAN = someParts({ title: '국제형사재판소에 관한 공동서한', body: '본문.' });
const FRENCH = someParts({ title: 'Lettre commune', body: 'Le texte.' });

/** A letter with an authoritative Korean text, published and opened. */
async function inKorean() {
  const person = await db().coordinator.create({ data: { email: anAddress('maker') } });
  const slug = anAddress('ko').split('@')[0]!;
  const made = {
    titles: { ko: KOREAN.title },
    authoritativeLanguage: 'ko',
    date: '2026-12-01',
    timeZone: 'Asia/Seoul',
  };
  expect(await createLetter(letterMaker(person)!, made, slug)).toEqual({ ok: true, slug });
  const owner = (await letterAccess(person, slug, 'publish'))!;
  expect(await saveText(owner, { language: 'ko', version: 1, content: KOREAN })).toMatchObject({
    ok: true,
  });
  expect(await publishAs(owner, 'first')).toMatchObject({ ok: true, number: 1 });
  const seen = toTimes(
    await db().letter.findUniqueOrThrow({ where: { slug }, select: timesFields }),
  );
  const now = new Date();
  expect(
    await setTimes(owner, seen, { ...seen, opensAt: now, closesLabel: { ko: '마감' } }, now),
  ).toMatchObject({ ok: true });
  return { owner, slug, letterId: owner.letterId };
}

const titlesOf = async (letterId: string) =>
  (
    await db().revisionTitle.findMany({
      where: { letterId },
      orderBy: [{ number: 'asc' }, { language: 'asc' }],
    })
  ).map(({ number, language, title }) => [number, language, title]);

describe('letters in languages that forms do not offer', () => {
  it('a Korean letter can be created, published and opened by commands, and is shown to readers of any language', async () => {
    const { slug } = await inKorean();
    const letter = (await publicLetter(slug))!;
    expect(letter).toMatchObject({
      status: 'open',
      authoritativeLanguage: 'ko',
      texts: [{ language: 'ko', ...KOREAN }],
      revision: { number: 1 },
    });
    expect((await publicLetters()).find((other) => other.slug === slug)).toMatchObject({
      texts: [{ language: 'ko', title: KOREAN.title }],
    });
    const titled = await db().letter.findUniqueOrThrow({ where: { slug }, select: titledFields });
    for (const reader of ['ko', 'ja', 'en', 'fr'])
      expect(titleIn(titled, reader)).toBe(KOREAN.title);
  });

  it('a Korean letter can have a French translation, whose title the database derives', async () => {
    const { owner, slug, letterId } = await inKorean();
    expect(await titlesOf(letterId)).toEqual([[1, 'ko', KOREAN.title]]);
    expect(await saveText(owner, { language: 'fr', version: 0, content: FRENCH })).toEqual({
      ok: true,
      version: 1,
    });
    expect(await publishAs(owner, 'translation', {})).toMatchObject({ ok: true, number: 2 });
    expect(await titlesOf(letterId)).toEqual([
      [1, 'ko', KOREAN.title],
      [2, 'fr', FRENCH.title],
      [2, 'ko', KOREAN.title],
    ]);
    expect((await publicLetter(slug))!.texts.map(({ language }) => language)).toEqual(['ko', 'fr']);
    const titled = await db().letter.findUniqueOrThrow({ where: { slug }, select: titledFields });
    expect(['fr', 'ko', 'en'].map((reader) => titleIn(titled, reader))).toEqual([
      FRENCH.title,
      KOREAN.title,
      KOREAN.title,
    ]);
    expect(await removeText(owner, { language: 'fr', version: 1 })).toEqual({
      ok: false,
      reason: 'published',
    });
  });

  it('`npm run letter:verify` confirms the hashes of a letter in Korean and French', async () => {
    const { owner, slug, letterId } = await inKorean();
    await saveText(owner, { language: 'fr', version: 0, content: FRENCH });
    await publishAs(owner, 'substance', { ko: '이유', fr: 'Une raison' });
    const rows = await db().revision.findMany({
      where: { letterId },
      orderBy: { number: 'asc' },
    });
    for (const { canonical, hash } of rows) {
      expect(canonicalJson(JSON.parse(canonical))).toBe(canonical);
      expect(hex(sha256(canonical))).toBe(hex(hash));
    }
    expect(JSON.parse(rows[1]!.canonical)).toMatchObject({
      format: 'undersigned/revision/3',
      previous: hex(rows[0]!.hash),
      reason: { ko: '이유', fr: 'Une raison' },
      texts: { ko: KOREAN, fr: FRENCH },
    });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'scripts/letter-verify.ts', slug],
      { env: { ...process.env, NODE_OPTIONS: '' } },
    );
    expect(stdout).toContain('2 hashes verified');
    expect(stdout).not.toContain('WRONG');
  }, 120_000);

  it('an organization is shown and found by its Korean name, and a deadline has a Korean label', async () => {
    const { letterId, owner } = await inKorean();
    const { id } = await anEndorsement(letterId, { state: 'approved', nameJa: null });
    await db().endorsementName.create({
      data: { endorsementId: id, language: 'ko', name: '평화연대' },
    });
    await db().$transaction((tx) => renewDerived(tx, letterId, listSettings({})));
    const names = { en: 'Tokyo Peace Group', ko: '평화연대' };
    expect(await signatories(letterId, 'listed')).toMatchObject([{ names }]);
    expect((await searchSignatories(letterId, '연대', 10)).items).toMatchObject([{ names }]);
    expect(await letterFor(owner, 'ko')).toMatchObject({
      title: KOREAN.title,
      titleLanguage: 'ko',
      closesLabel: { ko: '마감' },
    });
  });
});

describe('what a form saves in a language that it does not offer', () => {
  it('the labels of deadlines, headings and updates stay in that language', async () => {
    const { owner } = await inKorean();
    const times = await timesFor(owner);
    const typed = { ...times, closesLabel: { en: 'Deadline' } };
    expect(await setTimes(owner, times, typed)).toEqual({ ok: true, changed: true });
    const labelled = await timesFor(owner);
    expect(labelled.closesLabel).toEqual({ en: 'Deadline', ko: '마감' });
    // Saved again as shown, nothing changes.
    expect(await setTimes(owner, labelled, typed)).toEqual({ ok: true, changed: false });

    const settingsNow = async () => (await letterFor(owner, 'ko')).listSettings;
    const seen = await settingsNow();
    const korean = { coordinating: {}, all: { ko: '서명 단체' } };
    const settings = { ...seen, headings: korean };
    await saveListSettings(owner, { settings, seen });
    const english = { coordinating: {}, all: { en: 'Signatories' } };
    expect(
      await saveListSettings(owner, {
        settings: { ...settings, headings: english },
        seen: settings,
      }),
    ).toEqual({ ok: true, changed: true });
    expect((await settingsNow()).headings.all).toEqual({ ...english.all, ...korean.all });

    const text = { title: '소식', body: '본문' };
    const update = { kind: 'update', date: '2026-12-01' } as const;
    const posted = await postUpdate(owner, { ...update, texts: { ko: text } });
    const en = { title: 'News', body: 'Text' };
    const version = { id: posted.id, version: 1 };
    expect(await editUpdate(owner, version, { ...update, texts: { en } })).toEqual({ ok: true });
    expect(await managedUpdates(owner)).toMatchObject([{ texts: { en, ko: text } }]);
  });
});

describe('the authoritative text', () => {
  it('the authoritative language must be one of the letter’s languages, enforced by a constraint', async () => {
    const letter = await aLetter({ opensAt: null, texts: { en: someParts(), fr: FRENCH } });
    const owner = (await letterAccess(
      { id: letter.id, email: '', isAdministrator: true },
      letter.slug,
      'editText',
    ))!;
    const coordinatorId = (
      await db().letterRole.findFirstOrThrow({ where: { letterId: letter.id } })
    ).coordinatorId;
    expect(
      await changeBasics(
        { ...owner, coordinatorId },
        { date: '2026-12-01', authoritativeLanguage: 'fr', contactEmail: null },
      ),
    ).toEqual({ ok: true });
    expect(
      await refusalOf(
        db().letter.update({ where: { id: letter.id }, data: { authoritativeLanguage: 'ko' } }),
      ),
    ).toMatch(/letter_authoritative_language_fkey/);
  });
});

describe('language tags in the database', () => {
  const listed = (letterId: string, language: string) =>
    db().letterLanguage.create({ data: { letterId, language } });

  it('the domain rejects language tags that do not have the recommended BCP 47 format', async () => {
    const { id } = await aLetter();
    for (const language of ['fr', 'kok', 'zh-Hant', 'pt-BR', 'es-419', 'sr-Latn-RS'])
      await expect(listed(id, language), language).resolves.toBeTruthy();
    for (const language of [
      'EN_us',
      'en_US',
      'EN',
      'en-us',
      'english',
      'e',
      '',
      'zh-hant',
      ' fr',
      'fr\n',
      'ja; DROP',
    ])
      expect(await refusalOf(listed(id, language)), JSON.stringify(language)).toMatch(
        /^23514 .*language_tag/,
      );
  });

  it('every language column has the domain of language tags', async () => {
    const columns = await db().$queryRaw<{ place: string; domain: string | null }[]>`
      SELECT table_name || '.' || column_name AS place, domain_name AS domain FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name ~ 'language' ORDER BY 1`;
    expect(columns.length).toBeGreaterThan(10);
    expect(columns.filter(({ domain }) => domain !== 'language_tag')).toEqual([]);
  });
});
