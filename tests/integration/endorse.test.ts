import { describe, expect, it } from 'vitest';
import { endorse, deleteUnconfirmed } from '../../lib/endorsement/commands.ts';
import { db } from '../../lib/platform/db/client.ts';
import { MAILS_PER_ENDORSEMENT, SIGN_UP_MAILS_PER_ADDRESS_PER_DAY } from '../../lib/platform/limits.ts';
import { confirm } from '../../lib/verification/commands.ts';
import { mailsTo, tokenOf } from '../support/mail.ts';
import { aLetter, anAddress, anEndorsement, aSignUp } from '../support/factories.ts';

const rowOf = (letterId: string, email: string) => db().endorsement.findUnique({ where: { letterId_emailKey: { letterId, emailKey: email } } });

describe('an organization signs', () => {
  it('and gets an unconfirmed endorsement, one mail, and no token in the clear at rest', async () => {
    const letter = await aLetter();
    const signUp = aSignUp({ nameJa: 'ﾋﾟｰｽ　の ﾜ', reading: '' });
    expect(await endorse(letter.slug, signUp)).toEqual({ ok: true });
    const row = await rowOf(letter.id, signUp.representativeEmail);
    expect(row).toMatchObject({ state: 'submitted', nameJa: 'ピース の ワ', mailCount: 1, submission: 1, proof: 'email' });
    const [mail, ...others] = await mailsTo(signUp.representativeEmail);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ kind: 'confirm', language: 'ja', sentAt: null });
    const token = tokenOf(mail!);
    expect(token).toMatch(/^[\w-]{43}$/);
    const everything = JSON.stringify([mail!.props, Buffer.from(mail!.sealedToken!).toString('latin1'), row]);
    expect(everything).not.toContain(token);
  });

  it('again before confirming: the newer data count, and the older link no longer confirms', async () => {
    const letter = await aLetter();
    const first = aSignUp();
    await endorse(letter.slug, first);
    await endorse(letter.slug, { ...first, nameEn: 'Corrected Name' });
    const [older, newer] = (await mailsTo(first.representativeEmail)).map(tokenOf);
    expect(await confirm(older!, 1)).toEqual({ ok: false, reason: 'superseded' });
    expect(await confirm(newer!, 1)).toEqual({ ok: true, letterSlug: letter.slug });
    expect(await rowOf(letter.id, first.representativeEmail)).toMatchObject({ nameEn: 'Corrected Name', state: 'verified' });
  });

  it('again with the same data: the older link still confirms', async () => {
    const letter = await aLetter();
    const signUp = aSignUp();
    await endorse(letter.slug, signUp);
    await endorse(letter.slug, signUp);
    const [older] = (await mailsTo(signUp.representativeEmail)).map(tokenOf);
    expect(await confirm(older!, 1)).toMatchObject({ ok: true });
  });

  it('with an address in other letter case: it is the same endorsement', async () => {
    const letter = await aLetter();
    const email = anAddress();
    await endorse(letter.slug, aSignUp({ representativeEmail: email }));
    await endorse(letter.slug, aSignUp({ representativeEmail: email.toUpperCase() }));
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(1);
  });

  it.each(['verified', 'approved', 'declined', 'withdrawn'] as const)('again when %s: nothing changes, and only the mailbox learns where it stands', async (state) => {
    const letter = await aLetter();
    const known = await anEndorsement(letter.id, { state });
    const answer = await endorse(letter.slug, aSignUp({ representativeEmail: known.email, nameEn: 'A Stranger' }));
    expect(answer).toEqual({ ok: true });
    const { mailCount, ...now } = (await rowOf(letter.id, known.email))!;
    const { mailCount: _before, ...before } = known;
    expect(now).toEqual(before);
    expect(mailCount).toBe(1);
    const mails = await mailsTo(known.email);
    expect(mails.map((mail) => [mail.kind, mail.props, mail.sealedToken])).toEqual([
      ['already_signed', { letterSlug: letter.slug, letterTitle: 'A letter', state }, null],
    ]);
  });

  it('with the address of an attested endorsement: the answer is the same and nobody is mailed', async () => {
    const letter = await aLetter();
    const attested = await anEndorsement(letter.id, { state: 'approved', proof: 'attested' });
    expect(await endorse(letter.slug, aSignUp({ representativeEmail: attested.email }))).toEqual({ ok: true });
    expect(await mailsTo(attested.email)).toEqual([]);
  });

  it('a hundred times at once: five mails go out, and one endorsement stands', async () => {
    const letter = await aLetter();
    const signUp = aSignUp();
    await Promise.all(Array.from({ length: 100 }, (_, n) => endorse(letter.slug, { ...signUp, nameEn: `Name ${n}` })));
    expect(await mailsTo(signUp.representativeEmail)).toHaveLength(MAILS_PER_ENDORSEMENT);
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(1);
  });

  it('after a stranger has used its mails up: once their links have run out, it gets its own', async () => {
    const letter = await aLetter();
    const signUp = aSignUp();
    for (let n = 0; n < MAILS_PER_ENDORSEMENT + 1; n += 1) await endorse(letter.slug, { ...signUp, nameEn: `Stranger ${n}` });
    const row = await rowOf(letter.id, signUp.representativeEmail);
    await db().mail.updateMany({ where: { endorsementId: row!.id }, data: { createdAt: new Date(Date.now() - 8 * 24 * 3_600_000) } });
    await endorse(letter.slug, signUp);
    expect(await mailsTo(signUp.representativeEmail)).toHaveLength(MAILS_PER_ENDORSEMENT);
    await db().endorsement.update({ where: { id: row!.id }, data: { submittedAt: new Date(Date.now() - 8 * 24 * 3_600_000) } });
    await endorse(letter.slug, signUp);
    expect(await mailsTo(signUp.representativeEmail)).toHaveLength(MAILS_PER_ENDORSEMENT + 1);
    expect(await rowOf(letter.id, signUp.representativeEmail)).toMatchObject({ nameEn: signUp.nameEn, mailCount: 1 });
  });

  it('on more letters than an address may be mailed about in a day: the mails stop, the sign-ups are kept', async () => {
    const email = anAddress();
    for (let n = 0; n < SIGN_UP_MAILS_PER_ADDRESS_PER_DAY + 2; n += 1) {
      await endorse((await aLetter()).slug, aSignUp({ representativeEmail: email }));
    }
    expect(await mailsTo(email)).toHaveLength(SIGN_UP_MAILS_PER_ADDRESS_PER_DAY);
    expect(await db().endorsement.count({ where: { emailKey: email } })).toBe(SIGN_UP_MAILS_PER_ADDRESS_PER_DAY + 2);
  });

  it('a letter that is not open: nothing is written', async () => {
    const closed = await aLetter({ closesAt: new Date(Date.now() - 1_000) });
    const draft = await aLetter({ opensAt: null });
    expect(await endorse(closed.slug, aSignUp())).toEqual({ ok: false, reason: 'closed' });
    expect(await endorse(draft.slug, aSignUp())).toEqual({ ok: false, reason: 'unknown-letter' });
    expect(await endorse('no-such-letter', aSignUp())).toEqual({ ok: false, reason: 'unknown-letter' });
    expect(await db().endorsement.count({ where: { letterId: { in: [closed.id, draft.id] } } })).toBe(0);
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
