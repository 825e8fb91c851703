import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { deliver } from '@/lib/delivery/commands';
import { publicDeliveries } from '@/lib/delivery/queries';
import { publicCounts } from '@/lib/signatories/queries';
import { correct, decide } from '@/lib/endorsement/review/commands';
import { writeRevision } from '@/lib/revision/commands';
import { someParts } from '@/tests/support/factories';
import { approved, aSignedLetter, asSeen, frozen } from '@/tests/support/delivery';

describe('a delivery', () => {
  it('does not change when entries are renamed, withdrawn, deleted and added, and settings and texts change', async () => {
    const { letter, owner, alpha, beta, unnamed } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug));
    const before = await frozen(letter.id, 1);
    await correct(owner, {
      id: alpha.id,
      version: 1,
      names: { en: 'Alpha Renamed' },
      reading: null,
    });
    await decide(owner, { step: 'withdraw', id: beta.id, version: 1 });
    await db().endorsement.delete({ where: { id: unnamed.id } });
    await approved(letter.id, 'Aardvark');
    await db().letter.update({
      where: { id: letter.id },
      data: { listSettings: { by: 'date', leading: 'ja' }, timeZone: 'Europe/Berlin' },
    });
    await writeRevision(db(), letter.id, {
      kind: 'correction',
      reason: null,
      texts: { en: someParts({ title: 'Another title' }) },
      authoritativeLanguage: 'en',
      date: '2025-04-24',
      publishedAt: new Date(),
      publishedById: null,
    });
    expect(await frozen(letter.id, 1)).toEqual(before);
  });

  it('shows withdrawn signatories by their printed name with the date, and only the number of unnamed ones', async () => {
    const { letter, owner, alpha, beta, unnamed } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug));
    await correct(owner, {
      id: beta.id,
      version: 1,
      names: { en: 'Beta Renamed' },
      reading: null,
    });
    await correct(owner, {
      id: beta.id,
      version: 2,
      names: { en: 'Beta Renamed Again' },
      reading: null,
    });
    await decide(owner, { step: 'withdraw', id: beta.id, version: 3 });
    await decide(owner, { step: 'withdraw', id: unnamed.id, version: 1 });
    await decide(owner, { step: 'take_back', id: alpha.id, version: 1 });
    const [delivery] = await publicDeliveries(letter.id);
    const { decidedAt } = await db().endorsement.findUniqueOrThrow({ where: { id: beta.id } });
    expect(delivery!.since).toEqual({
      named: [
        { names: { en: 'Beta' }, withdrawnAt: decidedAt },
        { names: { en: 'Alpha' }, withdrawnAt: null },
      ],
      withheld: 1,
    });
    expect(JSON.stringify(delivery)).not.toContain('Secret');
    // After undoing, it is at its previous position.
    await decide(owner, { step: 'take_back', id: beta.id, version: 4 });
    expect((await publicDeliveries(letter.id))[0]!.since.named).toHaveLength(1);
    expect(await publicCounts(letter.id)).toMatchObject({
      listed: { total: 1 },
      added: { total: 0 },
    });
  });

  it('and its files cannot be changed or deleted, not even by SQL', async () => {
    const { letter, owner } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug));
    for (const table of ['delivery', 'delivery_entry', 'delivery_file']) {
      for (const sql of [
        `UPDATE ${table} SET number = number WHERE letter_id = '${letter.id}'`,
        `DELETE FROM ${table} WHERE letter_id = '${letter.id}'`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await expect(db().$executeRawUnsafe(sql), sql).rejects.toThrow(/does not change/);
      }
    }
  });
});
