import { anAddress, expect, fillSignUp, press, signIn, test } from '@/tests/support/e2e';
import { aLetterIn } from '@/tests/support/factories';

// A journey of many pages, for two people.
test.describe.configure({ timeout: 120_000 });

for (const javaScriptEnabled of [true, false])
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled, locale: 'en-GB' });

    test('an owner has sign-ups say who authorised them; an organization says so, and both see it', async ({
      page,
      browser,
      product,
    }) => {
      const { id: letterId, slug } = await aLetterIn(product.db);
      const desk = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const office = await desk.newPage();
      await signIn(office, product);
      await office.goto(`/en/admin/letters/${slug}/signatories`);
      await office.locator('[name="authorisation"]').selectOption('required');
      await office.getByRole('button', { name: 'Save the list' }).click();
      await expect(office.getByRole('status').first()).toContainText('The list is saved.');

      const address = anAddress('rep');
      await page.goto(`/en/letters/${slug}/endorse`);
      const authority = page.getByRole('group', { name: 'Who authorized the signature' });
      await expect(authority).toBeVisible();
      await page
        .locator('form')
        .first()
        .evaluate((form: HTMLFormElement) => (form.noValidate = true));
      await fillSignUp(page, {
        name: 'Careful Society',
        representativeName: 'Hana Heiwa',
        representativeRole: 'Chair',
        representativeEmail: address,
      });
      await page.locator('[name="authorisedHow"]').selectOption('board');
      await page.locator('[name="authorisedBy"]').fill('The executive board');
      await press(page);
      await expect(page.getByRole('alert').first()).toContainText('Enter the date of the decision');
      await expect(page.locator('[name="authorisedHow"]')).toHaveValue('board');
      await expect(page.locator('[name="authorisedBy"]')).toHaveValue('The executive board');
      await page.locator('[name="authorisedOn"]').fill('2025-04-23');
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);

      const said = 'Decision of the board, The executive board, April 23, 2025';
      await page.goto((await product.mailTo(address)).links[0]!);
      await expect(page.locator('main')).toContainText(said);
      // The form that corrects a sign-up has what was said, and keeps it.
      await page.getByRole('link', { name: 'Correct' }).click();
      await expect(page.locator('[name="authorisedOn"]')).toHaveValue('2025-04-23');
      await press(page);
      await expect(page.locator('main')).toContainText(said);
      await press(page);
      await expect(page).toHaveURL(/\/confirm\/done\//);

      let link: string | undefined;
      await expect
        .poll(
          async () =>
            (link = (await product.mailsTo(address))
              .flatMap(({ links }) => links)
              .find((each) => each.includes('/entry/'))),
          { timeout: 20_000 },
        )
        .toBeTruthy();
      await page.goto(link!);
      await expect(page.locator('#entry')).toContainText(said);

      const { id } = await product.db.endorsement.findFirstOrThrow({ where: { letterId } });
      await office.goto(`/en/admin/letters/${slug}/review?entry=${id}`);
      await expect(office.locator('main')).toContainText(said);
      await office
        .getByRole('button', { name: /^Approve/ })
        .first()
        .click();
      await expect(office.getByRole('status').first()).toContainText('Careful Society');
      const { url } = product;
      for (const shown of [`/en/letters/${slug}`, `/api/letters/${slug}/signatories`]) {
        await expect
          .poll(async () => (await fetch(`${url}${shown}`)).text())
          .toContain('Careful Society');
        expect(await (await fetch(`${url}${shown}`)).text()).not.toContain('The executive board');
      }
      await desk.close();
    });
  });
