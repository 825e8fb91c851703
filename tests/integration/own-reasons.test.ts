import { describe, expect, test } from 'vitest';
import { renderMail } from '@/emails/render';
import { entryData } from '@/lib/endorsement/entry/data/queries';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { decideBatch } from '@/lib/endorsement/review/batch/commands';
import { batchDeclineSchema, batchEntries } from '@/lib/endorsement/review/batch/schema';
import { decide } from '@/lib/endorsement/review/commands';
import { addOwnReason, removeOwnReason } from '@/lib/endorsement/review/reasons/commands';
import { letterReasons, ownReasons } from '@/lib/endorsement/review/reasons/queries';
import {
  OWN_REASONS_MAX,
  ownReasonSchema,
  type OwnReason,
} from '@/lib/endorsement/review/reasons/schema';
import { decisionSchema } from '@/lib/endorsement/review/schema';
import { db } from '@/lib/platform/db/client';
import type { MailToRender } from '@/lib/platform/mail/message';
import { auditOf } from '@/tests/support/audit';
import {
  aLetter,
  anEndorsement,
  anEntryLink,
  anOwner,
  aReviewer,
  someParts,
} from '@/tests/support/factories';
import { mailsTo } from '@/tests/support/mail';
import { entryFor } from '@/tests/support/managed';

const PARTY = {
  label: 'Political party',
  texts: { en: 'Parties cannot sign this letter', ja: '政党はこの書簡に賛同できません' },
};

/** A letter in English and Japanese with an own reason. */
async function aLetterWith(reason: Omit<OwnReason, 'id'> = PARTY) {
  const letter = await aLetter({ texts: { en: someParts(), ja: someParts() } });
  const owner = await anOwner(letter);
  expect(await addOwnReason(owner, reason)).toEqual({ ok: true });
  const [own] = await ownReasons(letter.id);
  return { letter, owner, reviewer: await aReviewer(letter), own: own! };
}

const decline = (id: string, reason: string, version = 1) =>
  decisionSchema.parse({ step: 'decline', id, version, reason, note: '' });

/** The text of the mail about a decline. */
async function declinedMail(email: string) {
  const [mail] = await mailsTo(email);
  const { kind, language, to, props } = mail!;
  expect(kind).toBe('declined');
  const rendered = await renderMail(
    { kind, language, to, props } as unknown as MailToRender,
    'https://letters.example.org',
  );
  return rendered.text.replace(/\s+/g, ' ');
}

