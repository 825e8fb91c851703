/** A coordinator vouches for a sign-up that nobody has confirmed; and dismisses a denial (ADR 57). */
import { describe, expect, it } from 'vitest';
import { deliver } from '@/lib/delivery/commands';
import { confirmAttested, denyAttested } from '@/lib/endorsement/attested/commands';
import { dismissDenial } from '@/lib/endorsement/attested/denials/commands';
import { question } from '@/lib/endorsement/attested/queries';
import { sealEvidence, vouch } from '@/lib/endorsement/attested/vouching/commands';
import { evidenceFile } from '@/lib/endorsement/attested/vouching/queries';
import { entryData } from '@/lib/endorsement/entry/data/queries';
import { requestErasure } from '@/lib/endorsement/entry/commands';
import { requestEntryLinks } from '@/lib/endorsement/entry/links/commands';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { deniedEntries } from '@/lib/endorsement/imports/queries';
import { remindUnconfirmed } from '@/lib/endorsement/reminders/commands';
import { decide } from '@/lib/endorsement/review/commands';
import { resendLink } from '@/lib/endorsement/review/mails/commands';
import { erase } from '@/lib/endorsement/review/requests/commands';
import { queue } from '@/lib/endorsement/review/queries';
import { dismissalSchema, queueSchema, vouchSchema } from '@/lib/endorsement/review/schema';
import { confirm } from '@/lib/endorsement/verification/commands';
import { confirmation } from '@/lib/endorsement/verification/queries';
import { lockLetter } from '@/lib/letter/lock';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { errorsByField } from '@/lib/platform/forms/fields';
import { retain } from '@/lib/retention/commands';
import { countsOf } from '@/lib/signatories/overview/queries';
import { publicCounts, signatories } from '@/lib/signatories/queries';
import { asSeen } from '@/tests/support/delivery';
import { aLetter, anObserver, anOwner, aReviewer, aSignUp } from '@/tests/support/factories';
import { untilWaiting } from '@/tests/support/locks';
import { mailsTo, sent, tokenOf } from '@/tests/support/mail';
import { entryFor } from '@/tests/support/managed';
import { publishAs, write } from '@/tests/support/publishing';
import { aClient, endorse, sendNewLink } from '@/tests/support/sign-up';

const DAY = 24 * 3_600_000;
const evidence = 'Its director confirmed by telephone.';
const SCAN = { name: 'letter.pdf', bytes: Buffer.from('%PDF-1.7') };
const NOT_POSSIBLE = { ok: false, reason: 'not-possible' };

/** A letter with an unconfirmed sign-up, the token in its mail, and a reviewer. */
async function aSignedLetter(over: Record<string, unknown> = {}, letterOver = {}) {
  const letter = await aLetter(letterOver);
  const signUp = aSignUp(over);
  const email = signUp.representativeEmail;
  await endorse(letter.slug, signUp);
  const [mail] = await mailsTo(email);
  const { id } = await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
  const reviewer = await aReviewer(letter);
  return { letter, id, email, token: tokenOf(mail!), reviewer };
}

/** {@link aSignedLetter}, for whose sign-up the reviewer has vouched; with the token of the question. */
async function aVouchedFor(over: Record<string, unknown> = {}, letterOver = {}) {
  const signed = await aSignedLetter(over, letterOver);
  const { reviewer, id, email } = signed;
  expect(await vouch(reviewer, { id, version: 1, text: 1, evidence }, SCAN)).toEqual({ ok: true });
  const asked = (await mailsTo(email)).find(({ kind }) => kind === 'confirm_attested')!;
  return { ...signed, asked: tokenOf(asked) };
}

const rowOf = (id: string) =>
  db().endorsement.findUniqueOrThrow({ where: { id }, include: { contact: true } });
