import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, askAgain, recordAffirmation } from '../../lib/affirmation/commands.ts';
import { affirmation, answerCounts, askedSignatories } from '../../lib/affirmation/queries.ts';
import type { LetterParts } from '../../lib/letter/parts.ts';
import type { Owner } from '../../lib/platform/auth/authority.ts';
import { canonicalJson, hex, sha256 } from '../../lib/platform/canonical-json.ts';
import { db } from '../../lib/platform/db/client.ts';
import type { MailProps } from '../../lib/platform/mail/kinds.ts';
import { newToken } from '../../lib/platform/tokens.ts';
import { publish } from '../../lib/revision/commands.ts';
import type { Reason } from '../../lib/revision/content.ts';
import { revisionsOf, workingLetterOf } from '../../lib/revision/queries.ts';
import type { Publication } from '../../lib/revision/schema.ts';
import { aLetter, anEndorsement, anOwner, someParts } from '../support/factories.ts';
import { mailsTo, tokenOf } from '../support/mail.ts';

type Letter = Awaited<ReturnType<typeof aLetter>>;

/** What a coordinator who has just opened the page sends. */
async function publication(owner: Owner, kind: Publication['kind'], reason: Partial<Reason> = { en: 'A reason' }): Promise<Publication> {
  const { published, working, versions } = await workingLetterOf(owner);
  const { date, authoritativeLanguage } = working;
  return { kind, reason: { ja: null, en: null, ...reason }, seen: { revision: published?.number ?? null, ...versions, date, authoritativeLanguage } };
}

const publishAs = async (owner: Owner, kind: Publication['kind'], reason?: Partial<Reason>) => publish(owner, await publication(owner, kind, reason));

/** Writes at a letter's text, as a coordinator saves it. */
async function write(letter: Letter, parts: Partial<LetterParts>, language: 'ja' | 'en' = 'en') {
  await db().letterText.upsert({
    where: { letterId_language: { letterId: letter.id, language } },
    create: { letterId: letter.id, language, ...someParts(parts) },
    update: { ...parts, version: { increment: 1 } },
  });
}

/** A letter with signatories of which each was mailed after a change of substance. */
async function anAskedLetter(signatories: number) {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  const endorsements = [];
  for (let n = 0; n < signatories; n += 1) endorsements.push(await anEndorsement(letter.id, { state: 'approved' }));
  await write(letter, { body: 'Another text.' });
  expect(await publishAs(owner, 'substance')).toMatchObject({ ok: true, number: 2, asked: { mailed: signatories, attested: 0 } });
  return { letter, owner, endorsements };
}

const askedToken = async (email: string) => tokenOf((await mailsTo(email)).filter(({ kind }) => kind === 'affirm').at(-1)!);

