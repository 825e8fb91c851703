import { expect, test } from '@/tests/support/e2e';
import { anEndorsementIn } from '@/tests/support/factories';
import { missingForNginx, NAME, startNginx } from '@/tests/support/nginx';
import { startServer } from '@/tests/support/server';

test.use({ instance: 'nginx' });

const LETTER = '/en/letters/icc-japan-2025';

test('nginx keeps public pages for as long as the product says, and nothing else', async ({
  product,
}) => {
  const missing = missingForNginx();
  test.skip(missing !== null, `${missing} is not installed`);
  test.setTimeout(120_000);
  const server = await startServer(product.databaseUrl, {
    APP_URL: `https://${NAME}`,
    CLIENT_ADDRESS: 'x-forwarded-for',
  });
  const nginx = await startNginx(new URL(server.url).host.replace('localhost', '127.0.0.1'));
  const cache = async (path: string, method = 'GET') => {
    const { status, headers } = await nginx.ask(path, { method });
    return [status, headers['x-cache']];
  };
  let keptAt = 0;
  try {
    await test.step('a public page is rendered once and then kept, each with an id of its own', async () => {
      const [first, second] = [await nginx.ask(LETTER), await nginx.ask(LETTER)];
      expect([first.headers['x-cache'], second.headers['x-cache']]).toEqual(['MISS', 'HIT']);
      expect(first.headers['set-cookie']).toBeUndefined();
      expect(second.text).toBe(first.text);
      expect(second.text).toContain('Kyoto YWCA');
      expect(first.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
      expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
      expect(server.errors()).toContain(`"requestId":"${String(first.headers['x-request-id'])}"`);
      expect(await cache('/ja/letters/icc-japan-2025')).toEqual([200, 'MISS']);
      keptAt = performance.now();
      const asset = /\/_next\/static\/[^"]+\.js/.exec(first.text)![0];
      expect([await cache(asset), await cache(asset)]).toEqual([
        [200, 'MISS'],
        [200, 'HIT'],
      ]);
    });

    await test.step('what is not public is never kept', async () => {
      for (const [path, status] of [
        ['/en/admin', 307],
        ['/en/admin/sign-in', 200],
        ['/en/admin/letters/icc-japan-2025/review', 307],
        ['/en/confirm/x', 200],
        ['/en/entry/x', 200],
        ['/en/entry', 200],
        ['/en/unsubscribe/x', 200],
        ['/en/drafts/x', 404],
        [`${LETTER}/endorse/check-your-email`, 200],
        ['/', 307],
        ['/api/health/ready', 200],
        ['/api/metrics', 404],
        ['/api/letters/icc-japan-2025', 200],
      ] as const)
        for (const time of ['first', 'second'])
          expect.soft(await cache(path), `${path}, ${time} time`).toEqual([status, 'BYPASS']);
      // Public, but the product says that it may not be kept.
      for (const time of ['first', 'second'])
        expect.soft(await cache('/en/letters/none'), time).toEqual([404, 'MISS']);
    });

    await test.step('a change shows within seconds', async () => {
      const { id } = await product.db.letter.findUniqueOrThrow({
        where: { slug: 'icc-japan-2025' },
      });
      const nameEn = `Cached Society ${Date.now()}`;
      await anEndorsementIn(product.db, id, { nameJa: null, nameEn, state: 'approved' });
      await product.db.letter.update({
        where: { id },
        data: { publicVersion: { increment: 1 } },
      });
      await expect
        .poll(async () => (await nginx.ask(LETTER)).text.includes(nameEn), { timeout: 20_000 })
        .toBe(true);
    });

    await test.step('http leads to https, and other names nowhere', async () => {
      const { status, headers } = await nginx.ask('/en?x=1', { plain: true });
      expect([status, headers.location]).toEqual([308, `https://${NAME}/en?x=1`]);
      for (const plain of [true, undefined])
        await expect(
          nginx.ask('/en', { host: 'other.example.org', ...(plain && { plain }) }),
        ).rejects.toThrow();
    });

    await test.step('while the product is away, what was public can be read', async () => {
      await server.stop();
      // Older than the product allows, which is three seconds.
      await expect
        .poll(() => performance.now() - keptAt, { timeout: 15_000 })
        .toBeGreaterThan(4_000);
      const page = await nginx.ask('/ja/letters/icc-japan-2025');
      expect([page.status, page.headers['x-cache']]).toEqual([200, 'STALE']);
      expect(await cache('/en/admin')).toEqual([502, 'BYPASS']);
    });

    expect(nginx.written()).toMatch(/ 200 \d+\.\d+ HIT \d+\n/);
    expect(nginx.written()).not.toMatch(/letters|confirm|127\.0\.0\.1/);
  } finally {
    await nginx.stop();
    await server.stop();
  }
});
