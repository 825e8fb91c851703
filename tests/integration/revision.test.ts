import { describe, expect, it } from 'vitest';
import { answerRequest } from '@/lib/revision/reaffirmation/commands';
import { reaffirmation, reaffirmationCounts } from '@/lib/revision/reaffirmation/queries';
import { db } from '@/lib/platform/db/client';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { publish } from '@/lib/revision/commands';
import { revisionsOf } from '@/lib/revision/queries';
import type { Publication } from '@/lib/revision/schema';
import { auditOf } from '@/tests/support/audit';
import { aLetter, anEndorsement, anOwner, manyEndorsements } from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import { refusalOf } from '@/tests/support/refusal';
import {
  publication,
  publishAs,
  write,
  aLetterInReaffirmation,
  askedToken,
} from '@/tests/support/publishing';

describe('publishing a letter’s text', () => {
  it('an owner publishes a first revision and can replace it until the letter opens', async () => {
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

  it('a correction keeps signatures and the earlier text, and asks nobody to reaffirm', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const { id, email } = await anEndorsement(letter.id, { state: 'approved' });
    const endorsement = await db().endorsement.findUniqueOrThrow({ where: { id } });
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
    expect(await db().endorsement.findUnique({ where: { id } })).toEqual(endorsement);
    expect(await mailsTo(email)).toEqual([]);
    const [second, first] = await revisionsOf(letter.id);
    expect(first!.content.texts.en!.body).toBe('Text.');
    expect(second!.content).toMatchObject({
      kind: 'correction',
      reason: { en: 'A slip' },
      previous: first!.hash,
      texts: { en: { body: 'Text!' } },
    });
    expect(await auditOf(letter.id)).toMatchObject([
      {
        action: 'publish',
        actorId: owner.coordinatorId,
        before: { revision: '1', hash: first!.hash },
        after: { revision: '2', hash: second!.hash, kind: 'correction' },
      },
    ]);
  });

  it('only adding a text counts as a translation', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await write(letter, { body: 'Text!' });
    expect(await publishAs(owner, 'translation')).toEqual({ ok: false, reason: 'wrong-kind' });
    await write(letter, { title: '書簡', body: '' }, 'ja');
    expect(await publishAs(owner, 'correction')).toEqual({
      ok: false,
      reason: 'incomplete',
      missing: [{ language: 'ja', field: 'body' }],
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

  it('a publication omits an empty text', async () => {
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

  it('a publication is refused if the letter has changed since it was shown', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await write(letter, { body: 'Text!' });
    const seen = await publication(owner, 'correction');
    const others: Partial<Publication['seen']>[] = [
      { revision: 2 },
      { revision: null },
      { versions: { en: 1 } },
      { versions: { en: 2, ja: 1 } },
      { date: '2025-04-24' },
      { authoritativeLanguage: 'ja' },
    ];
    for (const other of others) {
      expect(await publish(owner, { ...seen, seen: { ...seen.seen, ...other } })).toEqual({
        ok: false,
        reason: 'changed',
      });
    }
    expect(await publish(owner, seen)).toMatchObject({ ok: true });
    expect(await publish(owner, seen)).toEqual({ ok: false, reason: 'changed' });
  });

  it('of two owners who publish concurrently, one succeeds', async () => {
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

  it('a published revision cannot be changed or deleted in the database', async () => {
    const letter = await aLetter();
    const where = { letterId_number: { letterId: letter.id, number: 1 } };
    const refused = /^23001 a published revision does not change/;
    for (const attempt of [
      db().revision.update({ where, data: { kind: 'correction' } }),
      db().revision.delete({ where }),
      db().$executeRaw`TRUNCATE revision CASCADE`,
    ])
      expect(await refusalOf(attempt)).toMatch(refused);
  });
});

describe('asking signatories to reaffirm', () => {
  it('a change of substance asks all who stand behind the text, by mail or through coordinators, and nobody else', async () => {
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
    for (const { email, language, names } of asked) {
      const [mail, ...more] = await mailsTo(email);
      expect(more).toEqual([]);
      expect(mail).toMatchObject({ kind: 'reaffirm', language, letterId: letter.id });
      expect(mail!.props).toMatchObject({
        letterSlug: letter.slug,
        letterTitle: 'A letter',
        organization: names,
        revision: 2,
        shortened: false,
        steps: [
          {
            number: 2,
            kind: 'substance',
            reason: { en: 'New facts' },
            difference: [{ language: 'en', change: 'changed', parts: [{ part: 'body' }] }],
          },
        ],
      });
      expect(await reaffirmation(tokenOf(mail!))).toMatchObject({
        state: 'open',
        letterSlug: letter.slug,
        content: { number: 2 },
        steps: [{ content: { number: 2, reason: { en: 'New facts' } } }],
      });
    }
    for (const { email } of [attested, ...others]) expect(await mailsTo(email)).toEqual([]);
    expect(await reaffirmationCounts(owner, 2)).toEqual({ waiting: 3, affirmed: 0, withdrawn: 0 });
    expect(
      await db().reaffirmation.findUnique({
        where: { endorsementId_revision: { endorsementId: attested.id, revision: 2 } },
        include: { links: true },
      }),
    ).toMatchObject({ expiresAt: null, links: [] });
  });

  it('a mail truncates a long difference', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const { email } = await anEndorsement(letter.id, { state: 'approved' });
    await write(letter, { body: '𠮟'.repeat(20_000) });
    await publishAs(owner, 'substance');
    const [mail] = await mailsTo(email);
    const props = mail!.props as unknown as MailProps['reaffirm'];
    const shown = props.steps
      .flatMap(({ difference }) => difference.flatMap(({ parts }) => parts))
      .flatMap(({ lines }) =>
        lines.flatMap(({ runs }) =>
          runs.flatMap(({ segments }) => segments.map(({ text }) => text)),
        ),
      )
      .join('');
    expect(props.shortened).toBe(true);
    expect(shown.length).toBeLessThanOrEqual(3_000);
    expect(() => encodeURIComponent(shown)).not.toThrow(); // no half of a character
  });

  it('another change of substance supersedes earlier links and unsent mails, and its mail covers all changes', async () => {
    const { letter, owner, endorsements } = await aLetterInReaffirmation(2);
    const [quick, slow] = endorsements;
    const tokens = [await askedToken(quick!.email), await askedToken(slow!.email)];
    expect(await answerRequest(tokens[0]!, 'affirmed', 2)).toMatchObject({ ok: true });
    await db().mail.updateMany({
      where: { toKey: quick!.email },
      data: { sentAt: new Date(), sealedToken: null },
    });
    await write(letter, { salutation: 'Dear Madam,' });
    expect(await publishAs(owner, 'substance')).toMatchObject({ asked: { mailed: 2 } });
    expect(await reaffirmation(tokens[0]!)).toMatchObject({ state: 'affirmed' });
    expect(await reaffirmation(tokens[1]!)).toMatchObject({ state: 'superseded' });
    expect(await answerRequest(tokens[1]!, 'affirmed', 3)).toEqual({
      ok: false,
      reason: 'superseded',
    });
    const partsIn = async (email: string) =>
      (await mailsTo(email))
        .filter(({ sentAt }) => !sentAt)
        .map(({ props }) =>
          (props as unknown as MailProps['reaffirm']).steps.map(
            ({ number, reason, difference }) => [
              number,
              reason.en,
              difference[0]!.parts.map(({ part }) => part),
            ],
          ),
        );
    expect(await partsIn(quick!.email)).toEqual([[[3, 'A reason', ['salutation']]]]);
    expect(await partsIn(slow!.email)).toEqual([
      [
        [3, 'A reason', ['salutation']],
        [2, 'A reason', ['body']],
      ],
    ]);
  });

  it('a change of substance asks each of a thousand signatories by mail, once', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await manyEndorsements(db(), letter, 1_000);
    await db().$executeRaw`
      WITH made AS (
        INSERT INTO contact (email, email_key, language, verified_at)
        SELECT address, address, 'en', now() FROM endorsement,
          LATERAL (SELECT id || '@example.org' AS address) AS addresses
        WHERE letter_id = ${letter.id}::uuid
        RETURNING id, email
      ), signed AS (
        UPDATE endorsement SET contact_id = made.id FROM made
        WHERE made.email = endorsement.id || '@example.org'
        RETURNING endorsement.id, contact_id
      )
      INSERT INTO representative (endorsement_id, contact_id) SELECT id, contact_id FROM signed`;
    await write(letter, { body: 'Text, too.' });
    expect(await publishAs(owner, 'substance')).toMatchObject({ asked: { mailed: 1_000 } });
    expect(await db().mail.count({ where: { letterId: letter.id, kind: 'reaffirm' } })).toBe(1_000);
  });
});