describe('an owner publishes', () => {
  it('the first revision of a draft, and replaces it as long as the letter has not opened', async () => {
    const letter = await aLetter({ opensAt: null });
    const owner = await anOwner(letter);
    expect(await publishAs(owner, 'correction')).toEqual({ ok: false, reason: 'wrong-kind' });
    expect(await publishAs(owner, 'first')).toMatchObject({ ok: true, number: 1 });
    expect(await publishAs(owner, 'first')).toEqual({ ok: false, reason: 'nothing-to-publish' });
    const [before] = await revisionsOf(letter.id);
    await write(letter, { body: 'Better.' });
    expect(await publishAs(owner, 'first')).toMatchObject({ ok: true, number: 1 });
    const [revision, ...more] = await revisionsOf(letter.id);
    expect(more).toEqual([]);
    expect(revision).toMatchObject({ number: 1, kind: 'first', content: { texts: { en: { body: 'Better.' } }, previous: null, reason: null } });
    expect(revision!.hash).not.toBe(before!.hash);
    await db().letter.update({ where: { id: letter.id }, data: { opensAt: new Date(Date.now() - 1_000) } });
    await write(letter, { body: 'Best.' });
    expect(await publishAs(owner, 'first')).toEqual({ ok: false, reason: 'wrong-kind' });
    expect(await publishAs(owner, 'correction')).toMatchObject({ ok: true, number: 2 });
  });

  it('a correction: signatures stand, nobody is asked, and what it was before stays', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const endorsement = await anEndorsement(letter.id, { state: 'approved' });
    await write(letter, { body: 'Text!' });
    const { publicVersion } = await db().letter.findUniqueOrThrow({ where: { id: letter.id } });
    expect(await publishAs(owner, 'correction', {})).toEqual({ ok: false, reason: 'reason-missing' });
    expect(await publishAs(owner, 'correction', { ja: '日本語の本文はない' })).toEqual({ ok: false, reason: 'reason-missing' });
    expect(await publishAs(owner, 'correction', { en: 'A slip' })).toEqual({ ok: true, number: 2, asked: { mailed: 0, attested: 0 } });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({ revision: 2, substance: 1, publicVersion: publicVersion + 1 });
    expect(await db().endorsement.findUnique({ where: { id: endorsement.id } })).toEqual(endorsement);
    expect(await mailsTo(endorsement.email)).toEqual([]);
    const [second, first] = await revisionsOf(letter.id);
    expect(first!.content.texts.en!.body).toBe('Text.');
    expect(second!.content).toMatchObject({ kind: 'correction', reason: { ja: null, en: 'A slip' }, previous: first!.hash, texts: { en: { body: 'Text!' } } });
    const audit = await db().auditEvent.findMany({ where: { letterId: letter.id } });
    expect(audit).toMatchObject([{ action: 'publish', actorId: owner.coordinatorId, before: { revision: '1', hash: first!.hash }, after: { revision: '2', hash: second!.hash, kind: 'correction' } }]);
  });

  it('a translation only where nothing but a text was added', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await write(letter, { body: 'Text!' });
    expect(await publishAs(owner, 'translation')).toEqual({ ok: false, reason: 'wrong-kind' });
    await write(letter, { title: '書簡', body: '' }, 'ja');
    expect(await publishAs(owner, 'correction')).toEqual({ ok: false, reason: 'incomplete', missing: [{ language: 'ja', part: 'body' }] });
    await write(letter, { body: '本文' }, 'ja');
    expect(await publishAs(owner, 'translation')).toEqual({ ok: false, reason: 'wrong-kind' });
    await write(letter, { body: 'Text.' });
    expect(await publishAs(owner, 'translation', {})).toMatchObject({ ok: true, number: 2 });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({ revision: 2, substance: 1 });
    await db().letter.update({ where: { id: letter.id }, data: { date: new Date('2025-04-24') } });
    expect(await publishAs(owner, 'translation')).toEqual({ ok: false, reason: 'wrong-kind' });
    expect(await publishAs(owner, 'correction')).toMatchObject({ ok: true, number: 3 });
  });

  it('without a further text that nobody has begun to write', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await write(letter, { title: '', dateLine: '', salutation: ' ', body: '', valediction: '' }, 'ja');
    expect(await publishAs(owner, 'correction')).toEqual({ ok: false, reason: 'nothing-to-publish' });
    await write(letter, { body: 'Text!' });
    expect(await publishAs(owner, 'correction')).toMatchObject({ ok: true });
    expect(Object.keys((await revisionsOf(letter.id))[0]!.content.texts)).toEqual(['en']);
  });

  it('only what they saw: a later save, another publication, another date are refused', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await write(letter, { body: 'Text!' });
    const seen = await publication(owner, 'correction');
    for (const other of [{ revision: 2 }, { revision: null }, { en: 1 }, { ja: 1 }, { date: '2025-04-24' }, { authoritativeLanguage: 'ja' as const }]) {
      expect(await publish(owner, { ...seen, seen: { ...seen.seen, ...other } })).toEqual({ ok: false, reason: 'changed' });
    }
    expect(await publish(owner, seen)).toMatchObject({ ok: true });
    expect(await publish(owner, seen)).toEqual({ ok: false, reason: 'changed' });
  });

  it('at the same time as another owner: one wins', async () => {
    const letter = await aLetter();
    const owners = [await anOwner(letter), await anOwner(letter)];
    await write(letter, { body: 'Text!' });
    const seen = await publication(owners[0]!, 'substance');
    const results = await Promise.all(Array.from({ length: 10 }, (_, n) => publish(owners[n % 2]!, seen)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.reason === 'changed')).toHaveLength(9);
    expect(await revisionsOf(letter.id)).toHaveLength(2);
  });

  it('nothing that can be changed or deleted afterwards', async () => {
    const letter = await aLetter();
    const where = { letterId_number: { letterId: letter.id, number: 1 } };
    const refused = /a published revision does not change/;
    await expect(db().revision.update({ where, data: { kind: 'correction' } })).rejects.toThrow(refused);
    await expect(db().revision.delete({ where })).rejects.toThrow(refused);
    await expect(db().$executeRaw`TRUNCATE revision CASCADE`).rejects.toThrow(/does not change/);
  });
});

