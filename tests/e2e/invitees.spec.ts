import { anAddress, expect, press, signIn, test } from '@/tests/support/e2e';
import { aLetterIn, someParts } from '@/tests/support/factories';
import { workbook } from '@/tests/support/workbook';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** 「団体名,メールアドレス」 in Shift_JIS, as Excel writes it in Japan. */
const SHIFT_JIS_HEADINGS = Buffer.from('926391cc96bc2c8381815b838b83418368838c8358', 'hex');

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a coordinator invites 30 organizations from a spreadsheet; one signs, one declines, one is not to be invited again', async ({
      page,
      product,
      browser,
    }) => {
      test.slow();
      const letter = await aLetterIn(product.db, {
        texts: { en: someParts({ title: 'Rivers' }), ja: someParts({ title: '川の書簡' }) },
      });
      const emails = Array.from({ length: 30 }, (_, at) => anAddress(`invited${at}`));
      const [signing, declining, ending] = emails as [string, string, string];
      const invitees = `/en/admin/letters/${letter.slug}/invitees`;
      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}`);
      await page.getByRole('link', { name: 'Invitees' }).click();
      await expect(page.locator('h1')).toHaveText('Invitees');

      await page.locator('[name="messageEn"]').fill('We would be glad.\nThe coordinators');
      await page.getByRole('button', { name: 'Save the message' }).click();
      await expect(page.getByRole('status')).toContainText('message has been saved');

      await page.locator('[name="list"]').fill('Rivers and Lakes Society\tsomebody');
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.locator('#list-error')).toContainText('must hold headings');
      await expect(page.locator('[name="list"]')).toHaveValue(/Rivers and Lakes/);
      await page.locator('[name="list"]').fill('');

      const rows = emails.map((email, at) => [`Group ${at} of ${letter.slug}`, email, 'Japan']);
      const faults = [
        ['Twice', signing, '', 'Klingon'],
        ['No address', 'nobody', ''],
      ];
      const all = [['Organization', 'Email', 'Country', 'Language'], ...rows, ...faults];
      await page.locator('[name="tableFile"]').setInputFiles(
        javaScriptEnabled
          ? { name: 'list.xlsx', mimeType: XLSX, buffer: await workbook(all) }
          : {
              name: 'list.csv',
              mimeType: 'text/csv',
              buffer: Buffer.from(all.map((cells) => cells.join(',')).join('\r\n')),
            },
      );
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.locator('h1')).toHaveText('Before you invite');
      await expect(page.locator('main')).toContainText('30 organizations will be invited.');
      await expect(page.locator('main')).toContainText('We would be glad');
      await page.getByRole('link', { name: 'Rows left out (2)' }).click();
      await expect(page.locator('main tbody tr')).toHaveText([
        /32.*No e-mail is written in “Klingon”.*same address as a row above/,
        /33.*not an e-mail address/,
      ]);
      expect(await product.db.invitee.count({ where: { letterId: letter.id } })).toBe(0);
      await page.getByRole('button', { name: 'Invite 30 organizations' }).click();
      await expect(page.getByRole('status')).toContainText('30 organizations have been invited.');

      const context = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const theirs = await context.newPage();
      const linkIn = async (email: string, part: RegExp) =>
        new URL((await product.mailTo(email)).links.find((link) => part.test(link))!).pathname;

      await theirs.goto(await linkIn(signing, /\/invited\/[\w-]+$/));
      await expect(theirs.locator('main')).toContainText(
        `invite Group 0 of ${letter.slug} to sign`,
      );
      const invitee = await product.db.invitee.findFirstOrThrow({ where: { email: signing } });
      expect(invitee.openedAt).toBeNull();
      await theirs.getByRole('button', { name: 'Open the form, filled in' }).click();
      await expect(theirs).toHaveURL(/\/en\/letters\/[^/]+\/endorse\/continue$/);
      await expect(theirs.locator('[name="name"]')).toHaveValue(`Group 0 of ${letter.slug}`);
      await expect(theirs.locator('[name="country"]')).toHaveValue('JP');
      await expect(theirs.locator('[name="representativeEmail"]')).toHaveValue(signing);
      await press(theirs);
      await expect(theirs.locator('#representativeName-error')).toBeVisible();
      // Through the link, it is the organization that was invited, whatever address it gives.
      const representative = anAddress('representative');
      await theirs.locator('[name="representativeEmail"]').fill(representative);
      await theirs.locator('[name="website"]').fill('https://group.example.org/');
      await theirs.locator('[name="representativeName"]').fill('Kim Example');
      await theirs.locator('[name="representativeRole"]').fill('Director');
      await theirs.locator('[name="mayEndorse"]').check();
      await theirs.locator('[name="privacyConsent"]').check();
      await press(theirs);
      await expect(theirs).toHaveURL(/check-your-email$/);
      const state = async (name: string, count: number) => {
        await page.goto(invitees);
        await expect(page.getByRole('link', { name: `${name} (${count})` })).toBeVisible();
      };
      await state('Opened the form', 1);
      const confirmation = await product.mailTo(representative, /confirm your endorsement/);
      await theirs.goto(new URL(confirmation.links[0]!).pathname);
      await theirs.getByRole('button', { name: 'Confirm the endorsement' }).click();
      await expect(theirs.locator('h1')).toHaveText('The endorsement is confirmed');

      await theirs.goto(await linkIn(declining, /\/invited\/[\w-]+$/));
      await theirs.getByRole('button', { name: 'We will not sign' }).click();
      await expect(theirs.locator('main')).toContainText('will not sign. If that changes');

      await theirs.goto(await linkIn(ending, /\/invited\/end\//));
      await theirs.getByRole('button', { name: 'Do not invite this address again' }).click();
      await expect(theirs.locator('h1')).toHaveText('This address is not invited any more');
      await context.close();

      await state('Signed', 1);
      await state('Declined', 1);
      await page.getByRole('link', { name: 'Asked not to be invited (1)' }).click();
      await expect(page.locator('main tbody tr')).toHaveText([new RegExp(`Group 2 .*${ending}`)]);

      // The wish lasts, and a list in Shift_JIS is read.
      const again = await aLetterIn(product.db, {});
      await page.goto(`/ja/admin/letters/${again.slug}/invitees`);
      await page.locator('[name="tableFile"]').setInputFiles({
        name: '一覧.csv',
        mimeType: 'text/csv',
        buffer: Buffer.concat([
          SHIFT_JIS_HEADINGS,
          Buffer.from(`\r\nA,${ending}\r\nB,${declining}\r\n`),
        ]),
      });
      await page.getByRole('button', { name: '確認へ進む' }).click();
      await expect(page.locator('main tbody tr')).toHaveText([
        /メールでの依頼を送れない/,
        /依頼を送る/,
      ]);
    });
  });
}
