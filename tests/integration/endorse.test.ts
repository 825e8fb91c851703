import { describe, expect, it } from 'vitest';
import { deleteUnconfirmed } from '@/lib/endorsement/commands';
import { endorse } from '@/tests/support/sign-up';
import { db } from '@/lib/platform/db/client';
import { setPaused } from '@/lib/letter/times/commands';
import { confirm } from '@/lib/endorsement/verification/commands';
import { confirmation } from '@/lib/endorsement/verification/queries';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import { aLetter, anAddress, anEndorsement, anOwner, aSignUp } from '@/tests/support/factories';

const rowOf = (letterId: string, email: string) =>
  db().endorsement.findFirst({ where: { letterId, emailKey: email } });

describe('an organization signs', () => {
  it('and gets an unconfirmed endorsement, one mail, and no token in the clear at rest', async () => {
    const letter = await aLetter();
    const signUp = aSignUp({ nameJa: 'ﾋﾟｰｽ　の ﾜ', reading: '' });
    expect(await endorse(letter.slug, signUp)).toEqual({ ok: true });
    const row = await rowOf(letter.id, signUp.representativeEmail);
    expect(row).toMatchObject({ state: 'submitted', nameJa: 'ピース の ワ', proof: 'email' });
    const [mail, ...others] = await mailsTo(signUp.representativeEmail);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ kind: 'confirm', language: 'ja', sentAt: null });
    const token = tokenOf(mail!);
    expect(token).toMatch(/^[\w-]{43}$/);
    const everything = JSON.stringify([
      mail!.props,
      Buffer.from(mail!.sealedToken!).toString('latin1'),
      row,
    ]);
    expect(everything).not.toContain(token);
  });

  it('again before confirming, with other data: each link confirms what its own mail showed', async () => {
    const letter = await aLetter();
    const first = aSignUp();
    await endorse(letter.slug, first);
    await endorse(letter.slug, { ...first, nameEn: 'Corrected Name' });
    const [older, newer] = (await mailsTo(first.representativeEmail)).map(tokenOf);
    expect(await confirm(newer!, 1)).toEqual({ ok: true, letterSlug: letter.slug });
    expect(await confirm(older!, 1)).toEqual({ ok: false, reason: 'confirmed' });
    const rows = await db().endorsement.findMany({
      where: { letterId: letter.id, emailKey: first.representativeEmail },
    });
    expect(rows).toMatchObject([{ nameEn: 'Corrected Name', state: 'verified' }]);
  });

  it('after a stranger has signed with its address: what the stranger sends later does not change what its own link confirms', async () => {
    const letter = await aLetter();
    const own = aSignUp();
    await endorse(letter.slug, own);
    await endorse(letter.slug, { ...own, nameEn: 'A Stranger’s Words' });
    const [link] = (await mailsTo(own.representativeEmail)).map(tokenOf);
    expect(await confirmation(link!)).toMatchObject({
      state: 'ready',
      names: { en: own.nameEn },
      others: [{ names: { en: 'A Stranger’s Words' } }],
    });
    expect(await confirm(link!, 1)).toMatchObject({ ok: true });
    expect(await rowOf(letter.id, own.representativeEmail)).toMatchObject({
      nameEn: own.nameEn,
      state: 'verified',
    });
  });

  it('with an address in other letter case: only one of its sign-ups can be confirmed', async () => {
    const letter = await aLetter();
    const email = anAddress();
    await endorse(letter.slug, aSignUp({ representativeEmail: email }));
    await endorse(letter.slug, aSignUp({ representativeEmail: email.toUpperCase() }));
    const links = (await db().mail.findMany({ where: { toKey: email } })).map(tokenOf);
    const answers = await Promise.all(links.map((link) => confirm(link, 1)));
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.reason)).sort()).toEqual([
      'confirmed',
      'ok',
    ]);
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(1);
  });

  it.each(['verified', 'approved', 'declined', 'withdrawn'] as const)(
    'again when %s: nothing changes, and only the mailbox learns where it stands',
    async (state) => {
      const letter = await aLetter();
      const known = await anEndorsement(letter.id, { state });
      const answer = await endorse(
        letter.slug,
        aSignUp({ representativeEmail: known.email, nameEn: 'A Stranger' }),
      );
      expect(answer).toEqual({ ok: true });
      expect(await db().endorsement.findMany({ where: { letterId: letter.id } })).toEqual([known]);
      const mails = await mailsTo(known.email);
      expect(mails.map((mail) => [mail.kind, mail.props, mail.sealedToken])).toEqual([
        ['already_signed', { letterSlug: letter.slug, letterTitle: 'A letter', state }, null],
      ]);
    },
  );

  it('with the address of an attested endorsement: the answer is the same and nobody is mailed', async () => {
    const letter = await aLetter();
    const attested = await anEndorsement(letter.id, { state: 'approved', proof: 'attested' });
    expect(await endorse(letter.slug, aSignUp({ representativeEmail: attested.email }))).toEqual({
      ok: true,
    });
    expect(await mailsTo(attested.email)).toEqual([]);
  });

  it('on a letter whose sign-ups are paused: nothing is written, and earlier links still confirm', async () => {
    const letter = await aLetter();
    const signUp = aSignUp();
    await endorse(letter.slug, signUp);
    await setPaused(await anOwner(letter), true);
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: false, reason: 'paused' });
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(1);
    const [mail] = await mailsTo(signUp.representativeEmail);
    expect(await confirm(tokenOf(mail!), 1)).toMatchObject({ ok: true });
    await setPaused(await anOwner(letter), false);
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: true });
    expect(
      await db().auditEvent.findMany({
        where: { letterId: letter.id, action: { in: ['pause', 'resume'] } },
        orderBy: { id: 'asc' },
      }),
    ).toMatchObject([
      { action: 'pause', before: { paused: false }, after: { paused: true } },
      { action: 'resume', before: { paused: true }, after: { paused: false } },
    ]);
  });

  it('a letter that is not open: nothing is written', async () => {
    const closed = await aLetter({ closesAt: new Date(Date.now() - 1_000) });
    const draft = await aLetter({ opensAt: null });
    expect(await endorse(closed.slug, aSignUp())).toEqual({ ok: false, reason: 'closed' });
    expect(await endorse(draft.slug, aSignUp())).toEqual({ ok: false, reason: 'unknown-letter' });
    expect(await endorse('no-such-letter', aSignUp())).toEqual({
      ok: false,
      reason: 'unknown-letter',
    });
    expect(
      await db().endorsement.count({ where: { letterId: { in: [closed.id, draft.id] } } }),
    ).toBe(0);
  });
});

describe('time passes', () => {
  it('and sign-ups never confirmed are deleted with their links and mails, confirmed ones are not', async () => {
    const letter = await aLetter();
    const forgotten = aSignUp();
    await endorse(letter.slug, forgotten);
    const kept = await anEndorsement(letter.id, { submittedAt: new Date('2025-01-01') });
    await deleteUnconfirmed(new Date(Date.now() + 29 * 24 * 3_600_000));
    expect(await rowOf(letter.id, forgotten.representativeEmail)).not.toBeNull();
    await deleteUnconfirmed(new Date(Date.now() + 31 * 24 * 3_600_000));
    expect(await rowOf(letter.id, forgotten.representativeEmail)).toBeNull();
    expect(await mailsTo(forgotten.representativeEmail)).toEqual([]);
    expect(await rowOf(letter.id, kept.email)).not.toBeNull();
  });
});
