import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { endorse } from '@/tests/support/sign-up';
import type { RevisionKind } from '@/lib/revision/content';
import { writeRevision } from '@/lib/revision/commands';
import { confirm } from '@/lib/endorsement/verification/commands';
import { sendNewLink } from '@/tests/support/sign-up';
import { confirmation } from '@/lib/endorsement/verification/queries';
import { publicLetter, publicLetters } from '@/lib/signatories/public-letter/queries';
import {
  coordinatingOrganizations,
  publicCounts,
  searchSignatories,
  signatories,
} from '@/lib/signatories/queries';
import { aLetter, anEndorsement, aSignUp, someParts } from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';

/** Publishes a further revision of the letter. */
const republish = (letterId: string, kind: RevisionKind, body: string) =>
  writeRevision(db(), letterId, {
    kind,
    reason: { en: 'Why.' },
    texts: { en: someParts({ body }) },
    authoritativeLanguage: 'en',
    date: '2025-04-23',
    publishedAt: new Date(),
    publishedById: null,
  });

const signedBy = (email: string) =>
  db().endorsement.findFirstOrThrow({ where: { contact: { email } } });
const namesIn = async (slug: string, list: 'listed' | 'added' | 'earlier') => {
  const { id } = (await publicLetter(slug))!;
  return (await signatories(id, list)).map(({ names }) => names.en);
};

describe('the signed text', () => {
  it('an endorsement records the revision that its representative saw', async () => {
    const letter = await aLetter();
    await republish(letter.id, 'correction', 'Corrected.');
    const [early, late, silent] = [aSignUp(), aSignUp(), aSignUp()];
    expect(await endorse(letter.slug, early, 1)).toEqual({ ok: true });
    expect(await endorse(letter.slug, late, 2)).toEqual({ ok: true });
    expect(await endorse(letter.slug, silent)).toEqual({ ok: true });
    const signed = await Promise.all(
      [early, late, silent].map((signUp) => signedBy(signUp.representativeEmail)),
    );
    expect(signed.map(({ revision, signedRevision }) => [revision, signedRevision])).toEqual([
      [1, 1],
      [2, 2],
      [2, 2],
    ]);
    const unheardOf = aSignUp();
    expect(await endorse(letter.slug, unheardOf, 99)).toEqual({ ok: true });
    expect((await signedBy(unheardOf.representativeEmail)).revision).toBe(2);
  });

  it('a sign-up is refused if there was a change of substance since its page was rendered', async () => {
    const letter = await aLetter();
    await republish(letter.id, 'substance', 'Another demand.');
    const signUp = aSignUp();
    expect(await endorse(letter.slug, signUp, 1)).toEqual({
      ok: false,
      reason: 'changed',
      revision: 2,
    });
    expect(await mailsTo(signUp.representativeEmail)).toEqual([]);
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(0);
    expect(await endorse(letter.slug, signUp, 2)).toEqual({ ok: true });
  });

  it('a sign-up from before a change of substance can be confirmed for the new text once it was shown', async () => {
    const letter = await aLetter();
    const signUp = aSignUp();
    await endorse(letter.slug, signUp, 1);
    await republish(letter.id, 'substance', 'Another demand.');
    await republish(letter.id, 'correction', 'Another demand, corrected.');
    const token = tokenOf((await mailsTo(signUp.representativeEmail))[0]!);
    expect(await confirmation(token)).toMatchObject({
      state: 'ready',
      changedSince: true,
      revision: 3,
    });
    for (const seen of [0, 1])
      expect(await confirm(token, seen)).toEqual({ ok: false, reason: 'changed' });
    expect((await signedBy(signUp.representativeEmail)).state).toBe('submitted');
    expect(await confirm(token, 2)).toMatchObject({ ok: true });
    expect(await signedBy(signUp.representativeEmail)).toMatchObject({
      state: 'verified',
      revision: 2,
      signedRevision: 2,
    });
    await sendNewLink(token);
    const mails = await mailsTo(signUp.representativeEmail);
    expect(mails.map(({ kind }) => kind).sort()).toEqual(['confirm', 'confirmed']);
  });
});

