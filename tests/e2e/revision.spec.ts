import { createHash } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, signIn, test, type Product } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn, someParts } from '@/tests/support/factories';
import { publish } from '@/tests/support/admin';

const CONTENT_FIELDS = {
  en: someParts({ title: 'Open Letter', body: 'We call for justice.\n\nPeace needs courts.' }),
  ja: someParts({ title: '公開書簡', body: '私たちは正義を求めます。' }),
};

/** A letter with texts that coordinators have changed since publishing. */
async function aLetterToPublish(product: Product, body: string) {
  const letter = await aLetterIn(product.db, { texts: CONTENT_FIELDS });
  await product.db.letterText.update({
    where: { letterId_language: { letterId: letter.id, language: 'en' } },
    data: { body, version: { increment: 1 } },
  });
  return letter;
}

const aSignatory = (
  product: Product,
  letterId: string,
  over: { proof?: 'attested'; nameEn?: string } = {},
) =>
  anEndorsementIn(product.db, letterId, {
    website: null,
    language: 'en',
    state: 'approved',
    ...over,
  });

const isAccessible = async (page: Page) =>
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

test('an owner publishes a correction, and its page shows the difference and a hash that can be recomputed', async ({
  page,
  product,
}) => {
  const letter = await aLetterToPublish(
    product,
    'We call for justice.\n\nPeace needs fair courts.',
  );
  const signatory = await aSignatory(product, letter.id);
  await signIn(page, product);
  await page.goto(`/en/admin/letters/${letter.slug}/revisions`);
  await expect(page.locator('main ins')).toContainText('fair');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.locator('main [role="alert"]')).toContainText('which kind of change');
  await page.locator('[name="kind"][value="correction"]').check();
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.locator('main [role="alert"]')).toContainText('reason');
  await expect(page.locator('[name="kind"][value="correction"]')).toBeChecked();
  await isAccessible(page);
  await page.locator('[name="reasonEn"]').fill('A word was missing.');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('The correction is published.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish' })).toHaveCount(0);

  await page.context().clearCookies();
  await page.goto(`/en/letters/${letter.slug}/revisions`);
  const newest = page.locator('#revision-2');
  await expect(newest).toContainText('A word was missing.');
  await expect(newest.locator('ins')).toContainText('fair');
  await isAccessible(page);
  const feed = await (await page.request.get(`/en/letters/${letter.slug}/feed.xml`)).text();
  expect(feed).toMatch(/<title>Revision 2 published<\/title>[^]*A word was missing\./);
  const hash = await newest.locator('code').textContent();
  const response = await page.request.get(`/api/letters/${letter.slug}/revisions/2/revision.json`);
  expect(
    createHash('sha256')
      .update(await response.body())
      .digest('hex'),
  ).toBe(hash);
  await page.goto(`/ja/letters/${letter.slug}/revisions/1`);
  await expect(page.getByText('現在の本文ではありません')).toBeVisible();
  await expect(page.getByText('Peace needs courts.')).toBeVisible();
  await isAccessible(page);
  expect((await page.request.get(`/ja/letters/${letter.slug}/revisions/3`)).status()).toBe(404);
  expect(await product.db.endorsement.findUnique({ where: { id: signatory.id } })).toMatchObject({
    revision: 1,
    state: 'approved',
    version: 1,
  });
  expect(await product.mailsTo(signatory.email)).toEqual([]);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts,' : 'without scripts,', () => {
    test.use({ javaScriptEnabled });

    test('a signatory is asked to reaffirm after a change of substance, and answers by keyboard', async ({
      page,
      product,
    }) => {
      const letter = await aLetterToPublish(
        product,
        'We call for justice and reparations.\n\nPeace needs courts.',
      );
      const [affirms, withdraws] = [
        await aSignatory(product, letter.id),
        await aSignatory(product, letter.id),
      ];
      const attested = await aSignatory(product, letter.id, {
        proof: 'attested',
        nameEn: 'Attested Group',
      });
      await signIn(page, product);
      await publish(page, letter.slug, 'substance', 'The call was extended.');
      await expect(page.getByRole('navigation', { name: 'Answers' })).toContainText(
        'Not answered 3',
      );
      await page.getByRole('button', { name: 'Record as reaffirmed: Attested Group' }).click();
      await expect(
        page.getByText('Recorded: the signatory stands behind the new text.'),
      ).toBeVisible();
      await expect(page.getByRole('button', { name: /^Ask again/ })).toHaveCount(0); // asked just now
      if (javaScriptEnabled) await isAccessible(page);
      await page.context().clearCookies();

      const mail = await product.mailTo(affirms.email);
      expect(mail.text).toMatch(/\[added: +and reparations\]/);
      const link = mail.links.find((address) => address.includes('/reaffirm/'))!;
      for (let n = 0; n < 3; n += 1) await fetch(link); // as mail scanners do
      await page.goto(link);
      await expect(page.locator('main ins')).toContainText('and reparations');
      await expect(page.locator('meta[name="robots"]').first()).toHaveAttribute(
        'content',
        /noindex/,
      );
      if (javaScriptEnabled) await isAccessible(page);
      await page.getByRole('button', { name: 'We stand behind the new text' }).focus();
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(new RegExp(`/en/reaffirm/done/${letter.slug}/affirmed$`));
      await expect(page.getByRole('heading', { level: 1 })).toContainText(
        'stands behind the new text',
      );
      await page.goto(link);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(
        'You have reaffirmed the endorsement',
      );
      await expect(page.locator('main form:not(#account)')).toHaveCount(0);

      await page.goto(
        (await product.mailTo(withdraws.email)).links.find((address) =>
          address.includes('/reaffirm/'),
        )!,
      );
      await page.getByRole('button', { name: 'Withdraw our endorsement' }).click();
      await expect(page).toHaveURL(/\/withdrawn$/);

      const rows = await product.db.endorsement.findMany({
        where: { letterId: letter.id },
        select: { id: true, state: true, revision: true },
      });
      expect(new Set(rows.map(({ id, state, revision }) => `${id} ${state} ${revision}`))).toEqual(
        new Set([
          `${affirms.id} approved 2`,
          `${withdraws.id} withdrawn 1`,
          `${attested.id} approved 2`,
        ]),
      );
    });
  });
}

test('a forged link reveals nothing', async ({ page, product }) => {
  await page.goto(`${product.url}/en/reaffirm/nothing`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
  await expect(page.locator('main form:not(#account)')).toHaveCount(0);
});
