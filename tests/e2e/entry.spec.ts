import { readFile } from 'node:fs/promises';
import {
  anAddress,
  expect,
  fillSignUp,
  press,
  signIn,
  test,
  type Product,
} from '@/tests/support/e2e';
import { aLetterIn } from '@/tests/support/factories';

const entryLinkIn = ({ links }: { links: string[] }) =>
  links.find((link) => /\/entry\/[\w-]{43}$/.test(link))!;

/** The newest mail to an address with a link to an entry that is none of `before`. */
async function newLinkTo(product: Product, address: string, before: string[]): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(
      async () =>
        (found = (await product.mailsTo(address))
          .map(entryLinkIn)
          .find((link) => link && !before.includes(link))),
      { timeout: 20_000 },
    )
    .toBeTruthy();
  return found!;
}

// Journeys of many pages, for two people each.
test.describe.configure({ timeout: 120_000 });

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled, locale: 'en-GB' });

    test('an organization confirms, is approved, changes its entry and is reviewed again, withholds its name and withdraws', async ({
      page,
      browser,
      product,
    }) => {
      const letter = await aLetterIn(product.db);
      const address = anAddress('rep');
      const name = `Peace Circle ${address.slice(4, 12)}`;
      await page.goto(`/en/letters/${letter.slug}/endorse`);
      await fillSignUp(page, {
        name,
        representativeName: 'Hana Heiwa',
        representativeRole: 'Chair',
        representativeEmail: address,
      });
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
      const confirmation = await product.mailTo(address);
      await page.goto(confirmation.links[0]!);
      await press(page);
      await expect(page).toHaveURL(/\/confirm\/done\//);

      // The page of an entry in review; GET changes nothing.
      const first = await newLinkTo(product, address, []);
      await page.goto(first);
      await expect(page.locator('main')).toContainText('waiting for the coordinators');
      await expect(page.locator('#entry')).toContainText(name);
      await expect(page.locator('#entry')).toContainText(address);
      await expect(page.locator('#entry a[href$="/revisions/1"]')).toBeVisible();
      const entry = await product.db.endorsement.findFirstOrThrow({
        where: { letterId: letter.id },
      });
      const stored = () =>
        product.db.endorsement.findUniqueOrThrow({
          where: { id: entry.id },
          include: { names: true },
        });
      expect(await stored()).toMatchObject({ version: entry.version });

      // A coordinator approves.
      const desk = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const review = await desk.newPage();
      await signIn(review, product);
      const reviewed = `/en/admin/letters/${letter.slug}/review?entry=${entry.id}&state=all`;
      await review.goto(reviewed);
      await review
        .getByRole('button', { name: /^Approve/ })
        .first()
        .click();
      await expect(review.getByRole('status').first()).toContainText(name);
      const second = await newLinkTo(product, address, [first]);

      // The organization changes its name; the old one stands until the change is accepted.
      await page.goto(second);
      await page.getByRole('link', { name: 'Correct the entry' }).click();
      await page.locator('[name="name"]').fill('');
      await page.getByRole('button', { name: 'Send to the coordinators' }).click();
      await expect(page.getByRole('alert').first()).toContainText('name');
      await page.locator('[name="name"]').fill(`New ${name}`);
      await page.getByRole('button', { name: 'Send to the coordinators' }).click();
      await expect(page.getByRole('status')).toContainText('with the coordinators');
      await expect(page.locator('#proposed')).toContainText(`New ${name}`);
      await page.goto(`/en/letters/${letter.slug}`);
      await expect(page.locator('#signatories')).toContainText(name);
      await expect(page.locator('#signatories')).not.toContainText(`New ${name}`);

      await review.goto(reviewed);
      await expect(review.locator('main')).toContainText('1 organization asks for something');
      await expect(review.locator('table', { hasText: 'Proposed' })).toContainText(`New ${name}`);
      await review.getByRole('button', { name: 'Accept the change' }).click();
      await expect(review.getByRole('status').first()).toContainText('is accepted');
      await page.goto(`/en/letters/${letter.slug}`);
      await expect(page.locator('#signatories')).toContainText(`New ${name}`);
      await product.mailTo(address, /accepted the change/);

      // It withholds its name, at once.
      await page.goto(second);
      await page.locator('#withhold summary').click();
      await page.getByRole('button', { name: 'Withhold the name now' }).click();
      await expect(page.getByRole('status')).toContainText('withheld');
      await page.goto(`/en/letters/${letter.slug}`);
      await expect(page.locator('#signatories')).not.toContainText(name);

      // It downloads what is held about it.
      await page.goto(second);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('#actions a[download]').click(),
      ]);
      const data = JSON.parse(await readFile(await download.path(), 'utf8')) as object;
      expect(data).toMatchObject({
        representatives: [{ contact: { email: address } }],
        visibility: 'withheld',
      });

      // It withdraws in two clicks, with a reason that only reviewers see.
      await page.locator('#withdraw summary').click();
      await page.locator('[name="reason"]').fill('x'.repeat(501));
      await page.getByRole('button', { name: 'Withdraw the endorsement now' }).click();
      await expect(page.locator('#withdraw')).toContainText('Shorten this to 500');
      await page.locator('[name="reason"]').fill('We no longer exist.');
      await page.getByRole('button', { name: 'Withdraw the endorsement now' }).click();
      await expect(page.getByRole('status')).toContainText('has been withdrawn');
      await expect(page.locator('#withdraw')).toHaveCount(0);
      expect(await stored()).toMatchObject({ state: 'withdrawn', withdrawnBy: 'representative' });
      await review.goto(reviewed);
      await expect(review.locator('main')).toContainText('We no longer exist.');
      await desk.close();
    });

    test('an organization that lost its link has another sent, replaces it, and asks for erasure', async ({
      page,
      browser,
      product,
    }) => {
      const letter = await aLetterIn(product.db);
      const address = anAddress('rep');
      await page.goto(`/en/letters/${letter.slug}/endorse`);
      await fillSignUp(page, {
        name: 'Forgetful Circle',
        representativeName: 'Hana Heiwa',
        representativeRole: 'Chair',
        representativeEmail: address,
      });
      await press(page);
      await page.goto((await product.mailTo(address)).links[0]!);
      await press(page);
      const first = await newLinkTo(product, address, []);

      // The answer is the same for an address that nobody has signed with.
      for (const asked of [anAddress('stranger'), address]) {
        await page.goto('/en/entry');
        await page.locator('[name="email"]').fill(asked);
        await page.getByRole('button', { name: 'Send me the links' }).click();
        await expect(page).toHaveURL(/\/en\/entry\/check-your-email$/);
        await expect(page.locator('main')).toContainText(`confirmed from ${asked}`);
      }
      const second = await newLinkTo(product, address, [first]);

      // A mail program that mangles the link does no harm; both links work.
      for (const link of [first, `${second}%3E.`]) {
        await page.goto(link);
        await expect(page.locator('main')).toContainText('Forgetful Circle');
      }
      expect(page.url()).toBe(second);

      // Replacing it ends all earlier ones.
      await page.locator('#replace summary').click();
      await page.getByRole('button', { name: 'Replace the link now' }).click();
      await expect(page).toHaveURL(/\/en\/entry\/replaced$/);
      const third = await newLinkTo(product, address, [first, second]);
      for (const old of [first, second]) {
        const response = await page.goto(old);
        expect(response!.headers()).toMatchObject({
          'referrer-policy': 'same-origin',
          'cache-control': expect.stringContaining('no-store') as unknown as string,
        });
        await expect(page.locator('main')).toContainText('This link does not work');
        await expect(page.locator('main')).not.toContainText('Forgetful Circle');
      }

      // Its representative corrects the role.
      await page.goto(third);
      await page.locator('#person summary').click();
      await page.locator('[name="representativeRole"]').fill('');
      await page.locator('#person button').click();
      await expect(page.locator('#representativeRole-error')).toContainText('Enter your role');
      await page.locator('[name="representativeRole"]').fill('Treasurer');
      await page.locator('#person button').click();
      await expect(page.getByRole('status')).toContainText('have been saved');
      await expect(page.locator('#entry')).toContainText('Treasurer');

      // It asks for erasure, takes that back, and asks again; an owner carries it out.
      await page.locator('#erase summary').click();
      await page.getByRole('button', { name: 'Ask for deletion' }).click();
      await page.locator('#keep summary').click();
      await page.getByRole('button', { name: 'Take it back' }).click();
      await expect(page.getByRole('status')).toContainText('The request is taken back');
      await page.locator('#erase summary').click();
      await page.getByRole('button', { name: 'Ask for deletion' }).click();
      await expect(page.getByRole('status')).toContainText('Your request has reached');
      const { id } = await product.db.endorsement.findFirstOrThrow({
        where: { letterId: letter.id },
      });
      const desk = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const review = await desk.newPage();
      await signIn(review, product);
      await review.goto(`/en/admin/letters/${letter.slug}/review?entry=${id}`);
      await review.getByRole('button', { name: 'Erase the data' }).click();
      await expect(review.getByRole('status').first()).toContainText('has been deleted');
      expect(await product.db.endorsement.count({ where: { id } })).toBe(0);
      expect(await product.db.contact.count({ where: { emailKey: address } })).toBe(0);
      await page.goto(third);
      await expect(page.locator('main')).toContainText('This link does not work');
      const said = await product.mailTo(address, /^Your data has been deleted/);
      expect(said.text).toMatch(/everything\s+held\s+about\s+it/);
      await desk.close();
    });
  });
}