describe('signing after the letter has closed', () => {
  const closesAt = new Date(Date.now() - 3_600_000);

  it('sign-ups are refused if late ones are disabled or the letter is archived', async () => {
    const closed = await aLetter({ closesAt });
    expect(await endorse(closed.slug, aSignUp())).toEqual({ ok: false, reason: 'closed' });
    const archived = await aLetter({ closesAt, afterClosing: 'added', archivedAt: new Date() });
    expect(await endorse(archived.slug, aSignUp())).toEqual({ ok: false, reason: 'closed' });
  });

  it('a late signatory is listed separately if late sign-ups are enabled', async () => {
    const letter = await aLetter({ closesAt, afterClosing: 'added' });
    await anEndorsement(letter.id, {
      state: 'approved',
      nameEn: 'In time',
      submittedAt: new Date(closesAt.getTime() - 1),
    });
    await anEndorsement(letter.id, { state: 'approved', nameEn: 'Late', submittedAt: closesAt });
    await anEndorsement(letter.id, {
      state: 'approved',
      visibility: 'withheld',
      nameEn: 'Late and withheld',
    });
    expect(await namesIn(letter.slug, 'listed')).toEqual(['In time']);
    expect(await namesIn(letter.slug, 'added')).toEqual(['Late']);
    expect(await publicCounts(letter.id)).toMatchObject({
      total: 3,
      listed: { named: 1, withheld: 0, total: 1 },
      added: { named: 1, withheld: 1, total: 2 },
    });
    const signUp = aSignUp();
    expect(await endorse(letter.slug, signUp)).toEqual({ ok: true });
  });
});

describe('the text that signatories stand behind', () => {
  it('a signatory of an earlier text is listed separately and counted separately', async () => {
    const letter = await aLetter();
    await anEndorsement(letter.id, { state: 'approved', nameEn: 'Before', coordinating: true });
    await republish(letter.id, 'substance', 'Another demand.');
    await republish(letter.id, 'correction', 'Corrected.');
    await anEndorsement(letter.id, {
      state: 'approved',
      nameEn: 'Affirmed',
      revision: 2,
      coordinating: true,
    });
    await anEndorsement(letter.id, {
      state: 'approved',
      nameEn: 'After',
      revision: 3,
      signedRevision: 3,
    });
    expect(await namesIn(letter.slug, 'earlier')).toEqual(['Before']);
    expect((await namesIn(letter.slug, 'listed')).sort()).toEqual(['Affirmed', 'After']);
    expect(await publicCounts(letter.id)).toMatchObject({
      total: 2,
      named: 2,
      coordinating: 1,
      earlier: { total: 1, coordinating: 1 },
    });
    const summary = (await publicLetters()).find(({ slug }) => slug === letter.slug);
    expect(summary).toMatchObject({ total: 3 });
    const first = await coordinatingOrganizations(letter.id);
    expect(Object.fromEntries(first.map(({ names, isBehind }) => [names.en, isBehind]))).toEqual({
      Affirmed: true,
      Before: false,
    });
  });

  it('search finds published names, but not readings or withheld names', async () => {
    const letter = await aLetter();
    await anEndorsement(letter.id, {
      state: 'approved',
      nameJa: '平和の会',
      reading: 'へいわのかい',
      nameEn: '100% Peace_Group',
    });
    await anEndorsement(letter.id, {
      state: 'approved',
      visibility: 'withheld',
      nameJa: '平和の秘密',
      reading: 'へいわのひみつ',
      nameEn: null,
    });
    await anEndorsement(letter.id, {
      state: 'verified',
      nameJa: '平和の待機',
      reading: 'へいわのたいき',
      nameEn: null,
    });
    const found = async (text: string) =>
      (await searchSignatories(letter.id, text, 10)).items.map(({ names }) => names.ja);
    expect(await found('平和')).toEqual(['平和の会']);
    expect(await found(' peace_g')).toEqual(['平和の会']);
    expect(await found('peaceXg')).toEqual([]);
    expect(await found('0%')).toEqual(['平和の会']);
    for (const nothing of [
      'へいわ',
      'example.org',
      '秘密',
      '待機',
      '',
      '  ',
      '%',
      '\u0000',
      '＿＿',
    ]) {
      expect(await found(nothing), nothing).toEqual([]);
    }
  });
});

describe('names that are withheld', () => {
  it('a letter that does not offer it accepts no sign-up with a withheld name', async () => {
    const letter = await aLetter({ listSettings: { offersWithheld: false } });
    expect(await endorse(letter.slug, aSignUp({ visibility: 'withheld' }))).toEqual({
      ok: false,
      reason: 'withheld-not-offered',
    });
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: true });
  });
});