const kindsTo = async (email: string) => (await mailsTo(email)).map(({ kind }) => kind);
const auditsOf = async (endorsementId: string) =>
  (await db().auditEvent.findMany({ where: { endorsementId }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  );

describe('a reviewer vouches for an unconfirmed sign-up', () => {
  it('which then waits for review as other attested entries do; the address is asked, and gets nothing else', async () => {
    const { letter, id, email, reviewer } = await aVouchedFor();
    expect((await queue(reviewer, queueSchema.parse({}))).rows).toMatchObject([
      { id, state: 'verified', proof: 'attested' },
    ]);
    const entry = await entryFor(reviewer, id);
    expect(entry).toMatchObject({
      evidence,
      evidenceFile: 'letter.pdf',
      representatives: [{ email }],
      text: { signed: 1, standsBehind: 1, binding: 1 },
      question: { answer: null },
      history: [
        {
          action: 'vouch',
          by: reviewer.email,
          changes: [
            { field: 'state', before: 'submitted', after: 'verified' },
            { field: 'evidence', after: evidence },
          ],
        },
      ],
    });
    const row = await rowOf(id);
    expect(row.contact!.verifiedAt).toBeNull();
    expect(row.verifiedAt).not.toBeNull();
    // The link to confirm had not left yet.
    expect(await kindsTo(email)).toEqual(['confirm_attested']);
    expect(await publicCounts(letter.id)).toMatchObject({ total: 0 });

    expect(await decide(reviewer, { step: 'approve', id, version: 2 })).toEqual({ ok: true });
    expect(await signatories(letter.id, 'listed')).toHaveLength(1);
    await requestEntryLinks(email, 'en', aClient());
    await remindUnconfirmed(new Date(Date.now() + 3 * DAY));
    expect(await resendLink(reviewer, id)).toBe('refused');
    expect(await kindsTo(email)).toEqual(['confirm_attested']);
    const [said] = (await sent()).filter(({ to }) => to === email);
    expect(said!.text).toMatch(/申し込み|vouch/);
    expect(said!.text).not.toContain('/entry/');
  });

  it('whose links have expired, as long as it is kept', async () => {
    const { id, reviewer } = await aSignedLetter();
    await db().verification.updateMany({
      where: { endorsementId: id },
      data: { expiresAt: new Date(Date.now() - DAY) },
    });
    expect(await vouch(reviewer, { id, version: 1, text: 1, evidence }, null)).toEqual({
      ok: true,
    });
    expect(await rowOf(id)).toMatchObject({ state: 'verified', proof: 'attested' });
    await retain(new Date(Date.now() + 60 * DAY));
    expect(await rowOf(id)).toMatchObject({ state: 'verified', evidence });
  });

  it('but not for one that is confirmed, vouched for or of another letter, nor with a wrong file', async () => {
    const { id, reviewer, token } = await aSignedLetter();
    const vouched = { id, version: 1, text: 1, evidence };
    const stranger = await aReviewer(await aLetter());
    expect(await vouch(stranger, vouched, null)).toEqual({ ok: false, reason: 'not-found' });
    const bytes = Buffer.from('<html>');
    expect(await vouch(reviewer, vouched, { name: 'a.pdf', bytes })).toEqual({
      ok: false,
      reason: 'fileType',
    });
    const big = Buffer.concat([SCAN.bytes, Buffer.alloc(3 * 1024 * 1024)]);
    expect(await vouch(reviewer, vouched, { name: 'a.pdf', bytes: big })).toEqual({
      ok: false,
      reason: 'fileTooBig',
    });
    expect(await rowOf(id)).toMatchObject({ state: 'submitted', version: 1 });
    expect(await confirm(token, 1)).toMatchObject({ ok: true });
    expect(await vouch(reviewer, vouched, null)).toMatchObject({ ok: false, reason: 'changed' });
    expect(await vouch(reviewer, { ...vouched, version: 2 }, null)).toEqual(NOT_POSSIBLE);

    const second = await aVouchedFor();
    const again = { ...vouched, id: second.id, version: 2 };
    expect(await vouch(second.reviewer, again, null)).toEqual(NOT_POSSIBLE);
    expect(await auditsOf(second.id)).toEqual(['vouch']);
  });

  it('for the text that they saw: a newer one is refused, and one that changed since it signed is what it stands behind', async () => {
    const { letter, id, reviewer } = await aSignedLetter();
    await write(letter, { body: 'Another text.' });
    await publishAs(await anOwner(letter), 'substance');
    const vouched = { id, version: 1, evidence };
    expect(await vouch(reviewer, { ...vouched, text: 1 }, null)).toEqual({
      ok: false,
      reason: 'text',
    });
    expect(await vouch(reviewer, { ...vouched, text: 2 }, null)).toEqual({ ok: true });
    expect((await entryFor(reviewer, id))!.text).toEqual({
      signed: 2,
      standsBehind: 2,
      binding: 2,
    });
  });

  it('an observer sees neither the evidence nor the file; a reviewer of another letter has no file', async () => {
    const { letter, id, reviewer } = await aVouchedFor();
    const seen = JSON.stringify(await entryFor(await anObserver(letter), id));
    expect(seen).not.toContain('telephone');
    expect(seen).not.toContain('letter.pdf');
    expect((await evidenceFile(reviewer, id))!.bytes).toEqual(new Uint8Array(SCAN.bytes));
    expect(await evidenceFile(await aReviewer(await aLetter()), id)).toBeNull();
    const stored = await db().evidenceFile.findUniqueOrThrow({ where: { endorsementId: id } });
    expect(stored.name).not.toContain('letter');
    expect(Buffer.from(stored.bytes).toString('latin1')).not.toContain('%PDF');
  });

  it.each([
    [
      'without evidence',
      vouchSchema,
      { text: '1', evidence: ' \n' },
      { evidence: ['evidenceRequired'] },
    ],
    [
      'with endless evidence',
      vouchSchema,
      { text: '1', evidence: 'x'.repeat(1_001) },
      { evidence: ['tooLong'] },
    ],
    ['to dismiss, without a note', dismissalSchema, { why: '' }, { why: ['whyRequired'] }],
  ])('a form %s is refused with an error code', (_, schema, typed, errors) => {
    const parsed = schema.safeParse({
      id: '00000000-0000-4000-8000-000000000000',
      version: '1',
      ...typed,
    });
    expect(parsed.success ? {} : errorsByField(parsed.error)).toEqual(errors);
  });
});

describe('the representative whose sign-up a coordinator vouched for', () => {
  it.each(['its question', 'the link to confirm'] as const)(
    'confirms through %s: its address is proved, and its private link is mailed',
    async (through) => {
      const { id, email, token, asked, reviewer } = await aVouchedFor();
      expect(await confirmation(token)).toMatchObject({ state: 'vouched' });
      const link = through === 'its question' ? asked : token;
      expect(await question(link)).toMatchObject({ state: 'open', kind: 'form' });
      expect(await confirmAttested(link)).toEqual({ ok: true });
      expect(await question(link)).toMatchObject({ state: 'confirmed' });
      expect(await confirmation(token)).toMatchObject({ state: 'confirmed' });
      const row = await rowOf(id);
      expect(row).toMatchObject({ proof: 'email', state: 'verified', evidence });
      expect(row.contact!.verifiedAt).not.toBeNull();
      const mails = await mailsTo(email);
      expect(mails.map(({ kind }) => kind)).toEqual(['confirm_attested', 'confirmed']);
      expect(await ownEntry(tokenOf(mails[1]!))).toMatchObject({ state: 'verified' });
      expect(await entryData(tokenOf(mails[1]!))).toMatchObject({
        evidence,
        evidenceFile: { name: 'letter.pdf', type: 'application/pdf' },
      });
      expect(await vouch(reviewer, { id, version: 3, text: 1, evidence }, null)).toEqual(
        NOT_POSSIBLE,
      );
    },
  );

  it('confirms with the page that was open before: once, and it is no less confirmed', async () => {
    const { id, email, token } = await aVouchedFor();
    const answers = await Promise.all([confirm(token, 1), confirm(token, 1)]);
    expect(answers.filter(({ ok }) => ok)).not.toEqual([]);
    expect(await rowOf(id)).toMatchObject({ proof: 'email', state: 'verified' });
    expect(await kindsTo(email)).toEqual(['confirm_attested', 'confirmed']);
  });

  it('asks for a new link after the term of the first: the question comes again', async () => {
    const { id, email, token, asked } = await aVouchedFor();
    await db().verification.updateMany({
      where: { endorsementId: id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await confirmation(token)).toMatchObject({ state: 'expired' });
    expect(await confirmAttested(token)).toEqual({ ok: false, reason: 'unknown' });
    expect(await sendNewLink(token)).toEqual({ ok: true });
    const mails = await mailsTo(email);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm_attested', 'confirm_attested']);
    expect(await question(asked)).toEqual({ state: 'unknown' });
    expect(await confirmAttested(tokenOf(mails[1]!))).toEqual({ ok: true });
    expect(await rowOf(id)).toMatchObject({ proof: 'email' });
  });

  it('denies through the link to confirm: the reviewers see it, and the entry stands', async () => {
    const { id, token, reviewer } = await aVouchedFor();
    expect(await denyAttested(token)).toEqual({ ok: true });
    expect((await deniedEntries(reviewer)).entries.map((entry) => entry.id)).toEqual([id]);
    expect(await rowOf(id)).toMatchObject({ state: 'verified', proof: 'attested' });
  });

  it('has nothing to confirm with once it is declined', async () => {
    const { id, email, token, reviewer } = await aVouchedFor();
    const decline = { step: 'decline', id, version: 2, reason: 'other', note: null } as const;
    expect(await decide(reviewer, decline)).toEqual({ ok: true });
    expect(await question(token)).toMatchObject({ state: 'over' });
    expect(await confirm(token, 1)).toEqual({ ok: false, reason: 'vouched' });
    expect(await kindsTo(email)).toEqual(['confirm_attested']);
  });

  it('confirms while a coordinator is vouching: one comes first, and the other follows it', async () => {
    const { letter, id, email, token, reviewer } = await aSignedLetter();
    // Vouching waits for the letter; the confirmation does not, and comes first.
    let vouching: ReturnType<typeof vouch> | undefined;
    await db().$transaction(async (tx) => {
      await lockLetter(tx, letter.id);
      vouching = vouch(reviewer, { id, version: 1, text: 1, evidence }, null);
      await untilWaiting(1);
      expect(await confirm(token, 1)).toMatchObject({ ok: true });
    });
    expect(await vouching).toMatchObject({ ok: false, reason: 'changed', state: 'verified' });
    expect(await rowOf(id)).toMatchObject({ proof: 'email', evidence: null });
    expect(await kindsTo(email)).toEqual(['confirm', 'confirmed']);

    // Vouching comes first; the confirmation waits for the entry, and confirms what is attested then.
    const other = await aSignedLetter();
    let confirming: ReturnType<typeof confirm> | undefined;
    await db().$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE attested_question IN EXCLUSIVE MODE`;
      vouching = vouch(other.reviewer, { id: other.id, version: 1, text: 1, evidence }, null);
      await untilWaiting(1);
      confirming = confirm(other.token, 1);
      await untilWaiting(2);
    });
    expect(await vouching).toEqual({ ok: true });
    expect(await confirming).toEqual({ ok: true, letterSlug: other.letter.slug });
    expect(await rowOf(other.id)).toMatchObject({ proof: 'email', state: 'verified', evidence });
    expect(await auditsOf(other.id)).toEqual(['vouch', 'confirm_attested']);
    expect(await kindsTo(other.email)).toEqual(['confirm_attested', 'confirmed']);
  });

  it('is not proved by a confirmation that came too late to be one', async () => {
    const { id, token } = await aSignedLetter();
    let confirming: ReturnType<typeof confirm> | undefined;
    await db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM endorsement WHERE id = ${id}::uuid FOR UPDATE`;
      confirming = confirm(token, 1);
      await untilWaiting(1);
      await tx.endorsement.update({
        where: { id },
        data: { state: 'verified', proof: 'attested', evidence, verifiedAt: new Date() },
      });
    });
    // Nothing asks the address here, so nothing can be answered.
    expect(await confirming).toEqual({ ok: false, reason: 'vouched' });
    expect((await rowOf(id)).contact!.verifiedAt).toBeNull();
  });
});

describe('a denial of an attested entry', () => {
  it('is dismissed with a note: the notices end, the history says why, and the same answer brings none back', async () => {
    const { letter, id, asked, email, reviewer } = await aVouchedFor();
    const dismissal = { id, version: 2, why: 'The address is of a former secretary.' };
    expect(await dismissDenial(reviewer, dismissal)).toEqual(NOT_POSSIBLE);
    await denyAttested(asked);
    const waiting = async () => (await countsOf([letter.id]))(letter.id).waiting.denied;
    const signs = async () =>
      (await queue(reviewer, queueSchema.parse({}))).rows.map((row) => row.signs.denied);
    expect([await waiting(), await signs()]).toEqual([1, [true]]);
    const stranger = await aReviewer(await aLetter());
    expect(await dismissDenial(stranger, dismissal)).toEqual({ ok: false, reason: 'not-found' });
    const answers = await Promise.all([
      dismissDenial(reviewer, dismissal),
      dismissDenial(reviewer, dismissal),
    ]);
    expect(answers).toContainEqual({ ok: true });
    expect(answers).toContainEqual(expect.objectContaining({ reason: 'changed' }));
    expect(await denyAttested(asked)).toEqual({ ok: true });
    expect([await waiting(), await signs()]).toEqual([0, [false]]);
    expect((await deniedEntries(reviewer)).entries).toEqual([]);
    const entry = (await entryFor(reviewer, id))!;
    expect(entry.state).toBe('verified');
    expect(entry.history.at(-1)).toMatchObject({
      action: 'dismiss_denial',
      by: reviewer.email,
      changes: [{ field: 'note', after: dismissal.why }],
    });
    expect(JSON.stringify(await entryFor(await anObserver(letter), id))).not.toContain('secretary');
    // The address can still say otherwise.
    expect(await confirmAttested(asked)).toEqual({ ok: true });
    expect(await kindsTo(email)).toEqual(['confirm_attested', 'confirmed']);
  });
});

describe('the file that shows it', () => {
  it('is deleted with the note six months after the letter has closed', async () => {
    const closesAt = new Date(Date.now() + 3_600_000);
    const { id } = await aVouchedFor({}, { closesAt });
    const over = new Date(closesAt);
    over.setUTCMonth(over.getUTCMonth() + 6);
    const left = async () => [
      (await rowOf(id)).evidence !== null,
      await db().evidenceFile.count({ where: { endorsementId: id } }),
    ];
    await retain(new Date(over.getTime() - 1_000));
    expect(await left()).toEqual([true, 1]);
    await retain(new Date(over.getTime() + DAY));
    expect(await left()).toEqual([false, 0]);
  });

  it('is erased as the organization asks, also where a delivery keeps the entry', async () => {
    const { letter, id, asked, email } = await aVouchedFor();
    await confirmAttested(asked);
    const link = tokenOf((await mailsTo(email)).at(-1)!);
    const owner = await anOwner(letter);
    await decide(owner, { step: 'approve', id, version: 3 });
    expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true });
    await requestErasure(link);
    const { version } = await rowOf(id);
    expect(await erase(owner, { id, version })).toEqual({
      ok: true,
      outcome: 'kept',
    });
    expect(await db().evidenceFile.count({ where: { endorsementId: id } })).toBe(0);
  });

  it('is sealed anew under another secret', async () => {
    const { id, reviewer } = await aVouchedFor();
    const settings = env();
    const [now, before] = [settings.APP_SECRET, settings.PREVIOUS_SECRETS];
    const next = 'v'.repeat(64);
    Object.assign(settings, { APP_SECRET: next, PREVIOUS_SECRETS: [now] });
    try {
      expect(await sealEvidence()).toBeGreaterThanOrEqual(1);
      Object.assign(settings, { PREVIOUS_SECRETS: [] });
      expect((await evidenceFile(reviewer, id))!.name).toBe('letter.pdf');
      // Back, for the other tests.
      Object.assign(settings, { APP_SECRET: now, PREVIOUS_SECRETS: [next] });
      await sealEvidence();
    } finally {
      Object.assign(settings, { APP_SECRET: now, PREVIOUS_SECRETS: before });
    }
  });
});
