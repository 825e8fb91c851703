import { anAddress, expect, test, type Product } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn, anEntryLinkIn } from '@/tests/support/factories';

/** An approved entry with a name of its own, and the private page of its representative. */
async function anEntry({ db }: Product) {
  const letter = await aLetterIn(db);
  const email = anAddress('first');
  const name = `Peace Circle ${email.slice(6, 14)}`;
  const { id } = await anEndorsementIn(db, letter.id, {
    email,
    nameEn: name,
    language: 'en',
    state: 'approved',
    representativeName: 'Hana Heiwa',
    representativeRole: 'Chair',
  });
  return { id, email, name, page: `/en/entry/${await anEntryLinkIn(db, id)}` };
}

// Journeys of many pages, for two people each.
test.describe.configure({ timeout: 120_000 });

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled, locale: 'en-GB' });

    test('a representative adds a colleague, who accepts; one removes the other, who is told', async ({
      page,
      browser,
      product,
    }) => {
      const entry = await anEntry(product);
      const colleague = anAddress('colleague');
      await page.goto(entry.page);
      await page.getByRole('link', { name: 'Add a representative, or hand over' }).click();

      // Bad input is explained, and what was typed stays.
      await page.getByLabel('Their name').fill('Élodie Ngo');
      await page.getByLabel('Their e-mail address').fill('nobody');
      await page.getByRole('button', { name: 'Send the link' }).click();
      await expect(page.getByRole('alert').first()).toContainText('Choose one of the two');
      await expect(page.getByLabel('Their name')).toHaveValue('Élodie Ngo');
      await page.getByRole('radio', { name: 'Represent your organization as well' }).check();
      await page.getByLabel('Their role in your organization').fill('Director');
      await page.getByLabel('Their e-mail address').fill(entry.email);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await expect(page.getByRole('alert').first()).toContainText('already represents');
      await page.getByLabel('Their e-mail address').fill(colleague);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await expect(page.getByRole('status')).toContainText('on its way');
      await expect(page.locator('#pending')).toContainText(colleague);

      // The colleague sees what it means, and accepts.
      const asked = await product.mailTo(colleague, /Will you represent/);
      const theirs = await (
        await browser.newContext({ javaScriptEnabled, baseURL: product.url })
      ).newPage();
      await theirs.goto(asked.links.find((link) => link.includes('/nomination/'))!);
      await expect(theirs.locator('main')).toContainText('Hana Heiwa');
      await expect(theirs.locator('main')).toContainText(entry.name);
      await theirs.getByRole('button', { name: 'Accept' }).click();
      await expect(theirs).toHaveURL(/\/nomination\/done\/accepted$/);
      const welcome = await product.mailTo(colleague, /You now represent/);
      await theirs.goto(welcome.links.find((link) => link.includes('/entry/'))!);
      await expect(theirs.locator('#entry')).toContainText(colleague);
      await expect(theirs.locator('#entry')).toContainText(entry.email);
      await expect(theirs.locator('#history')).toContainText('Representative added');
      await product.mailTo(entry.email, /A change of representatives/);

      // They remove the one who asked, whose link ends.
      await theirs.getByRole('link', { name: 'Add a representative, or hand over' }).click();
      await theirs.locator('summary', { hasText: 'Remove Hana Heiwa' }).click();
      await theirs.getByRole('button', { name: 'Remove now' }).click();
      await expect(theirs.getByRole('status')).toContainText('has been removed');
      await page.goto(entry.page);
      await expect(page.locator('h1')).toContainText('does not work');
      await expect(theirs.locator('summary', { hasText: 'Stop representing' })).toHaveCount(0);
    });

    test('a representative hands over; a colleague who was also asked declines, and one who is there leaves', async ({
      page,
      browser,
      product,
    }) => {
      const entry = await anEntry(product);
      const [declining, successor] = [anAddress('declining'), anAddress('successor')];
      const representatives = entry.page.replace('/entry/', '/entry/representatives/');
      const ask = async (kind: string, name: string, email: string) => {
        await page.goto(representatives);
        await page.getByRole('radio', { name: kind }).check();
        await page.getByLabel('Their name').fill(name);
        await page.getByLabel('Their role in your organization').fill('Director');
        await page.getByLabel('Their e-mail address').fill(email);
        await page.getByRole('button', { name: 'Send the link' }).click();
        await expect(page.getByRole('status')).toContainText('on its way');
        const mail = await product.mailTo(email, /Will you represent/);
        return mail.links.find((link) => link.includes('/nomination/'))!;
      };
      const declined = await ask('Represent your organization as well', 'De Clining', declining);
      const accepted = await ask('Take over from me', 'Suc Cessor', successor);
      const theirs = await (
        await browser.newContext({ javaScriptEnabled, baseURL: product.url })
      ).newPage();
      await theirs.goto(declined);
      await theirs.getByRole('button', { name: 'Decline' }).click();
      await expect(theirs).toHaveURL(/\/nomination\/done\/declined$/);
      await page.reload();
      await expect(page.locator('#pending')).not.toContainText(declining);

      await theirs.goto(accepted);
      await expect(theirs.locator('main')).toContainText('take over from them');
      await theirs.getByRole('button', { name: 'Accept' }).click();
      await expect(theirs).toHaveURL(/\/nomination\/done\/accepted$/);
      await product.mailTo(entry.email, /A change of representatives/);
      await page.goto(entry.page);
      await expect(page.locator('h1')).toContainText('does not work');
      const welcome = await product.mailTo(successor, /You now represent/);
      const own = welcome.links.find((link) => link.includes('/entry/'))!;

      // The successor asks somebody, takes that back, adds another, and leaves.
      await page.goto(own);
      await expect(page.locator('#entry')).toContainText('Suc Cessor');
      await expect(page.locator('#entry')).not.toContainText(entry.email);
      await page.getByRole('link', { name: 'Add a representative, or hand over' }).click();
      const third = anAddress('third');
      await page.getByRole('radio', { name: 'Represent your organization as well' }).check();
      await page.getByLabel('Their name').fill('Thi Rd');
      await page.getByLabel('Their role in your organization').fill('Secretary');
      await page.getByLabel('Their e-mail address').fill(third);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await expect(page.getByRole('status')).toContainText('on its way');
      // One that has not been sent would be replaced.
      await product.mailTo(third, /Will you represent/);
      await page.getByRole('button', { name: 'Send Thi Rd the link again' }).click();
      await expect(page.getByRole('status')).toContainText('Another link');
      await expect
        .poll(async () => (await product.mailsTo(third)).length, { timeout: 20_000 })
        .toBe(2);
      const links = (await product.mailsTo(third)).flatMap((mail) => mail.links);
      const questions = links.filter((link) => link.includes('/nomination/'));
      for (const link of questions) {
        await theirs.goto(link);
        const accept = theirs.getByRole('button', { name: 'Accept' });
        if ((await accept.count()) > 0) await accept.click();
      }
      await expect
        .poll(async () => (await product.mailsTo(third)).length, { timeout: 20_000 })
        .toBe(3);
      await page.reload();
      await page.locator('#leave summary').click();
      await page.getByRole('button', { name: 'Leave now' }).click();
      await expect(page).toHaveURL(/\/entry\/left$/);
      await page.goto(own);
      await expect(page.locator('h1')).toContainText('does not work');
      expect(
        await product.db.representative.findMany({
          where: { endorsementId: entry.id },
          select: { name: true, contact: { select: { email: true } } },
        }),
      ).toEqual([{ name: 'Thi Rd', contact: { email: third } }]);
    });
  });
}
