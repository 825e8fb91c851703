import { expect, signIn, test } from '@/tests/support/e2e';
import { anEndorsementIn } from '@/tests/support/factories';

const LETTER = 'letters/icc-japan-2025';

// A separate instance, because other tests' changes also clear the cache.
test.use({ instance: 'live' });

test('a coordinator’s decision is visible within ten seconds in another server process, and immediately in the same one', async ({
  page,
  product,
}) => {
  const other = await product.another();
  const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
  const read = async (origin: string) => {
    const response = await fetch(`${origin}/en/${LETTER}`);
    return { cached: response.headers.get('x-nextjs-cache'), text: await response.text() };
  };
  const delays: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const name = `Live ${round} ${Date.now()}`;
    const entry = await anEndorsementIn(product.db, letter.id, { nameJa: null, nameEn: name });
    // Both server processes have cached the page.
    for (const origin of [product.url, other.url]) {
      await read(origin);
      expect((await read(origin)).cached).toBe('HIT');
    }
    await signIn(page, product);
    await page.goto(`/en/admin/${LETTER}/review?entry=${entry.id}`);
    await page
      .getByRole('button', { name: /^Approve/ })
      .first()
      .click();
    await expect(page.getByRole('status').first()).toContainText(name);
    const decided = performance.now();
    expect((await read(product.url)).text).toContain(name);
    await expect
      .poll(async () => (await read(other.url)).text.includes(name), {
        timeout: 10_000,
        intervals: [100],
      })
      .toBe(true);
    delays.push(performance.now() - decided);
  }
  process.stdout.write(
    `    seen at the other process after ${delays.map((delay) => `${(delay / 1_000).toFixed(1)} s`).join(', ')}\n`,
  );
});
