import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { endorse } from '@/tests/support/sign-up';
import { namesOf } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import { keyedHash } from '@/lib/platform/sealing';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { resendLink } from '@/lib/endorsement/review/mails/commands';
import { confirm, correctSignUp } from '@/lib/endorsement/verification/commands';
import { suppress } from '@/lib/platform/mail/suppression';
import { auditOf } from '@/tests/support/audit';
import { sendNewLink } from '@/tests/support/sign-up';
import {
  confirmation,
  correctable,
  type KnownConfirmation,
} from '@/lib/endorsement/verification/queries';
import {
  aCoordinator,
  aLetter,
  anAddress,
  aReviewer,
  aSignUp,
  someParts,
} from '@/tests/support/factories';
import { untilWaiting } from '@/tests/support/locks';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import { plansOf, rowsRead, sentBy } from '@/tests/support/plans';

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

  it('a link whose sign-up is deleted while its page is read, since another of the address was confirmed, says that it is confirmed', async () => {
    const { letter, signUp, token } = await aSignedLetter();
    await endorse(letter.slug, signUp);
    const [mine, confirmed] = await db().endorsement.findMany({
      where: ofAddress(signUp.representativeEmail),
      orderBy: { submittedAt: 'asc' },
    });
    // As after the other's confirmation and before the deletion of this one.
    await db().contact.update({
      where: { id: confirmed!.contactId! },
      data: { verifiedAt: new Date() },
    });
    await db().endorsement.update({
      where: { id: confirmed!.id },
      data: { state: 'verified', verifiedAt: new Date() },
    });
    let reading: ReturnType<typeof confirmation> | undefined;
    await db().$transaction(async (deletion) => {
      await deletion.$executeRaw`LOCK TABLE contact IN ACCESS EXCLUSIVE MODE`;
      reading = confirmation(token); // has its endorsement, and waits for the contact
      await untilWaiting(1);
      await deletion.verification.updateMany({
        where: { endorsementId: mine!.id },
        data: { endorsementId: confirmed!.id },
      });
      await deletion.endorsement.delete({ where: { id: mine!.id } });
      await deletion.contact.delete({ where: { id: mine!.contactId! } });
    });
    expect(await reading).toMatchObject({ state: 'confirmed' });
  });

  it('a link requested after the confirmation sends no mail', async () => {
    const { signUp, token } = await aSignedLetter();
    await confirm(token, 1);
    await sendNewLink(token);
    const mails = await mailsTo(signUp.representativeEmail);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm', 'confirmed']);
  });

  it('nobody’s sign-ups but theirs are looked at, however many have the same name', async () => {
    const { letter, signUp, token } = await aSignedLetter();
    const later = aSignUp({ ...signUp, representativeEmail: anAddress() });
    await endorse(letter.slug, later);
    const laterToken = tokenOf((await mailsTo(later.representativeEmail))[0]!);
    await db().$executeRaw`
      WITH one AS (SELECT n, gen_random_uuid() AS id FROM generate_series(1, 2000) AS n), contacts AS (
        INSERT INTO contact (id, email, email_key, language, verified_at)
        SELECT id, id || '@example.org', id || '@example.org', 'en', CASE WHEN n % 2 = 0 THEN now() END FROM one
      ), entries AS (
        INSERT INTO endorsement (id, letter_id, contact_id, state, verified_at, name_key, country, signed_revision, revision, sort_key, search_text)
        SELECT one.id, ${letter.id}::uuid, one.id, CASE WHEN n % 2 = 0 THEN 'verified' ELSE 'submitted' END::endorsement_state,
          CASE WHEN n % 2 = 0 THEN now() END, name_key, country, 1, 1, sort_key, search_text
        FROM one, endorsement WHERE letter_id = ${letter.id}::uuid AND contact_id = (
          SELECT id FROM contact WHERE email_key = ${signUp.representativeEmail})
      ), names AS (
        INSERT INTO endorsement_name (endorsement_id, language, name) SELECT id, 'en', 'The same' FROM one
      )
      INSERT INTO representative (endorsement_id, contact_id, name, role, search_text) SELECT id, id, 'N', 'R', 'n' FROM one`;
    const sent = await sentBy(() => confirm(token, 1));
    // The same for the other one, which is not confirmed yet.
    const inPlaceOf = (value: unknown) =>
      !(value instanceof Uint8Array)
        ? value
        : Buffer.compare(value, hashToken(token)) === 0
          ? Buffer.from(hashToken(laterToken))
          : randomBytes(value.length);
    const plans = await plansOf(
      sent.map(({ text, values }) => ({ text, values: values?.map(inPlaceOf) })),
    );
    const looked = plans
      .flat()
      .filter((node) =>
        /^(?:endorsement|contact|representative)$/.test(node['Relation Name'] ?? ''),
      );
    expect(Math.max(...looked.map(rowsRead))).toBe(1);
  });
});