describe('a change of substance', () => {
  it('asks whoever stands behind the text: by mail, or through the coordinators where no mail was confirmed; nobody else', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const asked = [await anEndorsement(letter.id, { state: 'approved', language: 'en' }), await anEndorsement(letter.id, { state: 'verified' })];
    const attested = await anEndorsement(letter.id, { state: 'approved', proof: 'attested' });
    const others = await Promise.all((['submitted', 'declined', 'withdrawn'] as const).map((state) => anEndorsement(letter.id, { state })));
    await write(letter, { body: 'Text, too.' });
    expect(await publishAs(owner, 'substance', { en: 'New facts' })).toEqual({ ok: true, number: 2, asked: { mailed: 2, attested: 1 } });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({ revision: 2, substance: 2 });
    for (const { email, language, nameJa, nameEn } of asked) {
      const [mail, ...more] = await mailsTo(email);
      expect(more).toEqual([]);
      expect(mail).toMatchObject({ kind: 'affirm', language, letterId: letter.id });
      expect(mail!.props).toMatchObject({
        letterSlug: letter.slug,
        letterTitle: 'A letter',
        organization: { ja: nameJa, en: nameEn },
        revision: 2,
        reason: { ja: null, en: 'New facts' },
        shortened: false,
        difference: [{ language: 'en', change: 'changed', parts: [{ part: 'body' }] }],
      });
      expect(await affirmation(tokenOf(mail!))).toMatchObject({ state: 'open', letterSlug: letter.slug, content: { number: 2 } });
    }
    for (const { email } of [attested, ...others]) expect(await mailsTo(email)).toEqual([]);
    expect(await answerCounts(owner, 2)).toEqual({ waiting: 3, affirmed: 0, withdrawn: 0 });
    expect(await db().affirmation.findUnique({ where: { endorsementId_revision: { endorsementId: attested.id, revision: 2 } } })).toMatchObject({ tokenHash: null, expiresAt: null });
  });

  it('shows a mail no more of a long difference than it can hold', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const { email } = await anEndorsement(letter.id, { state: 'approved' });
    await write(letter, { body: '𠮟'.repeat(20_000) });
    await publishAs(owner, 'substance');
    const [mail] = await mailsTo(email);
    const props = mail!.props as unknown as MailProps['affirm'];
    const shown = props.difference.flatMap(({ parts }) => parts).flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('');
    expect(props.shortened).toBe(true);
    expect(shown.length).toBeLessThanOrEqual(3_000);
    expect(() => encodeURIComponent(shown)).not.toThrow(); // no half of a character
  });

  it('again: the earlier link is superseded, its mail is not sent any more, and everybody is asked about all that changed', async () => {
    const { letter, owner, endorsements } = await anAskedLetter(2);
    const [quick, slow] = endorsements;
    const tokens = [await askedToken(quick!.email), await askedToken(slow!.email)];
    expect(await answer(tokens[0]!, 'affirmed', 2)).toMatchObject({ ok: true });
    await db().mail.updateMany({ where: { toKey: quick!.email }, data: { sentAt: new Date(), sealedToken: null } });
    await write(letter, { salutation: 'Dear Madam,' });
    expect(await publishAs(owner, 'substance')).toMatchObject({ asked: { mailed: 2 } });
    expect(await affirmation(tokens[0]!)).toMatchObject({ state: 'affirmed' });
    expect(await affirmation(tokens[1]!)).toMatchObject({ state: 'superseded' });
    expect(await answer(tokens[1]!, 'affirmed', 3)).toEqual({ ok: false, reason: 'superseded' });
    const partsIn = async (email: string) =>
      (await mailsTo(email)).filter(({ sentAt }) => !sentAt).map(({ props }) => (props as unknown as MailProps['affirm']).difference[0]!.parts.map(({ part }) => part));
    expect(await partsIn(quick!.email)).toEqual([['salutation']]);
    expect(await partsIn(slow!.email)).toEqual([['salutation', 'body']]);
  });

  it('of a letter with a thousand signatories is published within a few seconds', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const one = await anEndorsement(letter.id, { state: 'approved' });
    const { id: _id, ...row } = one;
    await db().endorsement.createMany({ data: Array.from({ length: 999 }, (_, n) => ({ ...row, email: `${n}-${row.email}`, emailKey: `${n}-${row.email}` })) });
    await write(letter, { body: 'Text, too.' });
    const started = performance.now();
    expect(await publishAs(owner, 'substance')).toMatchObject({ asked: { mailed: 1_000 } });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await db().mail.count({ where: { letterId: letter.id, kind: 'affirm' } })).toBe(1_000);
  });
});

