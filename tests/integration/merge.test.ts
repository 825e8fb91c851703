import { describe, expect, it } from 'vitest';
import { letterAccess } from '@/lib/coordinator/access';
import { decide } from '@/lib/endorsement/review/commands';
import { lockLetter } from '@/lib/letter/lock';
import { mergeOrganizations } from '@/lib/organization/commands';
import { auditSides } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import {
  aCoordinator,
  aLetter,
  anEndorsement,
  anAdministrator,
  aReviewer,
} from '@/tests/support/factories';
import { untilWaiting } from '@/tests/support/locks';
import { entryFor } from '@/tests/support/managed';

const idOf = (row: { organizationId: string | null }) => row.organizationId!;
const organizationOf = async ({ id }: { id: string }) =>
  (await db().endorsement.findUniqueOrThrow({ where: { id } })).organizationId;

/**
 * Two rows of one organization, each with an endorsement: one of the owner's letter, one of
 * another.
 */
async function twoOfOne() {
  const [letter, elsewhere] = [await aLetter(), await aLetter()];
  const administrator = await anAdministrator(letter);
  const waiting = await anEndorsement(letter.id, { nameEn: null });
  await decide(await aReviewer(letter), { step: 'approve', id: waiting.id, version: 1 });
  const here = { ...waiting, organizationId: await organizationOf(waiting) };
  const there = await anEndorsement(elsewhere.id, {
    state: 'approved',
    nameJa: '東京へいわの会',
    nameEn: 'Tokyo Peace',
  });
  return { letter, elsewhere, administrator, here, there, from: idOf(here), into: idOf(there) };
}

describe('an administrator merges two rows of one organization', () => {
  it('endorsements, contacts and names of both are kept, those of the remaining one first', async () => {
    const { letter, administrator, here, there, from, into } = await twoOfOne();
    const history = (await entryFor(administrator, here.id))!.history;
    expect(await mergeOrganizations(administrator, { from, into })).toEqual({ ok: true });
    expect(await organizationOf(here)).toBe(into);
    expect(await organizationOf(there)).toBe(into);
    const organization = (id: string) =>
      db().organization.findUniqueOrThrow({
        where: { id },
        include: { names: { orderBy: { language: 'asc' } }, contacts: true },
      });
    expect(await organization(into)).toMatchObject({
      mergedIntoId: null,
      names: [{ name: 'Tokyo Peace' }, { name: '東京へいわの会' }],
      contacts: [{ contactId: here.contactId }],
    });
    expect(await organization(from)).toMatchObject({
      mergedIntoId: into,
      names: [{ name: '東京平和の会' }],
      contacts: [],
    });
    // Endorsements keep the names that were signed.
    const now = (await entryFor(administrator, here.id))!;
    expect(now.names).toEqual({ ja: '東京平和の会' });
    expect(now.history).toEqual(history);
    const event = await db().auditEvent.findFirstOrThrow({
      where: { letterId: letter.id, action: 'merge_organizations' },
    });
    expect(event.actorId).toBe(administrator.coordinatorId);
    expect(auditSides(event.canonical, [])).toEqual({
      before: { organization: from, endorsements: [here.id] },
      after: { organization: into },
    });
  });

  it('a name in a language that the remaining organization lacks is added to it', async () => {
    const { administrator, from, into } = await twoOfOne();
    expect(await mergeOrganizations(administrator, { from: into, into: from })).toEqual({
      ok: true,
    });
    expect(
      await db().organizationName.findMany({
        where: { organizationId: from },
        orderBy: { language: 'asc' },
        select: { name: true },
      }),
    ).toEqual([{ name: 'Tokyo Peace' }, { name: '東京平和の会' }]);
  });

  it('two organizations that have both signed a letter are refused, and do not change', async () => {
    const { letter, administrator, from } = await twoOfOne();
    const second = await anEndorsement(letter.id, { state: 'approved', nameEn: 'Another' });
    expect(await mergeOrganizations(administrator, { from: idOf(second), into: from })).toEqual({
      ok: false,
      reason: 'both-signed',
    });
    expect(await organizationOf(second)).toBe(idOf(second));
    // After one of them has left the letter, the merge succeeds.
    await decide(await aReviewer(letter), { step: 'withdraw', id: second.id, version: 1 });
    expect(await mergeOrganizations(administrator, { from: idOf(second), into: from })).toEqual({
      ok: true,
    });
  });

  it('merging an organization with itself, or with a merged or unknown one, is refused', async () => {
    const { administrator, from, into } = await twoOfOne();
    expect(await mergeOrganizations(administrator, { from, into: from })).toEqual({
      ok: false,
      reason: 'same',
    });
    const missing = { ok: false, reason: 'not-found' };
    const nowhere = '00000000-0000-4000-8000-000000000000';
    expect(await mergeOrganizations(administrator, { from, into: nowhere })).toEqual(missing);
    expect(await mergeOrganizations(administrator, { from, into })).toEqual({ ok: true });
    expect(await mergeOrganizations(administrator, { from, into })).toEqual(missing);
    expect(await mergeOrganizations(administrator, { from: into, into: from })).toEqual(missing);
  });

  it.each(['observer', 'reviewer', 'owner'] as const)(
    'a coordinator who is %s cannot merge organizations',
    async (role) => {
      const { letter } = await twoOfOne();
      expect(
        await letterAccess(await aCoordinator(letter, role), letter.slug, 'mergeOrganizations'),
      ).toBeNull();
    },
  );
});

