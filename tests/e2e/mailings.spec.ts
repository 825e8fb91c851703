import { anAddress, expect, signIn, test } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn, someParts } from '@/tests/support/factories';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('an owner writes to signatories, looks at it, tries it out, sends it and watches; one of them ends such mails', async ({
      page,
      product,
      browser,
    }) => {
      test.slow();
      const letter = await aLetterIn(product.db, {
        texts: { en: someParts({ title: 'Rivers' }), ja: someParts({ title: '川の書簡' }) },
      });
      const entry = (n: number, over: object = {}) =>
        anEndorsementIn(product.db, letter.id, {
          nameJa: null,
          reading: null,
          nameEn: `Society ${n} of ${letter.slug}`,
          state: 'approved',
          email: anAddress(`signatory${n}`),
          language: 'en',
          ...over,
        });
      const [first, second] = [await entry(1), await entry(2, { language: 'ja' })];
      await entry(3, { country: 'DE' });
      await entry(4, { state: 'submitted' });

      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}`);
      await page.getByRole('link', { name: 'Mailings' }).click();
      await expect(page.locator('h1')).toHaveText('Mailings');
      await page.locator('[name="titleEn"]').fill('News of the rivers');
      await page.getByText('Only some of them').click();
      await page.getByLabel('Germany (1)').check();
      await page.getByRole('button', { name: 'Continue to the preview' }).click();
      await expect(page.locator('#bodyEn-error')).toContainText('There is a subject, but no text.');
      await expect(page.locator('[name="titleEn"]')).toHaveValue('News of the rivers');
      await expect(page.getByLabel('Germany (1)')).toBeChecked();
      await page.getByLabel('Germany (1)').uncheck();
      await page.getByLabel('Japan (2)').check();
      await page
        .locator('[name="bodyEn"]')
        .fill('They answered: [read it](https://example.org/answer)');
      await page.getByRole('button', { name: 'Continue to the preview' }).click();

      await expect(page.locator('h1')).toHaveText('Draft of a mailing');
      await expect(page.locator('main')).toContainText('2 addresses');
      await expect(page.locator('main')).toContainText('Japanese: 1, with the text in English');
      const preview = page.frameLocator('iframe[title*="English"]');
      await expect(preview.getByRole('link', { name: 'read it' })).toBeVisible();
      await page.getByText('As plain text').first().click();
      await expect(page.locator('main')).toContainText('read it https://example.org/answer');
      expect(await product.db.mail.count({ where: { letterId: letter.id } })).toBe(0);

      await page.getByRole('button', { name: 'Send to myself' }).click();
      await expect(page.getByRole('status').first()).toContainText('Sent to your own address.');
      await expect
        .poll(
          () => product.db.mailboxMessage.count({ where: { subject: 'Test: News of the rivers' } }),
          { timeout: 15_000 },
        )
        .toBeGreaterThan(0);

      await page.locator('[name="count"]').fill('3');
      await page.getByRole('button', { name: 'Send to 2 addresses' }).click();
      await expect(page.locator('#count-error')).toContainText(
        'Enter the number of recipients: 2.',
      );
      await page.locator('[name="count"]').fill('２');
      await page.getByLabel('Also post it on the letter’s page').check();
      await page.getByRole('button', { name: 'Send to 2 addresses' }).click();
      await expect(page.locator('h1')).toHaveText('News of the rivers');
      await expect(page.getByRole('status').first()).toContainText('The mailing is on its way.');
      await expect(async () => {
        if (!javaScriptEnabled) await page.reload();
        await expect(page.locator('main')).toContainText('2 of 2 done', { timeout: 1_000 });
      }).toPass({ timeout: 20_000 });
      await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0);
      await page.goto(`/en/letters/${letter.slug}`);
      await expect(page.locator('#updates')).toContainText('News of the rivers');

      const message = await product.mailTo(first.email);
      expect(message.subject).toBe('News of the rivers');
      const end = message.links.find((link) => /\/mailings\/[\w-]{43}$/.test(link))!;
      const context = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const theirs = await context.newPage();
      await theirs.goto(new URL(end).pathname);
      await theirs.getByRole('button', { name: 'Get no more of these e-mails' }).click();
      await expect(theirs.locator('h1')).toHaveText('These e-mails have ended');
      await theirs.getByRole('button', { name: 'Get them again' }).click();
      await expect(theirs.locator('h1')).toHaveText('Stop e-mails about this letter');
      await theirs.getByRole('button', { name: 'Get no more of these e-mails' }).click();
      await expect(theirs.locator('h1')).toHaveText('These e-mails have ended');
      await context.close();
      expect((await product.mailTo(second.email)).subject).toBe('News of the rivers');

      await page.goto(`/en/admin/letters/${letter.slug}/updates`);
      await page.getByRole('button', { name: 'Write to signatories: News of the rivers' }).click();
      await expect(page.locator('h1')).toHaveText('Draft of a mailing');
      await expect(page.locator('main')).toContainText('1 address that asked for no more mailings');
    });

    test('an owner pauses a mailing, resumes it and cancels the rest', async ({
      page,
      product,
    }) => {
      const letter = await aLetterIn(product.db);
      const owner = await product.db.coordinator.create({ data: { email: anAddress('owner') } });
      const mailing = await product.db.mailing.create({
        data: {
          letterId: letter.id,
          createdById: owner.id,
          audience: { states: ['approved'], countries: [], languages: [], categories: [] },
          sentAt: new Date(),
          recipients: 3,
          props: {},
          texts: { create: { language: 'en', title: 'News', body: 'Text' } },
          mails: {
            create: [1, 2, 3].map((n) => ({
              kind: 'mailing' as const,
              language: 'en',
              to: `n${n}@example.org`,
              toKey: `n${n}@example.org`,
              props: {},
              letterId: letter.id,
              // Not due within this test.
              sendAfter: new Date(Date.now() + 3_600_000),
            })),
          },
        },
      });
      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}/mailings/${mailing.id}`);
      await expect(page.locator('main')).toContainText('0 of 3 done');
      await page
        .getByRole('link', { name: 'Refresh by itself' })
        .or(page.getByRole('link', { name: 'Stop refreshing' }))
        .first()
        .click();
      await expect(page).toHaveURL(javaScriptEnabled ? /live=off/ : /live=on/);
      if (!javaScriptEnabled) {
        expect(await page.content()).toContain('http-equiv="refresh"');
        await page.getByRole('link', { name: 'Stop refreshing' }).click();
      }
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.getByRole('status').first()).toContainText('Paused.');
      await page.getByRole('button', { name: 'Resume' }).click();
      await expect(page.getByRole('status').first()).toContainText('Resumed.');
      await page.getByRole('button', { name: 'Cancel the rest' }).click();
      await expect(page.getByRole('status').first()).toContainText('Cancelled.');
      await expect(page.locator('main')).toContainText('3 of 3 done');
      await page.goto(`/en/admin/letters/${letter.slug}/mailings`);
      await expect(page.locator('main')).toContainText('Cancelled');
    });
  });
}
