import { readFileSync } from 'node:fs';
import type { Page, Response } from '@playwright/test';
import { isCachedPage } from '@/lib/public-addresses';
import { expect, signIn, test, type Product } from '@/tests/support/e2e';
import { aLetterIn } from '@/tests/support/factories';
import { TEST_DIST_DIR } from '@/tests/support/server';

const LETTER = 'letters/icc-japan-2025';
const NOBODYS = 'A'.repeat(43);

/** Rendered once, and cached. */
const CACHED = [
  '',
  LETTER,
  `${LETTER}/endorse`,
  `${LETTER}/revisions`,
  `${LETTER}/revisions/1`,
  `confirm/done/icc-japan-2025`,
  `reaffirm/done/icc-japan-2025/affirmed`,
  'entry/left',
  'entry/replaced',
];
/** Rendered for each request. */
const DYNAMIC = [
  'privacy',
  `${LETTER}/endorse/check-your-email`,
  `${LETTER}/endorse/continue`,
  `${LETTER}/signatories/search?q=a`,
  `confirm/${NOBODYS}`,
  `confirm/correct/${NOBODYS}`,
  `reaffirm/${NOBODYS}`,
  `unsubscribe/${NOBODYS}`,
  `attested/${NOBODYS}`,
  `mailings/${NOBODYS}`,
  `invited/${NOBODYS}`,
  `invited/end/${NOBODYS}`,
  'entry',
  'entry/check-your-email',
  `entry/${NOBODYS}`,
  `entry/edit/${NOBODYS}`,
  `entry/representatives/${NOBODYS}`,
  `entry/share/${NOBODYS}`,
  `nomination/${NOBODYS}`,
  'nomination/done/accepted',
  `drafts/${NOBODYS}`,
  'no/such/page',
  '../no-such-file.txt',
  'admin/sign-in',
  'admin/sign-in/check-your-email',
  `admin/sign-in/confirm?token=${NOBODYS}`,
];
/** For a coordinator. */
const ADMIN = [
  'admin',
  'admin/people',
  'admin/letters/new',
  ...[
    '',
    '/text',
    '/revisions',
    '/times',
    '/settings',
    '/signatories',
    '/review',
    '/review/batch',
    '/people',
    '/mails',
    '/mailings',
    '/imports',
    '/invitees',
    '/attest',
    '/contacts',
    '/deliveries',
    '/updates',
  ].map((below) => `admin/${LETTER}${below}`),
];

test.use({ instance: 'csp', expectedConsoleErrors: [/status of 404/] });

/** The sources of scripts in each policy of a response. */
async function scriptSources(response: Response): Promise<string[][]> {
  const policies = (await response.headersArray())
    .filter(({ name }) => name.toLowerCase() === 'content-security-policy')
    .map(({ value }) => value);
  return policies.flatMap((policy) =>
    policy
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .filter(([name]) => name === 'script-src' || name === 'default-src')
      .map(([, ...sources]) => sources),
  );
}

/** Whether React has taken the page over, for which all of Next's own scripts must have run. */
const isAlive = (page: Page) =>
  page.waitForFunction(
    () =>
      [...document.querySelectorAll('*')].some((element) =>
        Object.keys(element).some((key) => key.startsWith('__react')),
      ),
    undefined,
    { timeout: 10_000 },
  );

for (const language of ['ja', 'en'])
  for (const [kind, paths] of Object.entries({ cached: CACHED, dynamic: DYNAMIC, admin: ADMIN }))
    test(`a reader’s browser runs the scripts of every ${kind} page, and no others, in ${language}`, async ({
      page,
      product,
    }) => {
      test.setTimeout(120_000);
      if (kind === 'admin') await signIn(page, product);
      for (const path of paths) {
        const at = path ? `/${language}/${path}` : `/${language}`;
        // Twice: as it is rendered, and from the cache.
        for (let visit = 0; visit < (kind === 'cached' ? 2 : 1); visit += 1) {
          const response = (await page.goto(at))!;
          const sources = await scriptSources(response);
          expect.soft(sources, at).toHaveLength(1);
          // Some redirect to a page of the other kind.
          const cached = isCachedPage(new URL(response.url()).pathname);
          for (const source of sources[0] ?? [])
            expect
              .soft(source, at)
              .toMatch(cached ? /^'(?:self|sha256-[\w+/]{43}=)'$/ : /^'(?:self|nonce-[\w-]{22})'$/);
          await isAlive(page);
        }
      }
    });

/** Opens a page with something added at its end, as if somebody had managed to put it there. */
async function openWith(page: Page, path: string, added: string): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('</body>', `${added}</body>`);
    await route.fulfill({ response, body });
  });
  await page.goto(path);
  await isAlive(page);
}

const ran = (page: Page) => page.evaluate(() => 'injected' in window);

test.describe('a script that somebody managed to put into a page', () => {
  test.use({ expectedConsoleErrors: [/Content Security Policy|ERR_INVALID_URL|status of 404/] });

  for (const path of [`/en/${LETTER}`, '/en/privacy'])
    for (const [what, added] of Object.entries({
      element: '<script>window.injected = 1</script>',
      attribute: '<img src="/none.png" onerror="window.injected = 1">',
      address: '<a id="put-in" href="javascript:void(window.injected = 1)">x</a>',
      foreign: '<script src="https://evil.example/x.js"></script>',
      data: '<script src="data:text/javascript,window.injected=1"></script>',
    }))
      test(`does not run (${what}, ${path})`, async ({ page }) => {
        const blocked = page.waitForEvent('console', (message) =>
          message.text().includes('Content Security Policy'),
        );
        await openWith(page, path, added);
        if (what === 'address') await page.locator('#put-in').click();
        await blocked;
        expect(await ran(page)).toBe(false);
      });
});

test('the proxy knows which pages of the build are cached', () => {
  const read = (file: string) =>
    JSON.parse(readFileSync(`${TEST_DIST_DIR}/${file}`, 'utf8')) as Record<string, object>;
  const cached = Object.keys(read('prerender-manifest.json').dynamicRoutes!);
  const routes = (
    Object.values(read('app-path-routes-manifest.json')) as unknown as string[]
  ).filter(
    (route) => route.startsWith('/[locale]') && !/\[\.\.\.|\.xml$|\.(?:json|pdf|png)\//.test(route),
  );
  expect(routes.length).toBeGreaterThan(30);
  expect(routes.filter((route) => isCachedPage(route.replace('[locale]', 'en'))).sort()).toEqual(
    cached.filter((route) => !route.includes('[...')).sort(),
  );
});

test('a page that a coordinator gets back after a form has a nonce, not hashes', async ({
  browser,
  product,
}: {
  browser: import('@playwright/test').Browser;
  product: Product;
}) => {
  // Without scripts, the page that says what is wrong is a response to the form itself.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const letter = await aLetterIn(product.db, {});
  await page.goto(`${product.url}/en/letters/${letter.slug}/endorse`);
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.locator('main form:not(#account) button[type="submit"]').click(),
  ]);
  const [sources] = await scriptSources(response);
  expect(sources!.some((source) => source.startsWith("'nonce-"))).toBe(true);
  await context.close();
});
