import { anAddress, expect, signIn, test } from '@/tests/support/e2e';
import { startServer, type RunningServer } from '@/tests/support/server';

test.use({ instance: 'who_may', expectedConsoleErrors: [/404/] });

/** The default settings; the suite's own server lets every coordinator create and open letters. */
let usual: RunningServer;
test.beforeAll(async ({ product }) => {
  usual = await startServer(product.databaseUrl, { LETTERS_MADE_BY: '', FIRST_OPENING_BY: '' });
});
test.afterAll(() => usual.stop());

for (const [locale, words, button] of [
  ['en', 'New letters are created by administrators. Ask one of them: ', 'New letter'],
  ['ja', '新しい書簡を作れるのは管理者です', '書簡を作る'],
] as const) {
  test(`an observer reads in ${locale} who can create letters, and has neither the button nor the page`, async ({
    page,
    product,
  }) => {
    const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
    const observer = await product.db.coordinator.create({
      data: {
        email: anAddress('observer'),
        roles: { create: { letterId: letter.id, role: 'observer' } },
      },
    });
    const administrator = await product.db.coordinator.create({
      data: { email: anAddress('administrator'), isAdministrator: true },
    });
    await signIn(page, { ...product, url: usual.url }, observer.email);
    await page.goto(`${usual.url}/${locale}/admin`);
    await expect(page.locator('main')).toContainText(words);
    await expect(page.locator('main')).toContainText(administrator.email);
    await expect(page.getByRole('link', { name: button })).toHaveCount(0);
    expect((await page.goto(`${usual.url}/${locale}/admin/letters/new`))!.status()).toBe(404);
    // If coordinators may create letters, the same observer can.
    await page.context().clearCookies();
    await signIn(page, product, observer.email);
    await page.goto(`/${locale}/admin`);
    await expect(page.getByRole('link', { name: button })).toBeVisible();
  });
}

test('an owner is told that an administrator has to open the first letter, and who the administrators are; an administrator opens it', async ({
  page,
  product,
}) => {
  const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
  const owner = await product.db.coordinator.create({
    data: { email: anAddress('owner'), roles: { create: { role: 'owner', letterId: letter.id } } },
  });
  const administrator = await product.db.coordinator.create({
    data: { email: anAddress('administrator'), isAdministrator: true },
  });
  await product.db.letter.update({ where: { id: letter.id }, data: { opensAt: null } });
  const times = `${usual.url}/en/admin/letters/icc-japan-2025/times`;
  await signIn(page, { ...product, url: usual.url }, owner.email);
  await page.goto(times);
  await expect(page.locator('main')).toContainText('An administrator has to open this letter.');
  await expect(page.locator('main')).toContainText(administrator.email);
  await expect(page.locator('[name="opening"]')).toHaveCount(0);
  await page.context().clearCookies();
  await signIn(page, { ...product, url: usual.url }, administrator.email);
  await page.goto(times);
  await page.locator('[name="opening"][value="now"]').check();
  await page.getByRole('button', { name: 'Save the times' }).click();
  await expect(page.getByRole('status').first()).toContainText('The letter is open.');
});
