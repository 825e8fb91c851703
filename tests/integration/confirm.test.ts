import { describe, expect, it } from 'vitest';
import { endorse } from '@/tests/support/sign-up';
import { db } from '@/lib/platform/db/client';
import { newToken } from '@/lib/platform/tokens';
import { confirm } from '@/lib/endorsement/verification/commands';
import { sendNewLink } from '@/tests/support/sign-up';
import { confirmation, type KnownConfirmation } from '@/lib/endorsement/verification/queries';
import { aCoordinator, aLetter, aSignUp } from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';

/** A letter that an organization has signed and not yet confirmed, and the token in its mail. */
async function aSignedLetter(over: Record<string, unknown> = {}) {
  const letter = await aLetter();
  const signUp = aSignUp(over);
  await endorse(letter.slug, signUp);
  const [mail] = await mailsTo(signUp.representativeEmail);
  return { letter, signUp, token: tokenOf(mail!) };
}

const stateOf = async (email: string) =>
  (await db().endorsement.findFirstOrThrow({ where: { emailKey: email } })).state;

describe('a representative confirms', () => {
  it('and a thousand who press at the same time make one confirmation', async () => {
    const { signUp, token } = await aSignedLetter();
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => confirm(token, 1)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'confirmed')).toHaveLength(
      999,
    );
    expect(
      await db().endorsement.findFirst({ where: { emailKey: signUp.representativeEmail } }),
    ).toMatchObject({ state: 'verified', version: 2 });
  });

  it('after a mail scanner has looked at the link a hundred times, which changed nothing', async () => {
    const { signUp, token } = await aSignedLetter();
    const before = await db().endorsement.findFirst({
      where: { emailKey: signUp.representativeEmail },
    });
    const looks = await Promise.all(Array.from({ length: 100 }, () => confirmation(token)));
    expect(new Set(looks.map((look) => look.state))).toEqual(new Set(['ready']));
    expect(
      await db().endorsement.findFirst({ where: { emailKey: signUp.representativeEmail } }),
    ).toEqual(before);
    expect(
      await db().verification.count({
        where: { endorsementId: before!.id, usedAt: { not: null } },
      }),
    ).toBe(0);
    expect(await confirm(token, 1)).toMatchObject({ ok: true });
  });

  it('with a made-up or damaged token: nothing', async () => {
    for (const token of [newToken(), '', 'x'.repeat(10_000), '\u0000', '../..', "' OR 1=1 --"]) {
      expect(await confirm(token, 1)).toEqual({ ok: false, reason: 'unknown' });
      expect(await confirmation(token)).toEqual({ state: 'unknown' });
    }
  });

  it('too late: the link says so, and a new one can be sent', async () => {
    const { signUp, token } = await aSignedLetter();
    await db().verification.updateMany({
      where: { endorsement: { emailKey: signUp.representativeEmail } },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await confirm(token, 1)).toEqual({ ok: false, reason: 'expired' });
    expect(await confirmation(token)).toMatchObject({ state: 'expired' });
    expect(await sendNewLink(token)).toEqual({ ok: true });
    const [, newer] = await mailsTo(signUp.representativeEmail);
    expect(await confirm(tokenOf(newer!), 1)).toMatchObject({ ok: true });
    expect(await stateOf(signUp.representativeEmail)).toBe('verified');
  });

  it('another sign-up of the same address than the link’s own: on this letter or another, and nobody else’s', async () => {
    const { letter, signUp, token } = await aSignedLetter();
    const elsewhere = await aLetter();
    await endorse(letter.slug, { ...signUp, nameEn: 'The right name' });
    await endorse(elsewhere.slug, signUp);
    const foreign = await aSignedLetter();
    const { others } = (await confirmation(token)) as KnownConfirmation;
    expect(others.map(({ names, letterSlug }) => [letterSlug, names.en]).sort()).toEqual(
      [
        [letter.slug, 'The right name'],
        [elsewhere.slug, signUp.nameEn],
      ].sort(),
    );
    const foreignId = (
      await db().endorsement.findFirstOrThrow({
        where: { emailKey: foreign.signUp.representativeEmail },
      })
    ).id;
    expect(await confirm(token, 1, foreignId)).toMatchObject({ ok: false });
    expect(await stateOf(foreign.signUp.representativeEmail)).toBe('submitted');
    for (const { id, letterSlug } of others)
      expect(await confirm(token, 1, id)).toEqual({ ok: true, letterSlug });
    expect(await confirmation(token)).toMatchObject({ state: 'confirmed', others: [] });
    expect(await db().endorsement.findMany({ where: { letterId: letter.id } })).toMatchObject([
      { nameEn: 'The right name', state: 'verified' },
    ]);
  });

  it('fifty sign-ups with one address at the same time, each by its own link: one of them stands', async () => {
    const { letter, signUp } = await aSignedLetter();
    await Promise.all(
      Array.from({ length: 49 }, (_, n) =>
        endorse(letter.slug, { ...signUp, nameEn: `Name ${n}` }),
      ),
    );
    const links = (await mailsTo(signUp.representativeEmail)).map(tokenOf);
    const answers = await Promise.all(links.map((link) => confirm(link, 1)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'confirmed')).toHaveLength(
      49,
    );
    expect(await db().endorsement.findMany({ where: { letterId: letter.id } })).toMatchObject([
      { state: 'verified' },
    ]);
  });

  it('and a link asked for after that sends nothing', async () => {
    const { signUp, token } = await aSignedLetter();
    await confirm(token, 1);
    await sendNewLink(token);
    expect(await mailsTo(signUp.representativeEmail)).toHaveLength(1);
  });
});

describe('coordinators are told of new entries', () => {
  it('owners and reviewers once for many, observers and the deactivated never', async () => {
    const letter = await aLetter();
    const reviewer = await aCoordinator(letter, 'reviewer');
    const owner = await aCoordinator(letter, 'owner');
    const observer = await aCoordinator(letter, 'observer');
    const gone = await aCoordinator(letter, 'reviewer');
    await db().coordinator.update({
      where: { id: gone.coordinator.id },
      data: { deactivatedAt: new Date() },
    });
    const confirmOne = async () => {
      const signUp = aSignUp();
      await endorse(letter.slug, signUp);
      const [mail] = await mailsTo(signUp.representativeEmail);
      expect(await confirm(tokenOf(mail!), 1)).toMatchObject({ ok: true });
    };
    await Promise.all(Array.from({ length: 8 }, confirmOne));
    for (const { coordinator } of [reviewer, owner]) {
      const notices = await mailsTo(coordinator.email);
      expect(notices.map((mail) => [mail.kind, mail.props])).toEqual([
        ['review_notice', { letterSlug: letter.slug, letterTitle: 'A letter' }],
      ]);
    }
    expect(await mailsTo(observer.coordinator.email)).toEqual([]);
    expect(await mailsTo(gone.coordinator.email)).toEqual([]);

    // Once that one has gone out, the next waits until fifteen minutes after it.
    const sentAt = new Date();
    await db().mail.updateMany({ where: { toKey: reviewer.coordinator.email }, data: { sentAt } });
    await confirmOne();
    await confirmOne();
    const [, next, ...more] = await mailsTo(reviewer.coordinator.email);
    expect(more).toEqual([]);
    expect(next!.sendAfter.getTime() - sentAt.getTime()).toBe(15 * 60_000);
  });
});