describe('a representative corrects a sign-up before confirming', () => {
  it('everything but the address; the entry is then confirmed as corrected', async () => {
    const { letter, signUp, token } = await aSignedLetter();
    const found = await correctable(token);
    expect(found).toMatchObject({
      email: signUp.representativeEmail,
      typed: { name: signUp.names.ja, nameEn: signUp.names.en, country: 'JP' },
    });
    const before = await rowOf(signUp.representativeEmail);
    const corrected = aSignUp({
      nameJa: '直した会',
      reading: 'なおしたかい',
      nameEn: '',
      website: 'https://corrected.example.org',
      representativeName: '訂正 花子',
      visibility: 'withheld',
      representativeEmail: anAddress('another'),
    });
    expect(await correctSignUp(token, corrected)).toEqual({ ok: true });
    const row = await rowOf(signUp.representativeEmail);
    expect(row).toMatchObject({
      id: before.id,
      state: 'submitted',
      visibility: 'withheld',
      nameKey: keyedHash('直した会'),
      website: 'https://corrected.example.org/',
      contact: { email: signUp.representativeEmail },
    });
    expect(namesOf(row.names)).toEqual({ names: { ja: '直した会' }, reading: 'なおしたかい' });
    expect(row.searchText).toContain(keyedHash('直した会'));
    expect(row.sortKey).not.toBe(before.sortKey);
    expect(await db().representative.findFirst({ where: { endorsementId: row.id } })).toMatchObject(
      { name: '訂正 花子', searchText: '訂正花子' },
    );
    expect(await confirm(token, 1)).toEqual({ ok: true, letterSlug: letter.slug });
  });

  it('not after it was confirmed, nor with an expired or unknown link', async () => {
    const { signUp, token } = await aSignedLetter();
    const corrected = aSignUp({ nameEn: 'Too Late' });
    const refused = { ok: false, reason: 'not-possible' };
    expect(await correctSignUp(newToken(), corrected)).toEqual(refused);
    await confirm(token, 1);
    expect(await correctSignUp(token, corrected)).toEqual(refused);
    expect(await correctable(token)).toBeNull();
    const other = await aSignedLetter();
    await db().verification.updateMany({
      where: { endorsement: ofAddress(other.signUp.representativeEmail) },
      data: { expiresAt: new Date(0) },
    });
    expect(await correctSignUp(other.token, corrected)).toEqual(refused);
    for (const { representativeEmail } of [signUp, other.signUp])
      expect((await rowOf(representativeEmail)).names).not.toContainEqual(
        expect.objectContaining({ name: 'Too Late' }),
      );
  });

  it('cannot withhold the name where the letter does not offer it, but can keep it withheld', async () => {
    const withheld = { visibility: 'withheld' };
    const named = await aSignedLetter();
    const before = await aSignedLetter(withheld);
    for (const { letter } of [named, before])
      await db().letter.update({
        where: { id: letter.id },
        data: { listSettings: { offersWithheld: false } },
      });
    expect(await correctSignUp(named.token, aSignUp(withheld))).toEqual({
      ok: false,
      reason: 'withheld-not-offered',
    });
    expect((await correctable(before.token))!.settings.offersWithheld).toBe(true);
    expect(await correctSignUp(before.token, aSignUp(withheld))).toEqual({ ok: true });
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
      include: { representatives: true },
    });
    expect(signed.map(({ representatives }) => representatives[0]?.role)).toEqual([
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
    const [, , link, ...more] = await mailsTo(email);
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

  it('the mails before and after a confirmation name the letter by title and subject, as its page does', async () => {
    const ja = { ...someParts(), title: '共同書簡：', subject: '人権についての要望' };
    const en = { ...someParts(), title: 'Joint Letter:', subject: 'A request' };
    const letter = await aLetter({ texts: { ja, en } });
    const reviewer = await aCoordinator(letter, 'reviewer');
    await db().coordinator.update({ where: { id: reviewer.id }, data: { language: 'en' } });
    const signUp = aSignUp({ language: 'ja' });
    await endorse(letter.slug, signUp);
    const [mail] = await mailsTo(signUp.representativeEmail);
    const title = '共同書簡：人権についての要望';
    expect(mail!.props).toMatchObject({ letterTitle: title });
    await sendNewLink(tokenOf(mail!));
    expect((await mailsTo(signUp.representativeEmail)).map(({ props }) => props)).toEqual([
      expect.objectContaining({ letterTitle: title }),
      expect.objectContaining({ letterTitle: title }),
    ]);
    await confirm(tokenOf(mail!), 1);
    expect((await mailsTo(reviewer.email))[0]!.props).toMatchObject({
      letterTitle: 'Joint Letter: A request',
    });
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

describe('a reviewer has another link sent', () => {
  /** An unconfirmed sign-up whose link was mailed some hours ago. */
  async function waiting(hours = 2) {
    const letter = await aLetter();
    const email = anAddress();
    await endorse(letter.slug, aSignUp({ representativeEmail: email }));
    const { id } = await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
    const createdAt = new Date(Date.now() - hours * 3_600_000);
    await db().mail.updateMany({ where: { endorsementId: id }, data: { createdAt } });
    return { letter, email, id, reviewer: await aReviewer(letter) };
  }

  it('to a sign-up that was not confirmed: it works for the full term, once an hour, and is audited', async () => {
    const { letter, email, id, reviewer } = await waiting();
    await db().verification.updateMany({
      where: { endorsementId: id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    const both = await Promise.all([resendLink(reviewer, id), resendLink(reviewer, id)]);
    expect(both.toSorted()).toEqual(['recent', 'sent']);
    const mails = await mailsTo(email);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm', 'confirm']);
    expect(await confirm(tokenOf(mails[1]!), 1)).toMatchObject({ ok: true });
    expect(await resendLink(reviewer, id), 'once it is confirmed').toBe('refused');
    expect((await auditOf(letter.id)).map(({ action }) => action)).toEqual(['resend_link']);
  });

  it('not to another letter’s sign-up, nor to an address that is not mailed any more', async () => {
    const { email, id, reviewer } = await waiting();
    expect(await resendLink(await aReviewer(await aLetter()), id)).toBe('refused');
    await suppress(db(), email, { reason: 'bounced', at: new Date() });
    expect(await resendLink(reviewer, id)).toBe('refused');
    expect(await mailsTo(email)).toHaveLength(1);
  });
});
