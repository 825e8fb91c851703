import { randomUUID } from 'node:crypto';
import { expect, test } from '@/tests/support/e2e';
import { startServer } from '@/tests/support/server';

test.use({ instance: 'headers' });

const LETTER = 'icc-japan-2025';

/** What only one person may see: behind a secret link, signed in, or sent by a form. */
const PRIVATE =
  /\/(?:confirm|reaffirm|unsubscribe|drafts|entry|invited|nomination|attested|mailings|contacts|imports|entries)(?:\/|\.|$)|^\/dev\/|\/endorsements$/;

for (const https of [false, true]) {
  test(`every kind of route has its security headers if the instance's URL is ${https ? 'https' : 'http'}`, async ({
    product,
  }) => {
    const more: Record<string, string> = https
      ? { APP_URL: 'https://letters.example.org', CLIENT_ADDRESS: 'x-forwarded-for' }
      : {};
    const server = await startServer(product.databaseUrl, {
      ...more,
      METRICS_TOKEN: https ? 'm'.repeat(32) : '',
      SECURITY_CONTACT: https ? 'security@example.org' : '',
    });
    try {
      const page = await (await fetch(`${server.url}/en/letters/${LETTER}`)).text();
      const asset = /\/_next\/static\/[^"]+\.js/.exec(page)![0];
      const api = `/api/letters/${LETTER}`;
      for (const [method, path, status] of [
        ['GET', '/', 307],
        ['GET', '/en/', 308],
        ['GET', '/en', 200],
        ['GET', `/ja/letters/${LETTER}`, 200],
        ['GET', '/en/confirm/x', 200],
        ['GET', '/en/reaffirm/x', 200],
        ['GET', '/en/entry/x', 200],
        ['GET', '/en/entry/data.json/x', 404],
        ['GET', '/en/entry/receipt.pdf/x', 303],
        ['GET', '/en/entry/picture.png/x', 404],
        ['GET', '/en/entry/share/x', 307],
        ['GET', '/en/unsubscribe/x', 200],
        ['GET', '/api/unsubscribe/x', 303],
        ['GET', '/en/invited/x', 200],
        ['GET', '/en/attested/x', 200],
        ['GET', '/api/invited/x', 303],
        ['GET', '/en/nomination/x', 200],
        ['GET', '/en/mailings/x', 200],
        ['GET', '/api/mailings/x', 303],
        ['GET', '/en/affirm/x', 308],
        ['GET', '/en/admin', 307],
        ['GET', '/en/no/such/page', 404],
        ['GET', '/ja/drafts/x', 404],
        ['GET', '/developer', 307],
        ['GET', '/en/developer', 404],
        ['GET', asset, 200],
        ['GET', '/_next/static/none.js', 404],
        ['GET', '/icon.svg', 200],
        ['GET', '/_next/image?url=%2Fapple-icon.png&w=640&q=75', 404],
        ['GET', '/favicon.ico', 200],
        ['GET', '/robots.txt', 200],
        ['GET', '/sitemap.xml', 200],
        ['GET', '/en/feed.xml', 200],
        ['GET', '/fr/feed.xml', 404],
        ['GET', '/fr/letters/icc-japan-2025/feed.xml', 404],
        ['GET', `${api}/picture.png`, 200],
        ['GET', '/none.txt', 404],
        ['GET', '/.well-known/security.txt', https ? 200 : 404],
        ['GET', api, 200],
        ['GET', `${api}/signatories`, 200],
        ['GET', `${api}/contacts.csv`, 405],
        ['GET', `${api}/imports/${randomUUID()}/evidence`, 404],
        ['GET', `${api}/entries/${randomUUID()}/evidence`, 404],
        ['GET', '/api/letters/none', 404],
        ['GET', '/api/none', 404],
        ['GET', '/api/cron', 404],
        ['GET', '/api/metrics', https ? 401 : 404],
        ['POST', `${api}/endorsements`, 415],
        ['GET', '/dev/mailbox', https ? 404 : 200],
        ['PUT', '/en', 405],
        ['POST', '/en', 403],
        ['GET', '/en?q=%00', 400],
        ['GET', '/en/%E3%81', 400],
      ] as const) {
        const response = await fetch(`${server.url}${path}`, {
          method,
          redirect: 'manual',
          headers: { Origin: 'http://evil.example' },
        });
        const header = (name: string) => response.headers.get(name);
        const at = `${method} ${path}`;
        expect.soft(response.status, at).toBe(status);
        expect
          .soft(header('strict-transport-security'), at)
          .toBe(https ? 'max-age=31536000' : null);
        expect.soft(header('x-content-type-options'), at).toBe('nosniff');
        expect.soft(header('x-request-id'), at).toMatch(/^[0-9a-f-]{36}$/);
        expect.soft(header('cross-origin-opener-policy'), at).toBe('same-origin');
        expect
          .soft(header('cross-origin-resource-policy'), at)
          .toBe(
            /^\/api\/letters\/(?!.*\/(?:contacts|imports|entries))/.test(path)
              ? 'cross-origin'
              : 'same-origin',
          );
        expect.soft(header('referrer-policy'), at).toMatch(
          /\/(confirm|affirm|reaffirm|unsubscribe|drafts|entry|invited|nomination|attested|mailings|admin)(\/|$)/.test(
            path,
          ) // their addresses hold secrets
            ? /^same-origin$/
            : /^(strict-origin-when-cross-origin|same-origin|no-referrer)$/,
        );
        expect.soft(header('content-security-policy'), at).toContain("frame-ancestors 'none'");
        const cacheControl = header('cache-control') ?? '';
        if (PRIVATE.test(path) && status < 405) expect.soft(cacheControl, at).toContain('no-store');
        else if (status === 200) expect.soft(cacheControl, at).not.toContain('no-store');
      }
      const contact = await (await fetch(`${server.url}/.well-known/security.txt`)).text();
      expect(contact).toMatch(
        https ? /^Contact: mailto:security@example\.org\nExpires: \d{4}-/ : /^Not found/,
      );
    } finally {
      await server.stop();
    }
  });
}