describe('linking an entry to a merged organization', () => {
  it('the entry is linked to the remaining organization, through any number of merges', async () => {
    const { administrator, letter, from, into } = await twoOfOne();
    const third = await anEndorsement((await aLetter()).id, { state: 'approved' });
    await mergeOrganizations(administrator, { from, into });
    await mergeOrganizations(administrator, { from: into, into: idOf(third) });
    const fourth = await aLetter();
    const waiting = await anEndorsement(fourth.id);
    const approval = { step: 'approve', id: waiting.id, version: 1, organization: from } as const;
    expect(await decide(await aReviewer(fourth), approval)).toEqual({ ok: true });
    expect(await organizationOf(waiting)).toBe(idOf(third));
    // It counts as a signatory of the letter that the merged one had signed.
    const again = await anEndorsement(letter.id, { nameEn: 'Again' });
    expect(await decide(await aReviewer(letter), { ...approval, id: again.id })).toEqual({
      ok: false,
      reason: 'organization-has-signed',
    });
  });

  it('an approval waits for a merge in progress and then uses its result', async () => {
    const { administrator, here, from, into } = await twoOfOne();
    const [third, signed] = [await aLetter(), await aLetter()];
    await anEndorsement(signed.id, { state: 'approved', organizationId: into });
    const [free, refused] = [await anEndorsement(third.id), await anEndorsement(signed.id)];
    const [mine, theirs] = [await aReviewer(third), await aReviewer(signed)];
    const approval = { step: 'approve', version: 1, organization: from } as const;
    const all = await db().$transaction(async (tx) => {
      // Blocks the merge where it moves endorsements.
      await tx.$queryRaw`SELECT FROM endorsement WHERE id = ${here.id}::uuid FOR UPDATE`;
      const merged = mergeOrganizations(administrator, { from, into });
      await untilWaiting(1);
      const decided = [
        decide(mine, { ...approval, id: free.id }),
        decide(theirs, { ...approval, id: refused.id }),
      ];
      await untilWaiting(3);
      return [merged, ...decided];
    });
    expect(await Promise.all(all)).toEqual([
      { ok: true },
      { ok: true },
      { ok: false, reason: 'organization-has-signed' },
    ]);
    expect(await organizationOf(free)).toBe(into);
  });

  it('a merge that moves an endorsement of another letter and a change of that letter cause no deadlock', async () => {
    const { elsewhere, administrator, there, from, into } = await twoOfOne();
    const done = await db().$transaction(async (tx) => {
      await lockLetter(tx, elsewhere.id);
      const merged = mergeOrganizations(administrator, { from: into, into: from });
      await untilWaiting(1);
      // The merge waits for the letter and has not locked the endorsement yet.
      await tx.$queryRaw`SELECT FROM endorsement WHERE id = ${there.id}::uuid FOR UPDATE NOWAIT`;
      await tx.$queryRaw`SELECT FROM organization WHERE id = ${into}::uuid FOR UPDATE NOWAIT`;
      return [merged];
    });
    expect(await Promise.all(done)).toEqual([{ ok: true }]);
    expect(await organizationOf(there)).toBe(from);
  });

  it('an approval and a merge on the same letter cause no deadlock', async () => {
    const { letter, administrator, into } = await twoOfOne();
    const other = await anEndorsement(letter.id, { state: 'withdrawn', nameEn: 'Left' });
    const reviewer = await aReviewer(letter);
    const both = await db().$transaction(async (tx) => {
      await lockLetter(tx, letter.id);
      const decided = decide(reviewer, { step: 'take_back', id: other.id, version: 1 });
      await untilWaiting(1);
      const merged = mergeOrganizations(administrator, { from: idOf(other), into });
      await untilWaiting(2);
      return [decided, merged];
    });
    expect(await Promise.all(both)).toEqual([{ ok: true }, { ok: true }]);
    expect(await organizationOf(other)).toBe(into);
  });
});
