import { describe, expect, it } from 'vitest';
import { endorse } from '@/tests/support/sign-up';
import { db } from '@/lib/platform/db/client';
import { newToken } from '@/lib/platform/tokens';
import { confirm } from '@/lib/endorsement/verification/commands';
import { sendNewLink } from '@/tests/support/sign-up';
import { confirmation, type KnownConfirmation } from '@/lib/endorsement/verification/queries';
import { aCoordinator, aLetter, anAddress, aSignUp } from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';

/** A letter with an unconfirmed sign-up, and the token in its mail. */
async function aSignedLetter(over: Record<string, unknown> = {}) {
  const letter = await aLetter();
  const signUp = aSignUp(over);
  await endorse(letter.slug, signUp);
  const [mail] = await mailsTo(signUp.representativeEmail);
  return { letter, signUp, token: tokenOf(mail!) };
}

const ofAddress = (email: string) => ({ contact: { emailKey: email } });

/** The one endorsement of an address, with its names. */
const rowOf = (email: string) =>
  db().endorsement.findFirstOrThrow({
    where: ofAddress(email),
    include: { names: { orderBy: { language: 'asc' } }, contact: true },
  });

/** The English names and states of a letter's endorsements. */
const standing = async (letterId: string) =>
  (
    await db().endorsement.findMany({
      where: { letterId },
      select: { state: true, names: { where: { language: 'en' } } },
    })
  ).map(({ state, names }) => [names[0]?.name, state]);

describe('a representative confirms', () => {
  it('a thousand concurrent requests result in one confirmation', async () => {
    const { signUp, token } = await aSignedLetter();
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => confirm(token, 1)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'confirmed')).toHaveLength(
      999,
    );
    const row = await rowOf(signUp.representativeEmail);
    expect(row).toMatchObject({ state: 'verified', version: 2 });
    expect(row.contact!.verifiedAt).toEqual(row.verifiedAt);
  }, 90_000); // a thousand at once take their time on a busy machine

  it('a mail scanner that opens the link a hundred times changes nothing, and the representative can still confirm', async () => {
    const { signUp, token } = await aSignedLetter();
    const before = await rowOf(signUp.representativeEmail);
    const looks = await Promise.all(Array.from({ length: 100 }, () => confirmation(token)));
    expect(new Set(looks.map((look) => look.state))).toEqual(new Set(['ready']));
    expect(await rowOf(signUp.representativeEmail)).toEqual(before);
    expect(
      await db().verification.count({
        where: { endorsementId: before.id, usedAt: { not: null } },
      }),
    ).toBe(0);
    expect(await confirm(token, 1)).toMatchObject({ ok: true });
  });

  it('a forged or damaged token confirms nothing', async () => {
    for (const token of [newToken(), '', 'x'.repeat(10_000), '\u0000', '../..', "' OR 1=1 --"]) {
      expect(await confirm(token, 1)).toEqual({ ok: false, reason: 'unknown' });
      expect(await confirmation(token)).toEqual({ state: 'unknown' });
    }
  });

  it('an expired link says so and can be renewed', async () => {
    const { signUp, token } = await aSignedLetter();
    await db().verification.updateMany({
      where: { endorsement: ofAddress(signUp.representativeEmail) },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await confirm(token, 1)).toEqual({ ok: false, reason: 'expired' });
    expect(await confirmation(token)).toMatchObject({ state: 'expired' });
    expect(await sendNewLink(token)).toEqual({ ok: true });
    const [, newer] = await mailsTo(signUp.representativeEmail);
    expect(await confirm(tokenOf(newer!), 1)).toMatchObject({ ok: true });
    expect(await rowOf(signUp.representativeEmail)).toMatchObject({ state: 'verified' });
  });

  it('a representative can confirm another sign-up of their address, on this letter or another, but nobody else’s', async () => {
    const { letter, signUp, token } = await aSignedLetter();
    const elsewhere = await aLetter();
    await endorse(letter.slug, {
      ...signUp,
      names: { ...signUp.names, en: 'The right name' },
    });
    await endorse(elsewhere.slug, signUp);
    const foreign = await aSignedLetter();
    const { others } = (await confirmation(token)) as KnownConfirmation;
    expect(others.map(({ names, letterSlug }) => [letterSlug, names.en]).sort()).toEqual(
      [
        [letter.slug, 'The right name'],
        [elsewhere.slug, signUp.names.en],
      ].sort(),
    );
    const foreignId = (await rowOf(foreign.signUp.representativeEmail)).id;
    expect(await confirm(token, 1, foreignId)).toMatchObject({ ok: false });
    expect(await rowOf(foreign.signUp.representativeEmail)).toMatchObject({ state: 'submitted' });
    for (const { id, letterSlug } of others)
      expect(await confirm(token, 1, id)).toEqual({ ok: true, letterSlug });
    expect(await confirmation(token)).toMatchObject({ state: 'confirmed', others: [] });
    expect(await standing(letter.id)).toEqual([['The right name', 'verified']]);
  });

  it('fifty sign-ups with the same name and address, confirmed concurrently by their own links, leave one endorsement', async () => {
    const { letter, signUp } = await aSignedLetter();
    await Promise.all(
      Array.from({ length: 49 }, (_, n) =>
        endorse(letter.slug, { ...signUp, names: { ...signUp.names, en: `Name ${n}` } }),
      ),
    );
    const links = (await mailsTo(signUp.representativeEmail)).map(tokenOf);
    expect(links).toHaveLength(50);
    const answers = await Promise.all(links.map((link) => confirm(link, 1)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'confirmed')).toHaveLength(
      49,
    );
    expect((await standing(letter.id)).map(([, state]) => state)).toEqual(['verified']);
    expect(await db().contact.count({ where: { emailKey: signUp.representativeEmail } })).toBe(1);
  });

  it('a link requested after the confirmation sends no mail', async () => {
    const { signUp, token } = await aSignedLetter();
    await confirm(token, 1);
    await sendNewLink(token);
    expect(await mailsTo(signUp.representativeEmail)).toHaveLength(1);
  });
});

