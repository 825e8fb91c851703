import { describe, expect, it } from 'vitest';
import { attest, decide } from '@/lib/endorsement/review/commands';
import { queue } from '@/lib/endorsement/review/queries';
import { attestSchema, queueSchema } from '@/lib/endorsement/review/schema';
import { errorsByField } from '@/lib/platform/forms/fields';
import { db } from '@/lib/platform/db/client';
import { publicCounts, signatories } from '@/lib/signatories/queries';
import { aLetter, anObserver, anOwner, aReviewer } from '@/tests/support/factories';
import { publishAs, write } from '@/tests/support/publishing';
import { entryFor } from '@/tests/support/managed';

/** The input of the form for attested endorsements. */
const typed = (over: Record<string, unknown> = {}) => ({
  nameJa: '大阪平和の会',
  reading: 'おおさかへいわのかい',
  nameEn: 'Osaka Peace Group',
  website: '',
  country: 'JP',
  visibility: 'named',
  evidence: 'Letter of its chair of April 3, in the binder.',
  ...over,
});
const attested = (over: Record<string, unknown> = {}) => attestSchema.parse(typed(over));

/** A letter, and an endorsement of it that a reviewer has attested. */
async function anAttested(over: Record<string, unknown> = {}) {
  const letter = await aLetter();
  const reviewer = await aReviewer(letter);
  const answer = await attest(reviewer, attested(over));
  if (!answer.ok) throw new Error(answer.reason);
  return { letter, reviewer, id: answer.id };
}

const mailsOf = (letterId: string) => db().mail.count({ where: { letterId } });

describe('a reviewer attests an endorsement', () => {
  it('an attested entry waits for review with its evidence and without an address, and nobody is mailed', async () => {
    const { letter, reviewer, id } = await anAttested();
    expect((await queue(reviewer, queueSchema.parse({}))).rows).toMatchObject([
      { id, state: 'verified', proof: 'attested' },
    ]);
    expect(await entryFor(reviewer, id)).toMatchObject({
      names: { ja: '大阪平和の会', en: 'Osaka Peace Group' },
      reading: 'おおさかへいわのかい',
      evidence: 'Letter of its chair of April 3, in the binder.',
      representatives: [],
      domains: null,
      text: { signed: 1, standsBehind: 1, binding: 1 },
      history: [
        {
          action: 'attest',
          actor: 'coordinator',
          by: reviewer.email,
          changes: [
            { field: 'state', before: null, after: 'verified' },
            { field: 'evidence', before: null },
          ],
        },
      ],
    });
    expect(await db().endorsement.findUnique({ where: { id } })).toMatchObject({
      contactId: null,
      organizationId: null,
    });
    expect(await publicCounts(letter.id)).toMatchObject({ total: 0 });
    expect(await mailsOf(letter.id)).toBe(0);
  });

  it('an approved attested entry is on the list with an organization without contacts, and nobody is mailed', async () => {
    const { letter, reviewer, id } = await anAttested();
    expect(await decide(reviewer, { step: 'approve', id, version: 1 })).toEqual({ ok: true });
    expect(await signatories(letter.id, 'listed')).toMatchObject([
      { names: { ja: '大阪平和の会', en: 'Osaka Peace Group' } },
    ]);
    const { organization } = await db().endorsement.findUniqueOrThrow({
      where: { id },
      select: { organization: { include: { names: true, contacts: true } } },
    });
    expect(organization!.names).toHaveLength(2);
    expect(organization!.contacts).toEqual([]);
    await decide(reviewer, { step: 'withdraw', id, version: 2 });
    await decide(reviewer, { step: 'take_back', id, version: 3 });
    expect(await publicCounts(letter.id)).toMatchObject({ total: 1 });
    expect(await mailsOf(letter.id)).toBe(0);
  });

  it('an attested entry that is declined mails nobody', async () => {
    const { letter, reviewer, id } = await anAttested();
    const decline = { step: 'decline', id, version: 1, reason: 'other', note: 'Not so.' } as const;
    expect(await decide(reviewer, decline)).toEqual({ ok: true });
    expect(await mailsOf(letter.id)).toBe(0);
  });

  it('an attested signatory gets no mail about a change of substance: a coordinator records its answer', async () => {
    const { letter, reviewer, id } = await anAttested();
    await decide(reviewer, { step: 'approve', id, version: 1 });
    await write(letter, { body: 'Another text.' });
    expect(await publishAs(await anOwner(letter), 'substance')).toMatchObject({
      ok: true,
      asked: { mailed: 0, attested: 1 },
    });
    expect(await mailsOf(letter.id)).toBe(0);
  });

  it('an attested entry can ask to be counted and not named', async () => {
    const { letter, reviewer, id } = await anAttested({ visibility: 'withheld' });
    await decide(reviewer, { step: 'approve', id, version: 1 });
    expect(await publicCounts(letter.id)).toMatchObject({ named: 0, withheld: 1 });
  });

  it('an observer does not see the evidence, neither in the entry nor in its history', async () => {
    const { letter, id } = await anAttested();
    const seen = JSON.stringify(await entryFor(await anObserver(letter), id));
    expect(seen).toContain('Osaka Peace Group');
    expect(seen).not.toContain('binder');
  });

  it('an attested entry is refused if nothing of the letter is published', async () => {
    const draft = await aLetter({ opensAt: null });
    expect(await attest(await aReviewer(draft), attested())).toEqual({
      ok: false,
      reason: 'unpublished',
    });
    expect(await db().endorsement.count({ where: { letterId: draft.id } })).toBe(0);
  });

  it.each([
    ['without evidence', { evidence: ' \n ' }, { evidence: ['required'] }],
    ['with endless evidence', { evidence: 'x'.repeat(1_001) }, { evidence: ['tooLong'] }],
    ['without a name', { nameJa: '', nameEn: '' }, { name: ['oneNameRequired'] }],
    ['with a wrong website', { website: 'nowhere' }, { website: ['invalidWebsite'] }],
    ['with another visibility', { visibility: 'secret' }, { visibility: ['invalidChoice'] }],
  ])('a form %s is refused with an error code', (_, over, errors) => {
    const parsed = attestSchema.safeParse(typed(over));
    expect(parsed.success ? {} : errorsByField(parsed.error)).toEqual(errors);
  });
});
