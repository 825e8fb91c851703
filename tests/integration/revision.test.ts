import { describe, expect, it } from 'vitest';
import { answer } from '@/lib/revision/reaffirmation/commands';
import { affirmation, reaffirmationCounts } from '@/lib/revision/reaffirmation/queries';
import { db } from '@/lib/platform/db/client';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { publish } from '@/lib/revision/commands';
import { revisionsOf } from '@/lib/revision/queries';
import { aLetter, anEndorsement, anOwner } from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import {
  publication,
  publishAs,
  write,
  aLetterInReaffirmation,
  askedToken,
} from '@/tests/support/publishing';

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
    expect(revision).toMatchObject({
      number: 1,
      kind: 'first',
      content: { texts: { en: { body: 'Better.' } }, previous: null, reason: null },
    });
    expect(revision!.hash).not.toBe(before!.hash);
    await db().letter.update({
      where: { id: letter.id },
      data: { opensAt: new Date(Date.now() - 1_000) },
    });
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
    expect(await publishAs(owner, 'correction', {})).toEqual({
      ok: false,
      reason: 'reason-missing',
    });
    expect(await publishAs(owner, 'correction', { ja: '日本語の本文はない' })).toEqual({
      ok: false,
      reason: 'reason-missing',
    });
    expect(await publishAs(owner, 'correction', { en: 'A slip' })).toEqual({
      ok: true,
      number: 2,
      asked: { mailed: 0, attested: 0 },
    });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      revision: 2,
      bindingRevision: 1,
      publicVersion: publicVersion + 1,
    });
    expect(await db().endorsement.findUnique({ where: { id: endorsement.id } })).toEqual(
      endorsement,
    );
    expect(await mailsTo(endorsement.email)).toEqual([]);
    const [second, first] = await revisionsOf(letter.id);
    expect(first!.content.texts.en!.body).toBe('Text.');
    expect(second!.content).toMatchObject({
      kind: 'correction',
      reason: { ja: null, en: 'A slip' },
      previous: first!.hash,
      texts: { en: { body: 'Text!' } },
    });
    const audit = await db().auditEvent.findMany({ where: { letterId: letter.id } });
    expect(audit).toMatchObject([
      {
        action: 'publish',
        actorId: owner.coordinatorId,
        before: { revision: '1', hash: first!.hash },
        after: { revision: '2', hash: second!.hash, kind: 'correction' },
      },
    ]);
  });

  it('a translation only where nothing but a text was added', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await write(letter, { body: 'Text!' });
    expect(await publishAs(owner, 'translation')).toEqual({ ok: false, reason: 'wrong-kind' });
    await write(letter, { title: '書簡', body: '' }, 'ja');
    expect(await publishAs(owner, 'correction')).toEqual({
      ok: false,
      reason: 'incomplete',
      missing: [{ language: 'ja', part: 'body' }],
    });
    await write(letter, { body: '本文' }, 'ja');
    expect(await publishAs(owner, 'translation')).toEqual({ ok: false, reason: 'wrong-kind' });
    await write(letter, { body: 'Text.' });
    expect(await publishAs(owner, 'translation', {})).toMatchObject({ ok: true, number: 2 });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      revision: 2,
      bindingRevision: 1,
    });
    await db().letter.update({ where: { id: letter.id }, data: { date: new Date('2025-04-24') } });
    expect(await publishAs(owner, 'translation')).toEqual({ ok: false, reason: 'wrong-kind' });
    expect(await publishAs(owner, 'correction')).toMatchObject({ ok: true, number: 3 });
  });

  it('without a further text that nobody has begun to write', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await write(
      letter,
      { title: '', dateLine: '', salutation: ' ', body: '', valediction: '' },
      'ja',
    );
    expect(await publishAs(owner, 'correction')).toEqual({
      ok: false,
      reason: 'nothing-to-publish',
    });
    await write(letter, { body: 'Text!' });
    expect(await publishAs(owner, 'correction')).toMatchObject({ ok: true });
    expect(Object.keys((await revisionsOf(letter.id))[0]!.content.texts)).toEqual(['en']);
  });

  it('only what they saw: a later save, another publication, another date are refused', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await write(letter, { body: 'Text!' });
    const seen = await publication(owner, 'correction');
    for (const other of [
      { revision: 2 },
      { revision: null },
      { en: 1 },
      { ja: 1 },
      { date: '2025-04-24' },
      { authoritativeLanguage: 'ja' as const },
    ]) {
      expect(await publish(owner, { ...seen, seen: { ...seen.seen, ...other } })).toEqual({
        ok: false,
        reason: 'changed',
      });
    }
    expect(await publish(owner, seen)).toMatchObject({ ok: true });
    expect(await publish(owner, seen)).toEqual({ ok: false, reason: 'changed' });
  });

  it('at the same time as another owner: one wins', async () => {
    const letter = await aLetter();
    const owners = [await anOwner(letter), await anOwner(letter)];
    await write(letter, { body: 'Text!' });
    const seen = await publication(owners[0]!, 'substance');
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, n) => publish(owners[n % 2]!, seen)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.reason === 'changed')).toHaveLength(9);
    expect(await revisionsOf(letter.id)).toHaveLength(2);
  });

  it('nothing that can be changed or deleted afterwards', async () => {
    const letter = await aLetter();
    const where = { letterId_number: { letterId: letter.id, number: 1 } };
    const refused = /a published revision does not change/;
    await expect(db().revision.update({ where, data: { kind: 'correction' } })).rejects.toThrow(
      refused,
    );
    await expect(db().revision.delete({ where })).rejects.toThrow(refused);
    await expect(db().$executeRaw`TRUNCATE revision CASCADE`).rejects.toThrow(/does not change/);
  });
});