describe('signing for several organizations with one address', () => {
  const two = (email: string) =>
    (['Peace Bridge', 'Harbour Watch'] as const).map((nameEn) =>
      aSignUp({ nameJa: '', reading: '', nameEn, representativeEmail: email }),
    );

  it('each organization is confirmed by its own link, and both share one contact', async () => {
    const letter = await aLetter();
    const email = anAddress();
    for (const signUp of two(email))
      expect(await endorse(letter.slug, signUp)).toEqual({ ok: true });
    for (const link of (await mailsTo(email)).map(tokenOf)) {
      expect(await confirmation(link)).toMatchObject({ state: 'ready' });
      expect(await confirm(link, 1)).toEqual({ ok: true, letterSlug: letter.slug });
    }
    expect((await standing(letter.id)).sort()).toEqual([
      ['Harbour Watch', 'verified'],
      ['Peace Bridge', 'verified'],
    ]);
    expect(await db().contact.count({ where: { emailKey: email } })).toBe(1);
  });

  it('what a representative says for one organization does not change who signed for the other, here or on another letter', async () => {
    const [letter, elsewhere] = [await aLetter(), await aLetter()];
    const email = anAddress();
    const [first, second] = two(email);
    for (const [slug, signUp, representativeRole] of [
      [letter.slug, first!, 'Secretary'],
      [letter.slug, second!, 'Treasurer'],
      [elsewhere.slug, second!, 'Chair'],
    ] as const) {
      await endorse(slug, { ...signUp, representativeRole });
      const mails = await mailsTo(email);
      expect(await confirm(tokenOf(mails.at(-1)!), 1)).toMatchObject({ ok: true });
    }
    const signed = await db().endorsement.findMany({
      where: { contact: { emailKey: email } },
      orderBy: { submittedAt: 'asc' },
      include: { representative: true },
    });
    expect(signed.map(({ representative }) => representative?.role)).toEqual([
      'Secretary',
      'Treasurer',
      'Chair',
    ]);
  });

  it('a second organization that signs after the first is confirmed gets its own link; the first cannot sign again', async () => {
    const letter = await aLetter();
    const email = anAddress();
    const [first, second] = two(email);
    await endorse(letter.slug, first!);
    expect(await confirm(tokenOf((await mailsTo(email))[0]!), 1)).toMatchObject({ ok: true });
    await endorse(letter.slug, second!);
    await endorse(letter.slug, first!);
    const [, link, ...more] = await mailsTo(email);
    expect(more.map(({ kind }) => kind)).toEqual(['already_signed']);
    expect(await confirm(tokenOf(link!), 1)).toMatchObject({ ok: true });
    expect(await standing(letter.id)).toHaveLength(2);
  });

  it('two organizations of one address that are confirmed concurrently are both kept', async () => {
    const letter = await aLetter();
    const email = anAddress();
    await Promise.all(two(email).map((signUp) => endorse(letter.slug, signUp)));
    const links = (await mailsTo(email)).map(tokenOf);
    const answers = await Promise.all(links.map((link) => confirm(link, 1)));
    expect(answers).toEqual(Array(2).fill({ ok: true, letterSlug: letter.slug }));
    expect((await standing(letter.id)).map(([, state]) => state)).toEqual(
      Array(2).fill('verified'),
    );
  });
});

