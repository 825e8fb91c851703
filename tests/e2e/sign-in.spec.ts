import { DEMONSTRATION_COORDINATOR } from '@/prisma/demonstration/load';
import { anAddress, expect, press, signIn, test, type Product } from '@/tests/support/e2e';
import type { Page } from '@playwright/test';

test.use({ instance: 'sign-in', expectedConsoleErrors: [/40[35]/] });

/** Creates a coordinator for one test. */
async function aCoordinator(product: Product): Promise<string> {
  const email = anAddress('coordinator');
  const letter = await product.db.letter.findFirstOrThrow();
  await product.db.coordinator.create({
    data: { email, roles: { create: { letterId: letter.id, role: 'owner' } } },
  });
  return email;
}

/** Requests a link in `page`'s browser and returns it from the mailbox. */
async function askForLink(
  page: Page,
  product: Product,
  email: string,
  locale = 'en',
): Promise<string> {
  await page.goto(`/${locale}/admin/sign-in`);
  await page.locator('[name="email"]').fill(email);
  await press(page);
  await expect(page).toHaveURL(/check-your-email$/);
  return (await product.mailTo(email)).links.find((link) => link.includes('sign-in/confirm'))!;
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a coordinator signs in from the browser that requested the link, in their language', async ({
      page,
      product,
    }) => {
      for (const locale of ['ja', 'en']) {
        const email = await aCoordinator(product);
        const link = await askForLink(page, product, email, locale);
        expect(link).toContain(`/${locale}/admin/sign-in/confirm?token=`);
        expect(link).not.toContain(encodeURIComponent(email));
        await page.goto(link);
        await expect(page.locator('main')).toContainText(email);
        await expect(page.locator('main [role="alert"]')).toHaveCount(0);
        await press(page);
        await expect(page).toHaveURL(new RegExp(`/${locale}/admin$`));
        await expect(page.locator('main')).toContainText(email);
        await page.context().clearCookies();
      }
    });

    test('a link requested by another browser shows a warning and the account it signs in to', async ({
      page,
      product,
      browser,
    }) => {
      const email = await aCoordinator(product);
      const elsewhere = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const link = await askForLink(await elsewhere.newPage(), product, email);
      await elsewhere.close();
      await page.goto(link);
      await expect(page.locator('main')).toContainText('asked for in another browser');
      await page.getByRole('button', { name: `Sign in as ${email}` }).click();
      await expect(page).toHaveURL(/\/en\/admin$/);
    });

    test('opening another coordinator’s link does not change the signed-in account unless confirmed', async ({
      page,
      product,
      browser,
    }) => {
      const other = await aCoordinator(product);
      const attacker = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const link = await askForLink(await attacker.newPage(), product, other);
      await attacker.close();
      await signIn(page, product);
      await page.goto(link);
      await expect(page.locator('main')).toContainText(
        `You are signed in as ${DEMONSTRATION_COORDINATOR}`,
      );
      await page.goto('/en/admin');
      await expect(page.locator('main')).toContainText(DEMONSTRATION_COORDINATOR);
      await page.goto(link);
      await page.getByRole('button', { name: `Switch to ${other}` }).click();
      await expect(page).toHaveURL(/\/en\/admin$/);
      await expect(page.locator('main')).toContainText(other);
    });

    test('a link mangled by a mail program still works; a truncated one shows an error and stays valid', async ({
      page,
      product,
    }) => {
      const email = await aCoordinator(product);
      const link = await askForLink(page, product, email);
      await page.goto(link.slice(0, -5));
      await expect(page.locator('main')).toContainText('incomplete');
      await expect(page.locator('main form:not(#account)')).toHaveCount(0);
      for (const junk of ['.', ')', '%3E', '%22', '。', '」', ',', ';', '\u200b']) {
        await page.goto(link + junk);
        await expect(page.locator('main'), junk).toContainText(email);
      }
      await press(page);
      await expect(page).toHaveURL(/\/en\/admin$/);
    });

    test('a coordinator signs out on any page, here or everywhere, and their cookies sign nobody in again', async ({
      page,
      product,
      browser,
    }) => {
      const email = await aCoordinator(product);
      const elsewhere = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const other = await elsewhere.newPage();
      await signIn(other, product, email);
      const { slug } = await product.db.letter.findFirstOrThrow();
      for (const [button, othersStay] of [
        ['Sign out', true],
        ['Sign out everywhere', false],
      ] as const) {
        await signIn(page, product, email);
        const [cookie] = await page.context().cookies();
        await page.goto(`/en/admin/letters/${slug}/review`);
        await page.getByRole('button', { name: button, exact: true }).click();
        await expect(page.getByRole('status')).toContainText('You are signed out');
        expect(await page.context().cookies()).toEqual([]);
        await page.context().addCookies([cookie!]);
        await page.goto('/en/admin');
        await expect(page).toHaveURL(/sign-in$/);
        await other.goto('/en/admin');
        await expect(other).toHaveURL(othersStay ? /admin$/ : /sign-in$/);
      }
      await elsewhere.close();
    });

    test('requesting a link while the database is unavailable shows an error and keeps the address', async ({
      page,
      product,
    }) => {
      await page.goto('/en/admin/sign-in');
      await page.locator('[name="email"]').fill(DEMONSTRATION_COORDINATOR);
      await product.databaseAway(async () => {
        await press(page);
        await expect(page.locator('main')).toContainText('No link was sent');
        await expect(page.locator('[name="email"]')).toHaveValue(DEMONSTRATION_COORDINATOR);
      });
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
    });
  });
}

