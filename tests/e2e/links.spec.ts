import { newToken } from '@/lib/platform/tokens';
import { DEMONSTRATION_COORDINATOR } from '@/prisma/demonstration/load';
import { anAddress, expect, fillSignUp, press, test } from '@/tests/support/e2e';

test.use({ instance: 'sign-in', javaScriptEnabled: false });

const JUNK = [
  '.',
  ')',
  '%3E',
  '%22',
  '。',
  '%E3%80%8D',
  ',',
  ';',
  "'",
  ']',
  '%E2%80%8B',
  '%0AThank',
];

test('every secret link that a mail program changed leads to its clean address', async ({
  product,
}) => {
  const token = newToken();
  for (const path of [
    '/en/confirm/',
    '/ja/reaffirm/',
    '/en/unsubscribe/',
    '/en/invited/',
    '/en/nomination/',
    '/en/mailings/',
    '/ja/drafts/',
    '/en/entry/',
    '/en/entry/share/',
    '/ja/admin/sign-in/confirm?token=',
  ])
    for (const junk of JUNK) {
      const response = await fetch(`${product.url}${path}${token}${junk}`, { redirect: 'manual' });
      expect([response.status, response.headers.get('location')], path + junk).toEqual([
        307,
        expect.stringMatching(new RegExp(`${(path + token).replace('?', '\\?')}$`)),
      ]);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
});

test('a confirmation link that ends in a dot and has tracking parameters leads to the sign-up, which can be corrected and confirmed without scripts', async ({
  page,
  product,
}) => {
  const email = anAddress();
  await page.goto('/en/letters/icc-japan-2025/endorse');
  await fillSignUp(page, {
    nameEn: 'Dotted Society',
    website: 'example.org',
    representativeName: 'D',
    representativeRole: 'D',
    representativeEmail: email,
  });
  await press(page);
  const link = (await product.mailTo(email)).links.find((url) => url.includes('/confirm/'))!;
  await page.goto(`${link}.?utm_source=mail`);
  await expect(page).toHaveURL(link);
  await page.goto(`${link}?fbclid=x`);
  const main = page.locator('main');
  await expect(main.getByRole('link', { name: /^Joint Letter .*: ./ })).toHaveAttribute(
    'href',
    '/en/letters/icc-japan-2025',
  );
  await main.getByRole('link', { name: 'Correct it' }).click();
  const name = page.locator('[name="name"]');
  await expect(name).toHaveValue('Dotted Society');
  await expect(main).toContainText(email);
  await name.fill('');
  await press(page);
  await expect(page.locator('#name-error')).toBeVisible();
  await name.fill('Corrected Society');
  await press(page);
  await expect(page).toHaveURL(link);
  await expect(main).toContainText('Corrected Society');
  await press(page);
  await expect(page).toHaveURL(/confirm\/done/);
  await page.goto(link.replace('/confirm/', '/confirm/correct/'));
  await expect(page).toHaveURL(link);
});

test('a used Japanese sign-in link leads to a Japanese page, whatever the browser prefers', async ({
  page,
  product,
}) => {
  await page.goto('/ja/admin/sign-in');
  await page.locator('[name="email"]').fill(DEMONSTRATION_COORDINATOR);
  await press(page);
  const mail = await product.mailTo(DEMONSTRATION_COORDINATOR, /sign-in\/confirm/);
  const link = mail.links.find((url) => url.includes('sign-in/confirm'))!;
  await page.goto(`${link}.`);
  await expect(page.locator('main')).toContainText(DEMONSTRATION_COORDINATOR);
  await expect(page.locator('main')).not.toContainText(`${DEMONSTRATION_COORDINATOR}.`);
  await press(page);
  await expect(page).toHaveURL(/\/ja\/admin$/);
  await page.context().clearCookies();
  for (const used of [link, `${link}.`, `${link}&utm_source=x`]) {
    await page.goto(used);
    await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
    await expect(page.locator('main')).toContainText('使用済み');
  }
});
