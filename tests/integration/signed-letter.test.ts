import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { signedLetter } from '@/lib/letter/queries';
import { db } from '@/lib/platform/db/client';
import { aLetter, aSignUp } from '@/tests/support/factories';
import { endorse } from '@/tests/support/sign-up';

describe('the letter that a sign-up signs', () => {
  it('is read once while its row stays as it is', async () => {
    const { slug } = await aLetter();
    await signedLetter(slug);
    const sent = vi.spyOn(pg.Client.prototype, 'query');
    await signedLetter(slug);
    expect(sent.mock.calls).toHaveLength(1);
    sent.mockRestore();
  });

  it('is read anew as soon as anybody has changed it: no sign-up is taken after a pause', async () => {
    const { id, slug } = await aLetter();
    expect(await endorse(slug, aSignUp())).toEqual({ ok: true });
    // As another server process does it.
    await db().$executeRaw`UPDATE letter SET paused_at = now() WHERE id = ${id}::uuid`;
    expect(await endorse(slug, aSignUp())).toEqual({ ok: false, reason: 'paused' });
    await db().$executeRaw`UPDATE letter SET paused_at = NULL WHERE id = ${id}::uuid`;
    expect(await endorse(slug, aSignUp())).toEqual({ ok: true });
  });

  it('is none where there is none, and another where an address has come to another', async () => {
    const [one, other] = [await aLetter(), await aLetter()];
    expect((await signedLetter(one.slug))?.id).toBe(one.id);
    const moved = async (id: string, slug: string) =>
      db().$transaction(async (tx) => {
        await tx.letterSlug.upsert({
          where: { slug },
          create: { slug, letterId: id },
          update: { letterId: id },
        });
        await tx.letter.update({ where: { id }, data: { slug } });
      });
    await moved(one.id, `${one.slug}-moved`);
    expect(await signedLetter(one.slug)).toBeNull();
    await moved(other.id, one.slug);
    expect((await signedLetter(one.slug))?.id).toBe(other.id);
  });
});
