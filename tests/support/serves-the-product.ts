/**
 * Tests that every way of starting the product must pass. The calling spec sets `serverKind`
 * accordingly.
 */
import { request } from 'node:http';
import { RATE_LIMITS } from '@/lib/platform/limits';
import { anAddress, expect, fillSignUp, press, test } from './e2e';
import { aLetterIn } from './factories';
import { startServer, type RunningServer, type ServerKind } from './server';

const LETTER = 'letters/icc-japan-2025';

/** The response status for a path, with headers that fetch() would not send. */
const statusOf = (url: string, headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) =>
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .once('error', reject)
      .end(),
  );

export function servesTheProduct(serverKind: ServerKind): void {
  test.use({ javaScriptEnabled: false, expectedConsoleErrors: [/404/] });

  test('an organization signs and a coordinator signs in, without JavaScript', async ({
    page,
    product,
  }) => {
    await page.goto(`/en/${LETTER}`);
    await expect(page.locator('#signatories')).toContainText('Kyoto YWCA');

    const representativeEmail = anAddress();
    await page.goto(`/en/${LETTER}/endorse`);
    await fillSignUp(page, {
      nameEn: 'Plain Society',
      website: 'example.org',
      representativeName: 'P',
      representativeRole: 'P',
      representativeEmail,
    });
    await press(page);
    await expect(page).toHaveURL(/check-your-email$/);
    const mail = await product.mailTo(representativeEmail);
    await page.goto(mail.links.find((link) => link.includes('/confirm/'))!);
    await press(page);
    await expect(page).toHaveURL(/confirm\/done/);

    const email = anAddress('coordinator');
    await product.db.coordinator.create({ data: { email } });
    await page.goto('/en/admin/sign-in');
    await page.locator('[name="email"]').fill(email);
    await press(page);
    await expect(page).toHaveURL(/check-your-email$/);
    const { links } = await product.mailTo(email);
    await page.goto(links.find((link) => link.includes('sign-in/confirm'))!);
    await press(page);
    await expect(page).toHaveURL(/\/en\/admin$/);
    await expect(page.locator('main')).toContainText(email);
  });

  test('a reader without JavaScript reads in their language that a page does not exist', async ({
    page,
    product,
  }) => {
    for (const path of [
      'nowhere',
      'letters/no-such-letter',
      'letters/no-such-letter/signatories/search',
      `${LETTER}/signatories/99`,
      `${LETTER}/revisions/99`,
      `${LETTER}/deliveries/99`,
      'confirm/done/no-such-letter',
      `reaffirm/done/icc-japan-2025/perhaps`,
      `drafts/${'A'.repeat(43)}`,
    ]) {
      for (const [language, other, words] of [
        ['en', 'ja', /not found|link/],
        ['ja', 'en', /ありません|リンク/],
      ] as const) {
        const response = await page.goto(`/${language}/${path}`);
        expect(response!.status(), path).toBe(404);
        await expect(page.locator('main'), path).toContainText(words);
        await expect(page.locator('a[hreflang]')).toHaveAttribute('href', `/${other}/${path}`);
      }
    }
    const letter = await aLetterIn(product.db, { slug: 'plain-new' });
    await product.db.letterSlug.create({ data: { slug: 'plain-old', letterId: letter.id } });
    for (let n = 0; n < 2; n += 1) {
      const moved = await fetch(`${product.url}/en/letters/plain-old`, { redirect: 'manual' });
      expect([moved.status, moved.headers.get('location')]).toEqual([308, '/en/letters/plain-new']);
    }
  });

  test('an operator gets answers from the API, the health checks, the letter as PDF and the source', async ({
    product,
  }) => {
    for (const path of [
      'health/live',
      'health/ready',
      LETTER,
      `${LETTER}/letter.pdf?language=en`,
      'source',
    ]) {
      const response = await fetch(`${product.url}/api/${path}`);
      expect.soft(response.status, path).toBe(200);
      expect.soft((await response.arrayBuffer()).byteLength, path).toBeGreaterThan(10);
    }
    await product.databaseAway(async () => {
      const failed = await fetch(`${product.url}/en/${LETTER}/signatories/search?q=a`);
      expect([failed.status, await failed.text()]).toEqual([
        500,
        expect.stringContaining('Something went wrong'),
      ]);
    });
  });

  test('nobody elsewhere reads the local mailbox', async ({ product }) => {
    const mailbox = `${product.url}/dev/mailbox.json`;
    expect(await statusOf(mailbox, {})).toBe(200);
    expect(await statusOf(mailbox, { 'X-Forwarded-For': '127.0.0.1' })).toBe(404);
    expect(await statusOf(mailbox, { Host: 'rebound.example.org' })).toBe(404);
  });

  test('a client cannot get round the rate limits with a header', async ({ product }) => {
    const server = await startServer(product.databaseUrl, { RATE_LIMITS: 'on' }, serverKind);
    try {
      await product.db.rateLimit.deleteMany();
      const statuses: number[] = [];
      for (let n = 0; n <= RATE_LIMITS.signUpNetwork.points; n += 1) {
        const response = await fetch(`${server.url}/api/${LETTER}/endorsements`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': `192.0.2.${n}` },
          body: JSON.stringify({
            nameEn: 'Flood',
            website: 'example.org',
            country: 'JP',
            representativeName: 'F',
            representativeRole: 'F',
            representativeEmail: `flood-${n}@flood-${n}.example`,
            visibility: 'named',
            mayEndorse: true,
            privacyConsent: true,
            language: 'en',
          }),
        });
        statuses.push(response.status);
      }
      expect(statuses.at(-1)).toBe(429);
    } finally {
      await server.stop();
    }
  });

  test('an operator finds everything about a request in the log by its id', async ({ product }) => {
    const lines = ({ errors }: RunningServer) =>
      errors()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const ask = (server: RunningServer, path: string, id: string) =>
      fetch(server.url + path, { headers: { 'X-Request-Id': id }, redirect: 'manual' });

    for (const id of ['first-reader', 'second-reader']) {
      const page = await ask(product.server, '/en', id); // cached after the first
      expect(page.headers.get('x-request-id')).toBe(id);
      await page.text();
      await expect
        .poll(() => lines(product.server).filter(({ requestId }) => requestId === id))
        .toMatchObject([{ message: 'request', method: 'GET', kind: 'page', status: 200 }]);
    }

    const nothing = await startServer('postgresql://nobody:none@127.0.0.1:1/none', {}, serverKind);
    try {
      for (const [path, message, kind] of [
        ['/api/letters/some-letter', 'an API request failed', 'api'],
        ['/en/letters/some-letter', 'a page could not be looked up', 'letter'],
      ] as const) {
        const id = `failing-${kind}`;
        expect((await ask(nothing, path, id)).status).toBeGreaterThanOrEqual(500);
        await expect
          .poll(() =>
            lines(nothing)
              .filter(({ requestId }) => requestId === id)
              .map(({ message: said, level }) => [level, said]),
          )
          .toEqual([
            ['error', message],
            ['info', 'request'],
          ]);
      }
      expect(nothing.errors()).not.toContain('some-letter');
    } finally {
      await nothing.stop();
    }
  });

  test('an operator who stops the server gets an orderly end', async ({ product }) => {
    const server = await startServer(
      product.databaseUrl,
      { NEXT_MANUAL_SIG_HANDLE: 'true' },
      serverKind,
    );
    expect((await fetch(`${server.url}/en`)).status).toBe(200);
    await server.stop();
    expect(server.process.exitCode).toBe(0);
    expect(server.errors()).not.toMatch(/"level":"(?:warn|error)"/);
  });
}
