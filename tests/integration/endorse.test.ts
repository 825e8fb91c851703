import { describe, expect, it } from 'vitest';
import { retain } from '@/lib/retention/commands';
import { endorse } from '@/tests/support/sign-up';
import { auditSides } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { setPaused } from '@/lib/letter/times/commands';
import { confirm } from '@/lib/endorsement/verification/commands';
import { confirmation } from '@/lib/endorsement/verification/queries';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import {
  aLetter,
  anAddress,
  anEndorsement,
  anOwner,
  aReviewer,
  aSignUp,
} from '@/tests/support/factories';
import { decide } from '@/lib/endorsement/review/commands';

/** A letter's endorsements with all signed data, oldest first. */
const rowsOf = (letterId: string) =>
  db().endorsement.findMany({
    where: { letterId },
    orderBy: { submittedAt: 'asc' },
    include: { names: { orderBy: { language: 'asc' } }, contact: true, representatives: true },
  });

/** The endorsement of a letter with an address. */
const rowOf = async (letterId: string, email: string) =>
  (await rowsOf(letterId)).find(({ contact }) => contact?.emailKey === email) ?? null;

describe('an organization signs', () => {
  it('a sign-up creates an unconfirmed endorsement and one mail, and stores no plaintext token', async () => {
    const letter = await aLetter();
    const signUp = aSignUp({ nameJa: 'ﾋﾟｰｽ　の ﾜ', reading: '' });
    expect(await endorse(letter.slug, signUp)).toEqual({ ok: true });
    const row = await rowOf(letter.id, signUp.representativeEmail);
    expect(row).toMatchObject({
      state: 'submitted',
      proof: 'email',
      organizationId: null,
      names: [
        { language: 'en', name: 'Tokyo Peace Group', reading: null },
        { language: 'ja', name: 'ﾋﾟｰｽ　の ﾜ', reading: null },
      ],
      contact: {
        email: signUp.representativeEmail,
        language: 'ja',
        verifiedAt: null,
      },
      representatives: [{ contactId: row!.contactId, name: '平和 花子', role: '事務局長' }],
    });
    expect(row!.agreedAt).toEqual(row!.submittedAt);
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

  it('after a second sign-up with other data, each link confirms what its own mail showed', async () => {
    const letter = await aLetter();
    const first = aSignUp();
    await endorse(letter.slug, first);
    await endorse(
      letter.slug,
      aSignUp({ representativeEmail: first.representativeEmail, nameEn: 'Corrected Name' }),
    );
    const [older, newer] = (await mailsTo(first.representativeEmail)).map(tokenOf);
    expect(await confirm(newer!, 1)).toEqual({ ok: true, letterSlug: letter.slug });
    expect(await confirm(older!, 1)).toEqual({ ok: false, reason: 'confirmed' });
    expect(await rowsOf(letter.id)).toMatchObject([
      { names: [{ name: 'Corrected Name' }, { name: '東京平和の会' }], state: 'verified' },
    ]);
  });

  it('a later sign-up by a stranger with the same address does not change what the first link confirms', async () => {
    const letter = await aLetter();
    const own = aSignUp();
    await endorse(letter.slug, own);
    const stranger = { representativeEmail: own.representativeEmail, representativeName: '他 人' };
    await endorse(letter.slug, aSignUp({ ...stranger, nameEn: 'A Stranger’s Words' }));
    const [link] = (await mailsTo(own.representativeEmail)).map(tokenOf);
    expect(await confirmation(link!)).toMatchObject({
      state: 'ready',
      names: { en: own.names.en },
      representativeName: '平和 花子',
      others: [{ names: { en: 'A Stranger’s Words' } }],
    });
    expect(await confirm(link!, 1)).toMatchObject({ ok: true });
    expect(await rowsOf(letter.id)).toMatchObject([
      {
        names: [{ name: own.names.en }, { name: own.names.ja }],
        state: 'verified',
        representatives: [{ name: '平和 花子' }],
      },
    ]);
  });

  it('addresses are case-insensitive: only one of their sign-ups can be confirmed', async () => {
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
    expect(await rowsOf(letter.id)).toHaveLength(1);
    expect(await db().contact.count({ where: { emailKey: email } })).toBe(1);
  });

  it.each(['verified', 'approved', 'declined', 'withdrawn'] as const)(
    'a sign-up of an organization whose endorsement is %s changes nothing, and only its mailbox receives the status',
    async (state) => {
      const letter = await aLetter();
      const known = await anEndorsement(letter.id, { state });
      const before = await rowsOf(letter.id);
      const answer = await endorse(
        letter.slug,
        aSignUp({ representativeEmail: known.email, nameEn: 'A Stranger' }),
      );
      expect(answer).toEqual({ ok: true });
      expect(await rowsOf(letter.id)).toEqual(before);
      expect(await db().contact.count({ where: { emailKey: known.email } })).toBe(1);
      const mails = await mailsTo(known.email);
      expect(mails.map((mail) => [mail.kind, mail.props, mail.sealedToken])).toEqual([
        [
          'already_signed',
          { letterSlug: letter.slug, letterTitle: 'A letter', contact: null, state },
          null,
        ],
      ]);
    },
  );

  it('while sign-ups are paused nothing is written, and earlier links can still be confirmed', async () => {
    const letter = await aLetter();
    const signUp = aSignUp();
    await endorse(letter.slug, signUp);
    await setPaused(await anOwner(letter), true);
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: false, reason: 'paused' });
    expect(await rowsOf(letter.id)).toHaveLength(1);
    const [mail] = await mailsTo(signUp.representativeEmail);
    expect(await confirm(tokenOf(mail!), 1)).toMatchObject({ ok: true });
    await setPaused(await anOwner(letter), false);
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: true });
    const events = await db().auditEvent.findMany({
      where: { letterId: letter.id, action: { in: ['pause', 'resume'] } },
      orderBy: { id: 'asc' },
    });
    expect(
      events.map(({ action, canonical }) => ({ action, ...auditSides(canonical, []) })),
    ).toEqual([
      { action: 'pause', before: { paused: false }, after: { paused: true } },
      { action: 'resume', before: { paused: true }, after: { paused: false } },
    ]);
  });

  it('a letter that is not open accepts no sign-ups', async () => {
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

describe('the address of an endorsement that a coordinator attested', () => {
  it('an unconfirmed address of an attested endorsement does not block sign-ups: they get mail as usual, and the attested one stays', async () => {
    const letter = await aLetter();
    const attested = await anEndorsement(letter.id, { state: 'approved', proof: 'attested' });
    const before = await rowOf(letter.id, attested.email);
    expect(await endorse(letter.slug, aSignUp({ representativeEmail: attested.email }))).toEqual({
      ok: true,
    });
    const mails = await mailsTo(attested.email);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm']);
    const link = tokenOf(mails[0]!);
    expect(await confirmation(link)).toMatchObject({ state: 'ready' });
    expect(await confirm(link, 1)).toMatchObject({ ok: true });
    const [kept, own] = await rowsOf(letter.id);
    expect(kept).toEqual(before);
    expect(own).toMatchObject({ state: 'verified', proof: 'email' });
    // The organization is still on the list once.
    const reviewer = await aReviewer(letter);
    const approval = { step: 'approve', id: own!.id, version: own!.version } as const;
    expect(await decide(reviewer, { ...approval, organization: attested.organizationId! })).toEqual(
      { ok: false, reason: 'organization-has-signed' },
    );
  });
});

describe('expiry', () => {
  it('expired unconfirmed sign-ups are deleted with their links, mails and contacts; confirmed ones are not', async () => {
    const letter = await aLetter();
    const forgotten = aSignUp();
    await endorse(letter.slug, forgotten);
    const kept = await anEndorsement(letter.id, { submittedAt: new Date('2025-01-01') });
    await retain(new Date(Date.now() + 13 * 24 * 3_600_000));
    expect(await rowOf(letter.id, forgotten.representativeEmail)).not.toBeNull();
    await retain(new Date(Date.now() + 15 * 24 * 3_600_000));
    expect(await rowOf(letter.id, forgotten.representativeEmail)).toBeNull();
    expect(await mailsTo(forgotten.representativeEmail)).toEqual([]);
    const contacts = (emailKey: string) => db().contact.count({ where: { emailKey } });
    expect(await contacts(forgotten.representativeEmail)).toBe(0);
    expect(await rowOf(letter.id, kept.email)).not.toBeNull();
    expect(await contacts(kept.email)).toBe(1);
  });
});
