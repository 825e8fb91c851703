import { anAddress, expect, signIn, test } from '@/tests/support/e2e';
import { aLetterIn, someParts } from '@/tests/support/factories';
import { workbook } from '@/tests/support/workbook';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A PDF as far as anybody looks here. */
const SCAN = { name: 'sheets.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a coordinator imports 5,000 organizations that signed on paper, with a fault in row 3,210; one confirms, one denies; and takes the import back', async ({
      page,
      product,
      browser,
    }) => {
      test.setTimeout(300_000);
      // Without JavaScript it goes the same way with fewer.
      const count = javaScriptEnabled ? 5_000 : 3_300;
      const letter = await aLetterIn(product.db, {
        texts: { en: someParts({ title: 'Rivers' }), ja: someParts({ title: '川の書簡' }) },
      });
      const [confirming, denying] = [anAddress('confirming'), anAddress('denying')];
      const rows = Array.from({ length: count }, (_, at) => [
        `Paper ${letter.slug} ${at}`,
        'Japan',
        at === 0 ? confirming : at === 1 ? denying : '',
      ]);
      const file = async (all: string[][], name: string) => {
        const cells = [['Organization', 'Country', 'Email'], ...all];
        return javaScriptEnabled
          ? { name: `${name}.xlsx`, mimeType: XLSX, buffer: await workbook(cells) }
          : {
              name: `${name}.csv`,
              mimeType: 'text/csv',
              buffer: Buffer.from(cells.map((row) => row.join(',')).join('\r\n')),
            };
      };
      const faulty = rows.with(3_208, [`Paper ${letter.slug} 3208`, 'Atlantis', '']);

      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}`);
      await page.getByRole('link', { name: 'Import', exact: true }).click();
      await expect(page.locator('h1')).toHaveText('Import');

      // A list without headings stays in the field.
      await page.locator('[name="list"]').fill('Rivers and Lakes Society\tsomebody');
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.locator('#list-error')).toContainText('must hold headings');
      await expect(page.locator('[name="list"]')).toHaveValue(/Rivers and Lakes/);
      await page.locator('[name="list"]').fill('');

      await page.locator('[name="tableFile"]').setInputFiles(await file(faulty, 'list'));
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.locator('h1')).toHaveText('Before you import', { timeout: 60_000 });
      await expect(page.locator('main')).toContainText('1 row has faults.');
      await expect(page.locator('main tbody tr')).toHaveCount(100);
      await page.getByRole('link', { name: 'Rows with faults (1)' }).click();
      await expect(page.locator('main tbody tr')).toHaveText([
        /^3210.*3208Atlantis.*Country: write its name in English or Japanese/,
      ]);

      // The fault keeps all of it; what was said of the evidence is kept.
      await page.locator('[name="kind"]').selectOption('paper');
      await page.locator('[name="note"]').fill('Sheets signed on 3 June.');
      await page.locator('[name="evidenceFile"]').setInputFiles(SCAN);
      await page.getByRole('button', { name: /^Import [\d,]+ organizations$/ }).click();
      await expect(page.locator('#leaveOut-error')).toContainText('nothing has been imported');
      expect(await product.db.endorsement.count({ where: { letterId: letter.id } })).toBe(0);
      await page.getByText('Replace the list with a mended one').click();
      await page.locator('[name="tableFile"]').setInputFiles(await file(rows, 'mended'));
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.locator('main')).not.toContainText('has faults', { timeout: 60_000 });
      await expect(page.locator('main')).toContainText('Attached: sheets.pdf');
      await expect(page.locator('[name="note"]')).toHaveValue('Sheets signed on 3 June.');
      await page.getByRole('button', { name: /^Import [\d,]+ organizations$/ }).click();

      // With scripts the page follows the import by itself, until its result.
      await expect(page.locator('h1')).toHaveText(/^(?:Importing|Import)$/);
      const added = `${count.toLocaleString('en')} organizations were added.`;
      await expect(async () => {
        if (!javaScriptEnabled) await page.reload();
        await expect(page.locator('main')).toContainText(added, { timeout: 5_000 });
      }).toPass({ timeout: 200_000 });
      const listed = await product.db.signatory.count({ where: { letterId: letter.id } });
      expect(listed).toBe(count);
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'sheets.pdf' }).click();
      expect((await download).suggestedFilename()).toBe('sheets.pdf');
      const evidence = await page.getByRole('link', { name: 'sheets.pdf' }).getAttribute('href');

      const context = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const theirs = await context.newPage();
      expect((await context.request.get(evidence!)).status()).toBe(404);
      const linkTo = async (email: string) =>
        new URL((await product.mailTo(email, /Has your organization signed/)).links[0]!).pathname;
      await theirs.goto(await linkTo(confirming));
      await expect(theirs.locator('main')).toContainText(`Paper ${letter.slug} 0`);
      await theirs.getByRole('button', { name: 'Yes, we have signed' }).click();
      await expect(theirs.locator('main')).toContainText('the endorsement is confirmed');
      await theirs.goto(await linkTo(denying));
      await theirs.getByRole('button', { name: 'This was not us' }).click();
      await expect(theirs.locator('main')).toContainText('We have told the coordinators');
      await context.close();

      const result = page.url();
      await page.goto(`/en/admin/letters/${letter.slug}`);
      await page.getByRole('link', { name: /address says “this was not us”/ }).click();
      await page.getByRole('link', { name: `Paper ${letter.slug} 1`, exact: true }).click();
      await expect(page.locator('main')).toContainText('answers “this was not us”');
      await expect(page.locator('main')).toContainText('signed on paper');

      await page.goto(result);
      await page
        .getByRole('button', {
          name: `Take back ${(count - 1).toLocaleString('en')} organizations`,
        })
        .click();
      await expect(page.locator('main')).toContainText('This import has been taken back.', {
        timeout: 60_000,
      });
      await expect(page.locator('main')).toContainText('1 organization stays');
      await expect(
        page.getByRole('link', { name: `Paper ${letter.slug} 0`, exact: true }),
      ).toBeVisible();
      expect(await product.db.endorsement.count({ where: { letterId: letter.id } })).toBe(1);
    });
  });
}
