import type { Page } from '@playwright/test';
import { DEMONSTRATION_COORDINATOR } from '@/prisma/demonstration/load';
import { anAddress, expect, fillSignUp, press, test } from '@/tests/support/e2e';

test.use({ instance: 'sign-in' });

const FORM = '/letters/icc-japan-2025/endorse';

const typed = (email: string) => ({
  nameJa: '青空の会',
  reading: 'あおぞらのかい',
  nameEn: 'Blue Sky',
  website: 'example.org',
  representativeName: 'Aoi',
  representativeRole: 'Chair',
  representativeEmail: email,
});

async function expectKept(page: Page, email: string): Promise<void> {
  for (const [name, value] of Object.entries(typed(email)))
    await expect(page.locator(`[name="${name}"]`)).toHaveValue(value);
  await expect(page.locator('[name="visibility"][value="withheld"]')).toBeChecked();
  await expect(page.locator('[name="mayEndorse"]')).toBeChecked();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    /** The language switch of the page; without scripts, that of the form. */
    const switchTo = (page: Page, language: 'ja' | 'en') =>
      javaScriptEnabled
        ? page.locator(`header a[hreflang="${language}"]`).click()
        : page.locator(`button[name="switchTo"][value="${language}"]`).click();

    test('a half-filled form keeps its input when the language changes, there and back', async ({
      page,
    }) => {
      const email = anAddress();
      await page.goto(`/en${FORM}`);
      await fillSignUp(page, typed(email), { visibility: 'withheld' });
      await switchTo(page, 'ja');
      await expect(page).toHaveURL(new RegExp(`/ja${FORM}/continue$`));
      await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
      await expectKept(page, email);
      await page.locator('[name="nameEn"]').fill('Blue Sky');
      await switchTo(page, 'en');
      await expect(page).toHaveURL(new RegExp(`/en${FORM}/continue$`));
      await expectKept(page, email);
    });

    test('the page after sending shows the address, and leads back to the filled-in form', async ({
      page,
      browser,
      product,
    }) => {
      const wrong = anAddress('wrogn');
      await page.goto(`/en${FORM}`);
      await fillSignUp(page, typed(wrong), { visibility: 'withheld' });
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
      await expect(page.locator('main')).toContainText(wrong);
      await page.getByRole('link', { name: 'Correct it in the form' }).click();
      await expectKept(page, wrong);
      const right = anAddress('right');
      await page.locator('[name="representativeEmail"]').fill(right);
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
      await expect(page.locator('main')).toContainText(right);
      expect(page.url()).not.toContain('@');

      const other = await (await browser.newContext({ baseURL: product.url })).newPage();
      await other.goto(page.url());
      await expect(other.locator('main')).toContainText('on its way');
      await expect(other.locator('main')).not.toContainText('@');
      await other.goto(`/en${FORM}/continue`);
      await expect(other).toHaveURL(new RegExp(`${FORM}$`));
      await other.context().close();

      const [cookie] = (await page.context().cookies()).filter(({ name }) =>
        name.endsWith('undersigned-input'),
      );
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
      const link = (await product.mailTo(right)).links.find((url) => url.includes('/confirm/'))!;
      await page.goto(link);
      await press(page);
      await expect(page).toHaveURL(/confirm\/done/);
      expect((await page.context().cookies()).map(({ name }) => name)).not.toContain(cookie!.name);
    });

    test('the sign-in form keeps the address when the language changes and after sending', async ({
      page,
    }) => {
      await page.goto('/en/admin/sign-in');
      await page.locator('[name="email"]').fill(DEMONSTRATION_COORDINATOR);
      await switchTo(page, 'ja');
      await expect(page).toHaveURL(/\/ja\/admin\/sign-in$/);
      await expect(page.locator('[name="email"]')).toHaveValue(DEMONSTRATION_COORDINATOR);
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
      await expect(page.locator('main')).toContainText(DEMONSTRATION_COORDINATOR);
      await page.getByRole('link', { name: '別のアドレスを入力する' }).click();
      await expect(page.locator('[name="email"]')).toHaveValue(DEMONSTRATION_COORDINATOR);
    });

    test('Enter in a field sends the form and does not change its language', async ({ page }) => {
      await page.goto(`/en${FORM}`);
      await page.locator('[name="nameEn"]').fill('Blue Sky');
      await page.locator('[name="nameEn"]').press('Enter');
      await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`/en${FORM}$`));
    });
  });
}
