import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { GET } from '@/app/api/letters/[slug]/route';
import { db } from '@/lib/platform/db/client';
import { aLetter, anEndorsement } from '@/tests/support/factories';

const ask = async (slug: string) => {
  const request = new Request(`http://localhost/api/letters/${slug}`);
  return (await GET(request, { params: Promise.resolve({ slug }) })).json();
};

it('the API’s answer about a letter is kept while nothing public of it changes, and no longer', async () => {
  const { id, slug } = await aLetter({ closesAt: new Date(Date.now() + 3_600_000) });
  expect(await ask(slug)).toMatchObject({ counts: { total: 0 }, signing: 'open' });
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  expect(await ask(slug)).toMatchObject({ counts: { total: 0 }, signing: 'open' });
  expect(sent.mock.calls).toHaveLength(1);
  sent.mockRestore();

  // As another server process does it.
  await anEndorsement(id, { state: 'approved' });
  await db().letter.update({ where: { id }, data: { publicVersion: { increment: 1 } } });
  expect(await ask(slug)).toMatchObject({ counts: { total: 1 } });

  // As if the deadline had passed.
  await db()
    .$executeRaw`UPDATE letter SET closes_at = now() - interval '1 second' WHERE id = ${id}::uuid`;
  expect(await ask(slug)).toMatchObject({ status: 'closed', signing: 'over' });
});
