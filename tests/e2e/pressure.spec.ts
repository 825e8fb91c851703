import type { Page } from '@playwright/test';
import {
  anAddress,
  expect,
  fillSignUp,
  press,
  signIn,
  test,
  type Product,
} from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn } from '@/tests/support/factories';

/** A letter whose sign-ups are under pressure, or as `pressure` says. */
const aLetter = (product: Product, pressure: 'on' | 'off' = 'on') =>
  aLetterIn(product.db, { pressure });

const someone = () => ({
  nameEn: 'Pressed Society',
  website: 'example.org',
  representativeName: 'P. Pressed',
  representativeRole: 'Secretary',
  representativeEmail: anAddress(),
});

async function fill(page: Page, { slug }: { slug: string }, who: ReturnType<typeof someone>) {
  await page.goto(`/en/letters/${slug}/endorse`);
  await fillSignUp(page, who);
}

const box = (page: Page) => page.locator('main [role="alert"]').first();
const mailOf = (product: Product, to: string) => product.db.mail.findFirst({ where: { to } });

test('a person’s browser does the calculation, and the sign-up passes', async ({
  page,
  product,
}) => {
  const letter = await aLetter(product);
  const who = someone();
  await fill(page, letter, who);
  await press(page);
  await expect(box(page)).toContainText('One more step before this is sent');
  expect(await mailOf(product, who.representativeEmail)).toBeNull();
  for (const [name, value] of Object.entries(who))
    await expect(page.locator(`[name="${name}"]`)).toHaveValue(value);
  await expect(page.getByLabel('The calculation is done', { exact: false })).toBeChecked();
  await box(page).getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page).toHaveURL(/check-your-email$/);
  await expect(page.locator('main')).toContainText('is on its way');
  const mail = await product.mailTo(who.representativeEmail);
  expect(mail.links[0]).toContain('/confirm/');
  // Each solution is good for one sign-up.
  expect(await product.db.usedChallenge.count()).toBeGreaterThan(0);
});

test('whoever presses the button before the calculation is done need not press it again', async ({
  page,
  product,
}) => {
  const letter = await aLetter(product);
  const who = someone();
  await fill(page, letter, who);
  await press(page);
  await expect(box(page)).toContainText('One more step');
  await page
    .getByRole('button', { name: /^(Send|Send me the confirmation e-mail)$/ })
    .last()
    .click();
  await expect(page).toHaveURL(/check-your-email$/);
  expect((await product.mailTo(who.representativeEmail)).links[0]).toContain('/confirm/');
});

for (const javaScriptEnabled of [true, false])
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a person signs without the calculation: nothing typed is lost, and the mail comes later', async ({
      page,
      product,
    }) => {
      const letter = await aLetter(product);
      const who = someone();
      await fill(page, letter, who);
      await press(page);
      await expect(box(page)).toContainText('One more step before this is sent');
      for (const [name, value] of Object.entries(who))
        await expect(page.locator(`[name="${name}"]`)).toHaveValue(value);
      await expect(page.locator('[name="mayEndorse"]')).toBeChecked();
      await page.getByRole('button', { name: 'Send without it' }).click();
      await expect(page).toHaveURL(/check-your-email$/);
      await expect(page.locator('main')).toContainText('leaves in about 5 minutes');
      const mail = (await mailOf(product, who.representativeEmail))!;
      expect(mail.sendAfter.getTime()).toBeGreaterThan(Date.now() + 3 * 60_000);
      expect(mail.sentAt).toBeNull();
      await product.db.mail.update({ where: { id: mail.id }, data: { sendAfter: new Date() } });
      const { links } = await product.mailTo(who.representativeEmail);
      await page.goto(links[0]!);
      await press(page);
      await expect(page).toHaveURL(/confirm\/done/);
    });

    test('a program that fills in what people do not see gets the answer of any other', async ({
      page,
      product,
    }) => {
      const letter = await aLetter(product, 'off');
      const [person, program] = [someone(), someone()];
      await fill(page, letter, person);
      await expect(page.locator('[name="reference"]')).not.toBeInViewport();
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
      const answered = await page.locator('main').innerText();
      await fill(page, letter, program);
      await page
        .locator('[name="reference"]')
        .evaluate((field: HTMLInputElement) => (field.value = 'https://example.org'))
        .catch(() => page.locator('[name="reference"]').fill('x', { force: true }));
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
      const addresses = (text: string) => text.replace(/someone-\w+@example\.org/, 'SOMEONE');
      expect(addresses(await page.locator('main').innerText())).toBe(addresses(answered));
      expect(await mailOf(product, person.representativeEmail)).not.toBeNull();
      expect(await mailOf(product, program.representativeEmail)).toBeNull();
      expect(await product.db.endorsement.count({ where: { letterId: letter.id } })).toBe(1);
    });
  });

