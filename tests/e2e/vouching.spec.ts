import { anAddress, expect, fillSignUp, press, signIn, test } from '@/tests/support/e2e';
import { aLetterIn } from '@/tests/support/factories';

const SCAN = { name: 'signed.hta', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
const PAGE = { name: 'signed.html', mimeType: 'text/html', buffer: Buffer.from('<html>') };

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a reviewer vouches for a sign-up that was not confirmed; its representative denies it, the reviewer dismisses that, and the representative confirms', async ({
      page,
      product,
      browser,
    }) => {
      test.setTimeout(120_000);
      const letter = await aLetterIn(product.db);
      const email = anAddress('unconfirmed');
      const name = `Riverside Union ${letter.slug}`;
      const context = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const theirs = await context.newPage();
      await theirs.goto(`/en/letters/${letter.slug}/endorse`);
      await fillSignUp(theirs, {
        name,
        representativeName: 'Kim Rivers',
        representativeRole: 'Chair',
        representativeEmail: email,
      });
      await press(theirs);
      const { links } = await product.mailTo(email, /confirm/);
      const toConfirm = new URL(links.find((link) => link.includes('/confirm/'))!).pathname;

      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}/review?state=submitted`);
      await page.getByRole('link', { name, exact: true }).first().click();
      await page.getByRole('link', { name: 'Vouch for it…' }).click();
      const form = page.locator('form:has([name="evidence"])');
      await form.getByRole('button', { name: 'Vouch for it' }).click();
      await expect(page.locator('#evidence-error')).toHaveText('Say how you know of it.');
      await form.locator('[name="evidence"]').fill('Its chair confirmed by telephone.');
      await form.locator('[name="evidenceFile"]').setInputFiles(PAGE);
      await form.getByRole('button', { name: 'Vouch for it' }).click();
      await expect(page.locator('#evidenceFile-error')).toContainText('PDF, PNG or JPEG');
      await expect(form.locator('[name="evidence"]')).toHaveValue(/by telephone/);
      await form.locator('[name="evidenceFile"]').setInputFiles(SCAN);
      await form.getByRole('button', { name: 'Vouch for it' }).click();
      await expect(page.getByRole('status').first()).toContainText(`You vouch for ${name}`);
      const main = page.locator('main');
      await expect(main).toContainText('attested by coordinator');
      await expect(main).toContainText('has been asked and has not answered yet');
      const file = page.getByRole('link', { name: 'signed.hta' });
      const download = page.waitForEvent('download');
      await file.click();
      expect((await download).suggestedFilename()).toBe('signed.pdf');
      const address = (await file.getAttribute('href'))!;
      expect((await context.request.get(address)).status()).toBe(404);

      // The link to confirm that was mailed before leads to the question.
      await theirs.goto(toConfirm);
      await expect(theirs.locator('h1')).toContainText('The coordinators have entered this');
      await theirs.getByRole('link', { name: 'Open the page and answer' }).click();
      await expect(theirs.locator('main')).toContainText(name);
      await theirs.getByRole('button', { name: 'This was not us' }).click();
      await expect(theirs.locator('main')).toContainText('We have told the coordinators');

      await page.goto(`/en/admin/letters/${letter.slug}`);
      await page.getByRole('link', { name: /address says “this was not us”/ }).click();
      await page.getByRole('link', { name, exact: true }).click();
      const denial = page.getByRole('region', { name: '“This was not us”' });
      await expect(denial).toContainText('decline the endorsement below');
      await denial.getByRole('button', { name: 'Dismiss the answer' }).click();
      await expect(page.locator('#why-error')).toHaveText('Say why the endorsement stands.');
      await denial.locator('[name="why"]').fill('Pressed by a former secretary.');
      await denial.getByRole('button', { name: 'Dismiss the answer' }).click();
      await expect(page.getByRole('status').first()).toContainText('The endorsement stands.');
      await expect(denial).toHaveCount(0);
      await expect(main).toContainText('let the endorsement stand');
      await expect(main).toContainText('Pressed by a former secretary.');
      await page.goto(`/en/admin/letters/${letter.slug}`);
      await expect(main).not.toContainText('address says “this was not us”');

      const question = (await product.mailTo(email, /Has your organization signed/)).links;
      await theirs.goto(new URL(question[0]!).pathname);
      await theirs.getByRole('button', { name: 'Yes, we have signed' }).click();
      await expect(theirs.locator('main')).toContainText('the endorsement is confirmed');
      const own = (await product.mailTo(email, /\/entry\//)).links;
      await theirs.goto(new URL(own.find((link) => link.includes('/entry/'))!).pathname);
      await expect(theirs.locator('main')).toContainText(name);
      await theirs.goto(toConfirm);
      await expect(theirs.locator('h1')).toContainText('already been confirmed');
      await context.close();
    });
  });
}