test('signing in again ends the session that this browser had', async ({ page, product }) => {
  const email = await aCoordinator(product);
  const link = await askForLink(page, product, email);
  await signIn(page, product, email);
  await page.goto(link);
  await press(page);
  await expect(page).toHaveURL(/\/en\/admin$/);
  expect(await product.db.session.count({ where: { coordinator: { email } } })).toBe(1);
});

test('a malformed next-auth cookie does not prevent signing in, and a link stays valid while the database is unavailable', async ({
  page,
  product,
}) => {
  const email = await aCoordinator(product);
  const link = await askForLink(page, product, email);
  await page
    .context()
    .addCookies([{ name: 'next-auth.callback-url', value: 'x%0Ay', url: product.url }]);
  await page.goto(link);
  await product.databaseAway(async () => {
    await press(page);
    await expect(page.locator('main')).toContainText('still good');
  });
  await page.goto(link);
  await press(page);
  await expect(page).toHaveURL(/\/en\/admin$/);
});

test('another site cannot sign a browser in, by a link or by a form', async ({ page, product }) => {
  const email = await aCoordinator(product);
  const link = await askForLink(page, product, email);
  const token = new URL(link).searchParams.get('token')!;
  const callback = `${product.url}/api/auth/callback/email`;
  const got = await fetch(
    `${callback}?${new URLSearchParams({ token, email, callbackUrl: '/en/admin' })}`,
    { redirect: 'manual' },
  );
  expect([got.status, got.headers.get('set-cookie')]).toEqual([405, null]);
  for (const origin of [
    'https://evil.example',
    'null',
    '',
    product.url.replace('http:', 'https:'),
  ]) {
    const posted = await fetch(callback, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin },
      body: new URLSearchParams({ token, locale: 'en' }),
    });
    expect([posted.status, posted.headers.get('set-cookie')], origin).toEqual([403, null]);
  }
  // From our own origin, but without consent to the account: asks for consent again.
  const unasked = await fetch(callback, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: product.url },
    body: new URLSearchParams({ token, locale: 'en' }),
  });
  expect([
    unasked.status,
    unasked.headers.get('location'),
    unasked.headers.get('set-cookie'),
  ]).toEqual([303, `/en/admin/sign-in/confirm?token=${token}`, null]);
  expect(await product.db.session.count({ where: { coordinator: { email } } })).toBe(0);
});

test('untrusted input cannot forge log lines', async ({ product }) => {
  const forged = encodeURIComponent('x\n{"at":"now","level":"info","message":"forged"}');
  await fetch(
    `${product.url}/api/auth/callback/email?callbackUrl=${forged}&token=${forged}&email=${forged}`,
    { redirect: 'manual' },
  );
  await fetch(`${product.url}/api/auth/error?error=${encodeURIComponent('あ')}`, {
    redirect: 'manual',
  });
  await fetch(`${product.url}/api/auth/callback/email`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Origin: product.url,
      'Content-Type': 'application/x-www-form-urlencoded',
      Cookie: `next-auth.callback-url=${forged}; next-auth.session-token=${forged}`,
    },
    body: `token=${forged}&locale=${forged}&callbackUrl=${forged}`,
  });
  expect(
    (
      await fetch(`${product.url}/en/admin`, {
        redirect: 'manual',
        headers: { Cookie: `next-auth.session-token=${forged}; next-auth.callback-url=${forged}` },
      })
    ).status,
  ).toBe(307);
  for (const line of product.server.errors().split('\n').filter(Boolean)) {
    expect(JSON.parse(line)).not.toMatchObject({ message: 'forged' });
  }
});