describe('a change of substance', () => {
  it('asks whoever stands behind the text: by mail, or through the coordinators where no mail was confirmed; nobody else', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const asked = [
      await anEndorsement(letter.id, { state: 'approved', language: 'en' }),
      await anEndorsement(letter.id, { state: 'verified' }),
    ];
    const attested = await anEndorsement(letter.id, { state: 'approved', proof: 'attested' });
    const others = await Promise.all(
      (['submitted', 'declined', 'withdrawn'] as const).map((state) =>
        anEndorsement(letter.id, { state }),
      ),
    );
    await write(letter, { body: 'Text, too.' });
    expect(await publishAs(owner, 'substance', { en: 'New facts' })).toEqual({
      ok: true,
      number: 2,
      asked: { mailed: 2, attested: 1 },
    });
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      revision: 2,
      bindingRevision: 2,
    });
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
      expect(await affirmation(tokenOf(mail!))).toMatchObject({
        state: 'open',
        letterSlug: letter.slug,
        content: { number: 2 },
      });
    }
    for (const { email } of [attested, ...others]) expect(await mailsTo(email)).toEqual([]);
    expect(await reaffirmationCounts(owner, 2)).toEqual({ waiting: 3, affirmed: 0, withdrawn: 0 });
    expect(
      await db().affirmation.findUnique({
        where: { endorsementId_revision: { endorsementId: attested.id, revision: 2 } },
      }),
    ).toMatchObject({ tokenHash: null, expiresAt: null });
  });

  it('shows a mail no more of a long difference than it can hold', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const { email } = await anEndorsement(letter.id, { state: 'approved' });
    await write(letter, { body: '𠮟'.repeat(20_000) });
    await publishAs(owner, 'substance');
    const [mail] = await mailsTo(email);
    const props = mail!.props as unknown as MailProps['affirm'];
    const shown = props.difference
      .flatMap(({ parts }) => parts)
      .flatMap(({ pieces }) => pieces.map(({ text }) => text))
      .join('');
    expect(props.shortened).toBe(true);
    expect(shown.length).toBeLessThanOrEqual(3_000);
    expect(() => encodeURIComponent(shown)).not.toThrow(); // no half of a character
  });

  it('again: the earlier link is superseded, its mail is not sent any more, and everybody is asked about all that changed', async () => {
    const { letter, owner, endorsements } = await aLetterInReaffirmation(2);
    const [quick, slow] = endorsements;
    const tokens = [await askedToken(quick!.email), await askedToken(slow!.email)];
    expect(await answer(tokens[0]!, 'affirmed', 2)).toMatchObject({ ok: true });
    await db().mail.updateMany({
      where: { toKey: quick!.email },
      data: { sentAt: new Date(), sealedToken: null },
    });
    await write(letter, { salutation: 'Dear Madam,' });
    expect(await publishAs(owner, 'substance')).toMatchObject({ asked: { mailed: 2 } });
    expect(await affirmation(tokens[0]!)).toMatchObject({ state: 'affirmed' });
    expect(await affirmation(tokens[1]!)).toMatchObject({ state: 'superseded' });
    expect(await answer(tokens[1]!, 'affirmed', 3)).toEqual({ ok: false, reason: 'superseded' });
    const partsIn = async (email: string) =>
      (await mailsTo(email))
        .filter(({ sentAt }) => !sentAt)
        .map(({ props }) =>
          (props as unknown as MailProps['affirm']).difference[0]!.parts.map(({ part }) => part),
        );
    expect(await partsIn(quick!.email)).toEqual([['salutation']]);
    expect(await partsIn(slow!.email)).toEqual([['salutation', 'body']]);
  });

  it('of a letter with a thousand signatories is published within a few seconds', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const one = await anEndorsement(letter.id, { state: 'approved' });
    const { id: _id, ...row } = one;
    await db().endorsement.createMany({
      data: Array.from({ length: 999 }, (_, n) => ({
        ...row,
        email: `${n}-${row.email}`,
        emailKey: `${n}-${row.email}`,
      })),
    });
    await write(letter, { body: 'Text, too.' });
    const started = performance.now();
    expect(await publishAs(owner, 'substance')).toMatchObject({ asked: { mailed: 1_000 } });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await db().mail.count({ where: { letterId: letter.id, kind: 'affirm' } })).toBe(1_000);
  });
});