describe('a representative who is asked', () => {
  it('answers once, however often they press: 200 of them, each twice at the same time', async () => {
    const { letter, owner, endorsements } = await anAskedLetter(200);
    const tokens = await Promise.all(endorsements.map(({ email }) => askedToken(email)));
    const said = endorsements.map((_, n): 'withdrawn' | 'affirmed' => (n % 4 === 0 ? 'withdrawn' : 'affirmed'));
    const answers = await Promise.all(tokens.flatMap((token, n) => [answer(token, said[n]!, 2), answer(token, said[n]!, 2)]));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(200);
    expect(await answerCounts(owner, 2)).toEqual({ waiting: 0, affirmed: 150, withdrawn: 50 });
    const rows = await db().endorsement.groupBy({ by: ['state', 'revision', 'version'], where: { letterId: letter.id }, _count: { _all: true }, orderBy: { state: 'asc' } });
    expect(rows).toEqual([
      { state: 'approved', revision: 2, version: 2, _count: { _all: 150 } },
      { state: 'withdrawn', revision: 1, version: 2, _count: { _all: 50 } },
    ]);
    const audit = await db().auditEvent.groupBy({ by: ['action', 'actorId', 'note'], where: { letterId: letter.id, endorsementId: { not: null } }, _count: { _all: true }, orderBy: { action: 'asc' } });
    expect(audit).toEqual([
      { action: 'withdraw', actorId: null, note: 'representative', _count: { _all: 50 } },
      { action: 'affirm', actorId: null, note: 'representative', _count: { _all: 150 } },
    ]);
  });

  it('pressing both buttons at the same time gives one answer', async () => {
    const { endorsements } = await anAskedLetter(10);
    const tokens = await Promise.all(endorsements.map(({ email }) => askedToken(email)));
    const answers = await Promise.all(tokens.flatMap((token) => [answer(token, 'affirmed', 2), answer(token, 'withdrawn', 2)]));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
  });

  it('changes nothing by opening the link, nor does a mail scanner', async () => {
    const { endorsements } = await anAskedLetter(1);
    const token = await askedToken(endorsements[0]!.email);
    const looks = await Promise.all(Array.from({ length: 50 }, () => affirmation(token)));
    expect(new Set(looks.map(({ state }) => state))).toEqual(new Set(['open']));
    expect(await db().endorsement.findUnique({ where: { id: endorsements[0]!.id } })).toEqual(endorsements[0]);
    expect(await db().affirmation.findFirst({ where: { endorsementId: endorsements[0]!.id } })).toMatchObject({ answer: null, answeredAt: null });
  });

  it('with a made-up or damaged link learns and changes nothing', async () => {
    for (const token of [newToken(), '', 'x'.repeat(10_000), '\u0000', "' OR 1=1 --"]) {
      expect(await affirmation(token)).toEqual({ state: 'unknown' });
      expect(await answer(token, 'affirmed', 2)).toEqual({ ok: false, reason: 'unknown' });
    }
  });

  it('too late, is told so and counted as waiting', async () => {
    const { owner, endorsements } = await anAskedLetter(1);
    const token = await askedToken(endorsements[0]!.email);
    await db().affirmation.updateMany({ where: { endorsementId: endorsements[0]!.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await affirmation(token)).toMatchObject({ state: 'expired' });
    expect(await answer(token, 'affirmed', 2)).toEqual({ ok: false, reason: 'expired' });
    expect(await answerCounts(owner, 2)).toMatchObject({ waiting: 1 });
  });

  it('affirms the text that their page showed, corrections since included', async () => {
    const { letter, owner, endorsements } = await anAskedLetter(2);
    const tokens = await Promise.all(endorsements.map(({ email }) => askedToken(email)));
    await write(letter, { body: 'Another text!' });
    await publishAs(owner, 'correction');
    expect(await answer(tokens[0]!, 'affirmed', 1)).toEqual({ ok: false, reason: 'changed' });
    await answer(tokens[0]!, 'affirmed', 2);
    expect(await affirmation(tokens[1]!)).toMatchObject({ state: 'open', content: { number: 3 } });
    await answer(tokens[1]!, 'affirmed', 3_000_000);
    const rows = await db().endorsement.findMany({ where: { letterId: letter.id } });
    expect(rows.map(({ id, revision }) => [id, revision]).sort()).toEqual([[endorsements[0]!.id, 2], [endorsements[1]!.id, 3]].sort());
  });

  it('can affirm a letter that has closed or is archived', async () => {
    for (const over of [{ closesAt: new Date(Date.now() - 1) }, { archivedAt: new Date() }]) {
      const { letter, endorsements } = await anAskedLetter(1);
      await db().letter.update({ where: { id: letter.id }, data: over });
      expect(await answer(await askedToken(endorsements[0]!.email), 'affirmed', 2)).toMatchObject({ ok: true });
    }
  });

  it('withdraws before the review, too, but not what was declined', async () => {
    const { endorsements } = await anAskedLetter(2);
    const [waiting, declined] = endorsements;
    const tokens = await Promise.all(endorsements.map(({ email }) => askedToken(email)));
    await db().endorsement.update({ where: { id: waiting!.id }, data: { state: 'verified' } });
    await db().endorsement.update({ where: { id: declined!.id }, data: { state: 'declined' } });
    expect(await answer(tokens[0]!, 'withdrawn', 2)).toMatchObject({ ok: true });
    expect(await db().endorsement.findUnique({ where: { id: waiting!.id } })).toMatchObject({ state: 'withdrawn' });
    expect(await answer(tokens[1]!, 'withdrawn', 2)).toEqual({ ok: false, reason: 'closed' });
    expect(await affirmation(tokens[0]!)).toMatchObject({ state: 'withdrawn' });
  });
});

describe('an owner sees who has not answered', () => {
  it('and asks again, at most once in 24 hours; the older link no longer works', async () => {
    const { owner, endorsements } = await anAskedLetter(1);
    const { id, email } = endorsements[0]!;
    const old = await askedToken(email);
    expect(await askAgain(owner, id)).toEqual({ ok: false, reason: 'too-soon' });
    const tomorrow = new Date(Date.now() + 24 * 3_600_000 + 60_000);
    expect(await askedSignatories(owner, 2, 'waiting', 1)).toMatchObject([{ id, canAskAgain: false }]);
    expect(await askedSignatories(owner, 2, 'waiting', 1, tomorrow)).toMatchObject([{ id, canAskAgain: true }]);
    const results = await Promise.all(Array.from({ length: 5 }, () => askAgain(owner, id, tomorrow)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await mailsTo(email)).filter(({ kind }) => kind === 'affirm')).toHaveLength(1); // the first had not been sent yet
    expect(await affirmation(old)).toEqual({ state: 'unknown' });
    expect(await answer(await askedToken(email), 'affirmed', 2)).toMatchObject({ ok: true });
    expect(await askAgain(owner, id, new Date(tomorrow.getTime() + 48 * 3_600_000))).toEqual({ ok: false, reason: 'not-asked' });
    expect(await db().auditEvent.count({ where: { endorsementId: id, action: 'ask_again', actorId: owner.coordinatorId } })).toBe(1);
  });

  it('even one that came to the list after the question, and asks it', async () => {
    const { letter, owner } = await anAskedLetter(0);
    const late = await anEndorsement(letter.id, { state: 'approved' });
    expect(await askedSignatories(owner, 2, 'waiting', 1)).toMatchObject([{ id: late.id, askedAt: null, canAskAgain: true }]);
    expect(await askAgain(owner, late.id)).toEqual({ ok: true });
    expect(await affirmation(await askedToken(late.email))).toMatchObject({ state: 'open' });
  });

  it('and records what a signatory said otherwise', async () => {
    const { letter, owner } = await anAskedLetter(0);
    const attested = await anEndorsement(letter.id, { state: 'approved', proof: 'attested' });
    expect(await askAgain(owner, attested.id)).toEqual({ ok: false, reason: 'not-asked' });
    expect(await recordAffirmation(owner, attested.id, 1)).toEqual({ ok: false, reason: 'changed' });
    const results = await Promise.all([recordAffirmation(owner, attested.id, 2), recordAffirmation(owner, attested.id, 2)]);
    expect(results.filter(({ ok }) => ok)).toEqual([{ ok: true, publicChange: true }]);
    expect(await db().endorsement.findUnique({ where: { id: attested.id } })).toMatchObject({ revision: 2, signedRevision: 1, version: 2 });
    expect(await askedSignatories(owner, 2, 'affirmed', 1)).toMatchObject([{ id: attested.id, recordedBy: owner.email }]);
    expect(await db().auditEvent.findMany({ where: { endorsementId: attested.id } })).toMatchObject([
      { action: 'affirm', actorId: owner.coordinatorId, before: { revision: '1' }, after: { revision: '2' }, note: null },
    ]);
  });

  it('but reaches no other letter’s', async () => {
    const { endorsements } = await anAskedLetter(1);
    const { owner } = await anAskedLetter(0);
    expect(await askAgain(owner, endorsements[0]!.id, new Date(Date.now() + 48 * 3_600_000))).toEqual({ ok: false, reason: 'not-asked' });
    expect(await recordAffirmation(owner, endorsements[0]!.id, 2)).toEqual({ ok: false, reason: 'not-asked' });
  });
});

describe('whoever verifies a letter', () => {
  const verify = async (slug: string) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/letter-verify.ts', slug], { env: { ...process.env, NODE_OPTIONS: '' } }).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, output: error.stdout + error.stderr }),
    );

  it('is told how many hashes hold, and which was tampered with', async () => {
    const { letter, owner } = await anAskedLetter(1);
    await write(letter, { body: 'Another text!' });
    await publishAs(owner, 'correction');
    expect(await verify(letter.slug)).toMatchObject({ code: 0, output: expect.stringContaining('3 hashes verified') });
    expect(await verify('no-such-letter')).toMatchObject({ code: 1, output: expect.stringContaining('no letter') });

    const tamper = async (how: () => Promise<unknown>) => {
      await db().$executeRaw`ALTER TABLE revision DISABLE TRIGGER ALL`;
      try {
        await how();
      } finally {
        await db().$executeRaw`ALTER TABLE revision ENABLE TRIGGER ALL`;
      }
    };
    const at = (number: number) => ({ letterId_number: { letterId: letter.id, number } });
    const { canonical, hash } = await db().revision.findUniqueOrThrow({ where: at(2) });
    await tamper(() => db().revision.update({ where: at(2), data: { canonical: canonical.replace('Another', 'Any other') } }));
    expect(await verify(letter.slug)).toMatchObject({ code: 1, output: expect.stringMatching(/revision 2: .*hash/) });
    // Whoever mends the hash breaks the chain.
    const other = canonical.replace('Another', 'Any other');
    await tamper(() => db().revision.update({ where: at(2), data: { canonical: other, hash: sha256(other) } }));
    expect(await verify(letter.slug)).toMatchObject({ code: 1, output: expect.stringMatching(/revision 3: .*before it/) });
    const spaced = JSON.stringify(JSON.parse(canonical), null, 1);
    await tamper(() => db().revision.update({ where: at(2), data: { canonical: spaced, hash: sha256(spaced) } }));
    expect(await verify(letter.slug)).toMatchObject({ code: 1, output: expect.stringMatching(/revision 2: .*canonical/) });
    await tamper(() => db().revision.update({ where: at(2), data: { canonical, hash, kind: 'correction' } }));
    expect(await verify(letter.slug)).toMatchObject({ code: 1, output: expect.stringMatching(/revision 2: .*row/) });
    await tamper(() => db().revision.update({ where: at(2), data: { kind: 'substance' } }));
    expect(await verify(letter.slug)).toMatchObject({ code: 0 });
  }, 180_000);
});

describe('the canonical form', () => {
  it('is what is stored and hashed', async () => {
    const letter = await aLetter();
    const row = await db().revision.findFirstOrThrow({ where: { letterId: letter.id } });
    expect(canonicalJson(JSON.parse(row.canonical))).toBe(row.canonical);
    expect(hex(row.hash)).toBe(hex(sha256(row.canonical)));
  });

  it('writes strings as PostgreSQL does, which the migration of earlier letters relies on (property)', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.integer({ min: 1, max: 0x9f }).map((code) => String.fromCharCode(code)) }));
    await fc.assert(
      fc.asyncProperty(fc.array(text.map((found) => found.replaceAll('\0', '')), { minLength: 20, maxLength: 40 }), async (texts) => {
        const [row] = await db().$queryRaw<{ written: string[] }[]>`SELECT array_agg(to_json(given)::text ORDER BY place) AS written FROM unnest(${texts}::text[]) WITH ORDINALITY AS t (given, place)`;
        expect(row!.written).toEqual(texts.map((given) => JSON.stringify(given)));
      }),
      { numRuns: 100 },
    );
  });
});