test('an owner sets that sign-ups have to show work, and a person is asked for it at once', async ({
  page,
  product,
}) => {
  const letter = await aLetter(product, 'off');
  await signIn(page, product);
  await page.goto(`/en/admin/letters/${letter.slug}/times`);
  const section = page.getByRole('region', { name: 'Floods of sign-ups' });
  await expect(section).toContainText('At present, sign-ups are not asked for this.');
  await section.getByLabel('Always').check();
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section).toContainText('At present, sign-ups are asked for this.');
  await expect(section.getByLabel('Always')).toBeChecked();
  await fill(page, letter, someone());
  await press(page);
  await expect(box(page)).toContainText('One more step');
});

test('a coordinator looks at many sign-ups from one network, holds them at once, and releases them', async ({
  page,
  product,
}) => {
  const letter = await aLetter(product, 'off');
  const ids = await Promise.all(
    Array.from({ length: 5 }, async (_, n) => {
      const { id } = await anEndorsementIn(product.db, letter.id, {
        state: n < 3 ? 'verified' : 'submitted',
        nameEn: `Flood ${n}`,
      });
      const network = new Uint8Array(8).fill(7);
      await product.db.signUpOrigin.create({
        data: {
          endorsementId: id,
          letterId: letter.id,
          at: new Date(),
          network,
          domain: new Uint8Array(8).fill(n),
        },
      });
      return id;
    }),
  );
  await anEndorsementIn(product.db, letter.id, { state: 'verified' });
  await signIn(page, product);
  await page.goto(`/en/admin/letters/${letter.slug}/review`);
  await page.getByText('Unusually many sign-ups from one place').click();
  await page.getByRole('link', { name: '5 sign-ups from one network' }).click();
  await expect(page.getByText('From one network')).toBeVisible();
  await page.getByRole('link', { name: 'Hold all of these that are not decided on' }).click();
  await expect(page.getByRole('heading', { name: '5 entries selected' })).toBeVisible();
  await page.getByRole('button', { name: 'Hold 5 entries' }).click();
  await expect(page.locator('main')).toContainText('Say why these entries are held.');
  await page.getByLabel('Why').fill('All from one place.');
  await page.getByRole('button', { name: 'Hold 5 entries' }).click();
  await expect(page.locator('main')).toContainText('5 entries are held.');
  const held = () =>
    product.db.endorsement.count({ where: { heldAt: { not: null }, id: { in: ids } } });
  expect(await held()).toBe(5);
  // One is released by itself.
  await page.goto(`/en/admin/letters/${letter.slug}/review?entry=${ids[0]}`);
  await expect(page.getByText('All from one place.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Approve/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Release' }).click();
  await expect(page.getByRole('button', { name: /^Approve/ })).toBeVisible();
  expect(await held()).toBe(4);
  // Those that are held are left when all that wait are approved.
  await page.goto(`/en/admin/letters/${letter.slug}/review/batch?all=1`);
  await expect(page.locator('main')).toContainText('2 entries are held. They are left');
  await expect(page.locator('main li').filter({ hasText: /Held$/ })).toHaveCount(2);
  await page.goto(`/en/admin/letters/${letter.slug}/review?entry=${ids[1]}`);
  await expect(page.locator('main')).not.toContainText('Approving publishes the entry');
  // The others are released at once.
  const { id } = await product.db.batch.findFirstOrThrow({ where: { letterId: letter.id } });
  await page.goto(`/en/admin/letters/${letter.slug}/review/batch/${id}`);
  await page.getByRole('button', { name: 'Undo for 4 entries' }).click();
  await expect(page.locator('main')).toContainText('4 of them were taken back.');
  expect(await held()).toBe(0);
});
