import { describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { countsOf, overview } from '@/lib/signatories/overview/queries';
import { aLetter, anAddress, anEndorsement, anObserver } from '@/tests/support/factories';

const now = new Date('2025-06-01T00:00:00Z');
const zone = { timeZone: 'Asia/Tokyo', closesAt: null };

describe('a letter’s overview', () => {
  test('nobody has signed', async () => {
    const letter = await aLetter();
    expect(await overview(await anObserver(letter), zone, now)).toEqual({
      waiting: {
        review: 0,
        denied: 0,
        changes: 0,
        erasures: 0,
        unconfirmed: 0,
        reaffirmations: 0,
        mails: 0,
      },
      stages: { signed: 0, confirmed: 0, approved: 0, published: 0, named: 0 },
      time: null,
      countries: [],
      languages: [],
    });
  });

  test('an observer reads how far entries have come, by day in the letter’s time zone, country and language', async () => {
    const letter = await aLetter();
    await anEndorsement((await aLetter()).id, { state: 'approved' });
    const day = (date: string) => ({ submittedAt: new Date(date) });
    await anEndorsement(letter.id, { state: 'approved', ...day('2025-05-28T14:59:59Z') });
    await anEndorsement(letter.id, {
      state: 'approved',
      visibility: 'withheld',
      country: 'PS',
      language: 'en',
      ...day('2025-05-28T15:00:00Z'),
    });
    await anEndorsement(letter.id, { ...day('2025-05-30T00:00:00Z') });
    await anEndorsement(letter.id, { state: 'submitted', ...day('2025-05-30T00:00:00Z') });
    await anEndorsement(letter.id, { state: 'declined', ...day('2025-05-30T00:00:00Z') });
    const attested = await anEndorsement(letter.id, {
      proof: 'attested',
      ...day('2025-05-30T00:00:00Z'),
    });
    await db().endorsement.update({ where: { id: attested.id }, data: { contactId: null } });

    const { waiting, stages, time, countries, languages } = await overview(
      await anObserver(letter),
      zone,
      now,
    );
    expect(stages).toEqual({ signed: 6, confirmed: 5, approved: 2, published: 2, named: 1 });
    expect(waiting).toMatchObject({ review: 2, unconfirmed: 1 });
    expect(time!.unit).toBe('day');
    expect(time!.starts[0]).toEqual(new Date('2025-05-27T15:00:00Z'));
    expect(time!.progress).toEqual([
      { signed: 1, confirmed: 1, approved: 1 },
      { signed: 1, confirmed: 1, approved: 1 },
      { signed: 4, confirmed: 3, approved: 0 },
      { signed: 0, confirmed: 0, approved: 0 },
      { signed: 0, confirmed: 0, approved: 0 },
    ]);
    expect(countries).toEqual([
      { of: 'JP', signed: 5, confirmed: 4, approved: 1 },
      { of: 'PS', signed: 1, confirmed: 1, approved: 1 },
    ]);
    expect(languages).toEqual([
      { of: 'ja', signed: 4, confirmed: 3, approved: 1 },
      { of: 'en', signed: 1, confirmed: 1, approved: 1 },
      { of: null, signed: 1, confirmed: 1, approved: 0 },
    ]);
  });

  test('a closed letter’s days end with its last one, or with its last sign-up', async () => {
    const letter = await aLetter();
    await anEndorsement(letter.id, { submittedAt: new Date('2025-05-01T00:00:00Z') });
    const until = async (closesAt: string) =>
      (await overview(
        await anObserver(letter),
        { timeZone: 'UTC', closesAt: new Date(closesAt) },
        now,
      ))!.time!.starts.length;
    expect(await until('2025-05-03T12:00:00Z')).toBe(3);
    expect(await until('2025-04-01T00:00:00Z')).toBe(1);
    // Still open: until now.
    expect(await until('2025-07-01T00:00:00Z')).toBe(5);
  });

  test('what waits is counted for each letter by itself', async () => {
    const letter = await aLetter();
    const other = await aLetter();
    const entry = await anEndorsement(letter.id, {
      state: 'approved',
      erasureRequestedAt: new Date(),
    });
    await db().proposedChange.create({
      data: {
        endorsementId: entry.id,
        names: entry.names,
        visibility: 'named',
        proposedAt: new Date(),
      },
    });
    const to = anAddress();
    await db().mail.create({
      data: {
        kind: 'approved',
        language: 'en',
        to,
        toKey: to,
        props: {},
        letterId: letter.id,
        outcome: 'bounced',
        sentAt: new Date(),
      },
    });
    const counts = await countsOf([letter.id, other.id]);
    expect(counts(letter.id).waiting).toEqual({
      review: 0,
      denied: 0,
      changes: 1,
      erasures: 1,
      unconfirmed: 0,
      reaffirmations: 0,
      mails: 1,
    });
    expect(Object.values(counts(other.id).waiting)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('who stands behind an earlier text is waited for; before the letter opens nothing is published', async () => {
    const letter = await aLetter();
    await anEndorsement(letter.id, { state: 'approved' });
    await anEndorsement(letter.id, { state: 'withdrawn' });
    expect((await countsOf([letter.id]))(letter.id).waiting.reaffirmations).toBe(0);
    const { canonical, hash } = await db().revision.findFirstOrThrow({
      where: { letterId: letter.id },
    });
    await db().revision.create({
      data: {
        letterId: letter.id,
        number: 2,
        kind: 'substance',
        canonical,
        hash,
        publishedAt: new Date(),
      },
    });
    await db().letter.update({
      where: { id: letter.id },
      data: { revision: 2, bindingRevision: 2 },
    });
    const counted = (await countsOf([letter.id]))(letter.id);
    expect(counted.waiting.reaffirmations).toBe(1);
    expect(counted.stages).toMatchObject({ approved: 1, published: 1 });

    await db().letter.update({
      where: { id: letter.id },
      data: { opensAt: new Date(Date.now() + 60_000) },
    });
    expect((await countsOf([letter.id]))(letter.id).stages).toMatchObject({
      approved: 1,
      published: 0,
      named: 0,
    });
  });
});