describe('notices of new entries', () => {
  /** Somebody signs the letter and confirms it. */
  async function confirmOne(letter: { slug: string }) {
    const signUp = aSignUp();
    await endorse(letter.slug, signUp);
    const [mail] = await mailsTo(signUp.representativeEmail);
    expect(await confirm(tokenOf(mail!), 1)).toMatchObject({ ok: true });
  }

  it('owners and reviewers get one notice for many entries; observers and deactivated coordinators get none', async () => {
    const letter = await aLetter();
    const reviewer = await aCoordinator(letter, 'reviewer');
    const owner = await aCoordinator(letter, 'owner');
    const observer = await aCoordinator(letter, 'observer');
    const gone = await aCoordinator(letter, 'reviewer');
    await db().coordinator.update({
      where: { id: gone.id },
      data: { deactivatedAt: new Date() },
    });
    await Promise.all(Array.from({ length: 8 }, () => confirmOne(letter)));
    for (const { email } of [reviewer, owner]) {
      const notices = await mailsTo(email);
      expect(notices.map((mail) => [mail.kind, mail.props])).toEqual([
        ['review_notice', { letterSlug: letter.slug, letterTitle: 'A letter' }],
      ]);
    }
    expect(await mailsTo(observer.email)).toEqual([]);
    expect(await mailsTo(gone.email)).toEqual([]);

    // After that one is sent, the next waits for fifteen minutes.
    const sentAt = new Date();
    await db().mail.updateMany({ where: { toKey: reviewer.email }, data: { sentAt } });
    await confirmOne(letter);
    await confirmOne(letter);
    const [, next, ...more] = await mailsTo(reviewer.email);
    expect(more).toEqual([]);
    expect(next!.sendAfter.getTime() - sentAt.getTime()).toBe(15 * 60_000);
  });

  it('an administrator gets notices of letters without a role on them, unless deactivated', async () => {
    const letter = await aLetter();
    const [administrator, gone] = await Promise.all(
      [null, new Date()].map((deactivatedAt) =>
        db().coordinator.create({
          data: { email: anAddress('admin'), isAdministrator: true, language: 'en', deactivatedAt },
        }),
      ),
    );
    await confirmOne(letter);
    await confirmOne(letter);
    const notices = (await mailsTo(administrator!.email)).filter(
      ({ letterId }) => letterId === letter.id,
    );
    expect(notices).toMatchObject([{ kind: 'review_notice', language: 'en' }]);
    expect(await mailsTo(gone!.email)).toEqual([]);
  });

  it('an administrator who is also an observer of the letter gets one notice', async () => {
    const letter = await aLetter();
    const { id, email } = await aCoordinator(letter, 'observer');
    await db().coordinator.update({ where: { id }, data: { isAdministrator: true } });
    await confirmOne(letter);
    expect((await mailsTo(email)).filter(({ letterId }) => letterId === letter.id)).toHaveLength(1);
    // Cleans up, so that other tests are not affected.
    await db().coordinator.update({ where: { id }, data: { isAdministrator: false } });
  });
});