describe('an owner’s own reason for declining', () => {
  test('stands beside the usual ones, and the organization is told its words in its language', async () => {
    const { letter, reviewer, own } = await aLetterWith();
    expect((await letterReasons(letter.id)).own).toEqual([{ id: expect.any(String), ...PARTY }]);
    const english = await anEndorsement(letter.id, { language: 'en' });
    const japanese = await anEndorsement(letter.id, { language: 'ja' });
    for (const { id } of [english, japanese])
      expect(await decide(reviewer, decline(id, own.id))).toEqual({ ok: true });
    expect(await declinedMail(english.email)).toContain(PARTY.texts.en);
    expect(await declinedMail(japanese.email)).toContain(PARTY.texts.ja);
    expect(await declinedMail(japanese.email)).not.toContain(PARTY.label);
    const entry = await entryFor(reviewer, english.id);
    expect(entry).toMatchObject({ declineReason: 'other', ownReason: PARTY.label });
    expect(entry!.history.at(-1)!.changes).toEqual([
      { field: 'state', before: 'verified', after: 'declined' },
      { field: 'label', before: null, after: PARTY.label },
    ]);
  });

  test('is told in another language than the organization’s where it has no words in that', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await addOwnReason(owner, { label: 'Party', texts: { en: 'Parties cannot sign' } });
    const [own] = await ownReasons(letter.id);
    const entry = await anEndorsement(letter.id, { language: 'ja' });
    await decide(await aReviewer(letter), decline(entry.id, own!.id));
    expect(await declinedMail(entry.email)).toContain('Parties cannot sign');
  });

  test('holds for several entries at once', async () => {
    const { letter, reviewer, own } = await aLetterWith();
    const entries = [await anEndorsement(letter.id), await anEndorsement(letter.id)];
    const read = batchDeclineSchema.parse({
      entries: batchEntries(entries),
      reason: own.id,
      note: '',
    });
    expect(await decideBatch(reviewer, { step: 'decline', ...read })).not.toBeNull();
    for (const { id, email } of entries) {
      expect(await db().endorsement.findUnique({ where: { id } })).toMatchObject({
        state: 'declined',
        declineReason: 'other',
        ownDeclineReasonId: own.id,
      });
      expect(await declinedMail(email)).toContain(PARTY.texts.ja);
    }
  });

  test('that was removed is offered and taken no more, but decisions that were made with it keep it', async () => {
    const { letter, owner, reviewer, own } = await aLetterWith();
    const before = await anEndorsement(letter.id, { language: 'en' });
    const after = await anEndorsement(letter.id);
    await decide(reviewer, decline(before.id, own.id));
    expect(await removeOwnReason(owner, own.id)).toBe(true);
    expect(await removeOwnReason(owner, own.id)).toBe(false);
    expect(await ownReasons(letter.id)).toEqual([]);
    expect(await decide(reviewer, decline(after.id, own.id))).toEqual({
      ok: false,
      reason: 'reason-gone',
    });
    const entries = [{ id: after.id, version: 1 }];
    expect(
      await decideBatch(reviewer, { step: 'decline', reason: own.id, note: null, entries }),
    ).toBeNull();
    expect(await db().batch.count({ where: { letterId: letter.id } })).toBe(0);
    expect(await entryFor(reviewer, before.id)).toMatchObject({ ownReason: PARTY.label });
    const token = await anEntryLink(before.id);
    expect(await ownEntry(token)).toMatchObject({
      state: 'declined',
      declineReason: null,
      declineTexts: PARTY.texts,
    });
    expect(await entryData(token)).toMatchObject({
      declineReason: 'other',
      ownDeclineReason: { label: PARTY.label },
    });
  });

  test('that was removed is deleted once no decision refers to it', async () => {
    const { letter, owner, reviewer, own } = await aLetterWith();
    const entry = await anEndorsement(letter.id);
    await decide(reviewer, decline(entry.id, own.id));
    await removeOwnReason(owner, own.id);
    await decide(reviewer, { step: 'take_back', id: entry.id, version: 2 });
    expect(await db().endorsement.findUnique({ where: { id: entry.id } })).toMatchObject({
      declineReason: null,
      ownDeclineReasonId: null,
    });
    await addOwnReason(owner, PARTY);
    const [other] = await ownReasons(letter.id);
    await removeOwnReason(owner, other!.id);
    expect(await db().ownDeclineReason.count({ where: { letterId: letter.id } })).toBe(0);
  });

  test('is of its letter alone', async () => {
    const { own, owner } = await aLetterWith();
    const other = await aLetter();
    const entry = await anEndorsement(other.id);
    expect(await decide(await aReviewer(other), decline(entry.id, own.id))).toEqual({
      ok: false,
      reason: 'reason-gone',
    });
    expect(await removeOwnReason(await anOwner(other), own.id)).toBe(false);
    expect(await ownReasons(owner.letterId)).toHaveLength(1);
  });

  test('needs words in each language of the letter, and is one of twenty', async () => {
    const { letter, owner } = await aLetterWith();
    expect(await addOwnReason(owner, { label: 'Only', texts: { ja: '日本語だけ' } })).toEqual({
      ok: false,
      reason: 'words',
      missing: ['en'],
    });
    const outcomes = await Promise.all(
      Array.from({ length: OWN_REASONS_MAX + 1 }, () => addOwnReason(owner, PARTY)),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(OWN_REASONS_MAX - 1);
    expect(outcomes).toContainEqual({ ok: false, reason: 'full' });
    expect(await ownReasons(letter.id)).toHaveLength(OWN_REASONS_MAX);
  });

  test('is in the audit when it is added and removed', async () => {
    const { letter, owner, own } = await aLetterWith();
    await removeOwnReason(owner, own.id);
    expect(
      (await auditOf(letter.id)).map(({ action, before, after }) => [action, before, after]),
    ).toEqual([
      ['add_decline_reason', {}, { reasonId: own.id, ...PARTY }],
      ['remove_decline_reason', { reasonId: own.id }, {}],
    ]);
  });
});

test('a reason is a usual one or an id, and what is not is refused as none', () => {
  const errors = (reason: unknown) =>
    decisionSchema
      .safeParse({ ...decline(crypto.randomUUID(), 'other'), note: '', reason })
      .error?.issues.map(({ path, message }) => [path.join('.'), message]);
  expect(errors('duplicate')).toBeUndefined();
  expect(errors(crypto.randomUUID())).toBeUndefined();
  for (const reason of ['', undefined, 'constructor', `${crypto.randomUUID()}x`, ['duplicate']])
    expect(errors(reason)).toEqual([['reason', 'required']]);
});

test('the label and words of an own reason that are too long are refused at their fields', () => {
  const errors = (typed: object) =>
    ownReasonSchema.safeParse(typed).error?.issues.map(({ path, message }) => [path[0], message]);
  expect(errors({ reasonLabel: ' ', wordsEn: 'a'.repeat(501) })).toEqual([
    ['reasonLabel', 'required'],
    ['wordsEn', 'tooLong'],
  ]);
  expect(errors({ reasonLabel: 'x'.repeat(61) })).toEqual([['reasonLabel', 'tooLong']]);
  expect(ownReasonSchema.parse({ reasonLabel: ' A  b ', wordsEn: 'c\r\nd ' })).toEqual({
    label: 'A b',
    texts: { en: 'c\nd' },
  });
});
