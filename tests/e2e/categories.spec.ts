import { anAddress, expect, fillSignUp, press, signIn, test } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn } from '@/tests/support/factories';
import { pdfText } from '@/tests/support/pdf-text';

// A journey of many pages, for three people.
test.describe.configure({ timeout: 150_000 });

for (const javaScriptEnabled of [true, false])
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled, locale: 'en-GB' });

    test('an owner divides the list; an organization chooses its category, a reviewer corrects another, and every form of the list has headings and numbers', async ({
      page,
      browser,
      product,
    }) => {
      const { id: letterId, slug } = await aLetterIn(product.db);
      await anEndorsementIn(product.db, letterId, {
        nameJa: null,
        nameEn: 'Elder Society',
        state: 'approved',
      });
      const desk = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const office = await desk.newPage();
      await signIn(office, product);
      await office.goto(`/en/admin/letters/${slug}/signatories`);
      await office.locator('[name="category1En"]').fill('International');
      await office.locator('[name="category2En"]').fill('International');
      await office.locator('[name="category2Ja"]').fill('国内');
      const saveCategories = office.getByRole('button', { name: 'Save the categories' });
      await saveCategories.click();
      await expect(office.getByRole('alert').first()).toContainText('Another category has');
      await expect(office.locator('[name="category2Ja"]')).toHaveValue('国内');
      await office.locator('[name="category2En"]').fill('National');
      await saveCategories.click();
      await expect(office.getByRole('status').first()).toContainText('The list is saved.');
      // Nobody has a category yet, so there is nothing to set apart.
      await page.goto(`/en/letters/${slug}`);
      await expect(page.locator('#signatories')).toContainText('Elder Society');
      await expect(page.locator('#signatories h3')).toHaveCount(0);
      // What is missing of an entry by hand is said at once.
      await office.goto(`/en/admin/letters/${slug}/attest`);
      await office.locator('[name="name"]').fill('Paper Society');
      await office.locator('main form:not(#account) button[type="submit"]').click();
      for (const field of ['category', 'country', 'evidence'])
        await expect(office.locator(`#${field}-error`)).toBeVisible();

      const address = anAddress('rep');
      await page.goto(`/en/letters/${slug}/endorse`);
      await page
        .locator('form')
        .first()
        .evaluate((form: HTMLFormElement) => (form.noValidate = true));
      await fillSignUp(page, {
        name: 'Young Society',
        representativeName: 'Hana Heiwa',
        representativeRole: 'Chair',
        representativeEmail: address,
      });
      await press(page);
      await expect(page.getByRole('alert').first()).toContainText('Choose the category');
      await page.locator('[name="category"]').selectOption({ label: 'National' });
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
      await page.goto((await product.mailTo(address)).links[0]!);
      await expect(page.locator('main')).toContainText('National');
      await press(page);
      await expect(page).toHaveURL(/\/confirm\/done\//);

      const entries = await product.db.endorsement.findMany({
        where: { letterId },
        orderBy: { state: 'asc' },
      });
      const [young, elder] = entries.map(
        ({ id }) => `/en/admin/letters/${slug}/review?state=all&entry=${id}`,
      );
      await office.goto(young!);
      await office
        .getByRole('button', { name: /^Approve/ })
        .first()
        .click();
      await expect(office.getByRole('status').first()).toContainText('Young Society');
      await office.goto(elder!);
      const category = office
        .getByRole('region', { name: 'The opened entry' })
        .getByLabel('Category');
      await category.selectOption({ label: 'International' });
      await office.getByRole('button', { name: 'Set the category' }).click();
      await expect(office.getByRole('status').first()).toContainText('Elder Society');
      await expect(category.locator('option:checked')).toHaveText('International');

      const headings = ['International: 1 organization', 'National: 1 organization'];
      await expect
        .poll(async () => {
          await page.goto(`/en/letters/${slug}`);
          return page.locator('#listed h3').allInnerTexts();
        })
        .toEqual(headings);
      const { url } = product;
      const api = (await (await fetch(`${url}/api/letters/${slug}/signatories`)).json()) as {
        items: { names: { en: string }; category: string }[];
        categories: { id: string; names: { en: string }; named: number }[];
      };
      expect(api.categories.map(({ names, named }) => [names.en, named])).toEqual([
        ['International', 1],
        ['National', 1],
      ]);
      expect(api.items.map(({ names, category }) => [names.en, category])).toEqual([
        ['Elder Society', api.categories[0]!.id],
        ['Young Society', api.categories[1]!.id],
      ]);

      const pdf = await (await fetch(`${url}/api/letters/${slug}/letter.pdf?language=en`)).bytes();
      const text = (await pdfText(pdf)).pages.join(' ').replace(/\s+/g, ' ');
      expect(text).toContain(`${headings[0]} Elder Society ${headings[1]} Young Society`);
      await desk.close();
    });
  });
