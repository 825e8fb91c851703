import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PEOPLE } from '@/lib/platform/limits';
import { anAddress, expect, signIn, test, type Product } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn, anEntryLinkIn } from '@/tests/support/factories';

/** A time some months ago, and some days later. */
function ago(months: number, days = 0): Date {
  const at = new Date();
  at.setUTCMonth(at.getUTCMonth() - months, at.getUTCDate() + days);
  return at;
}

/** `npm run retention`, by an operator beside the running product. */
const runRetention = ({ databaseUrl, url }: Product) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/retention.ts'], {
    env: { ...process.env, DATABASE_URL: databaseUrl, APP_URL: url },
  });

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled, locale: 'en-GB' });
    test.describe.configure({ timeout: 90_000 });

    test('an organization is told that its contact data will be deleted, keeps its page, and changes its mind', async ({
      page,
      product,
    }) => {
      const letter = await aLetterIn(product.db, {
        opensAt: ago(8),
        closesAt: ago(PEOPLE.months, 20),
      });
      const email = anAddress('kept');
      const long = ago(7);
      const { id } = await anEndorsementIn(product.db, letter.id, {
        email,
        language: 'en',
        state: 'approved',
      });
      await product.db.endorsement.update({ where: { id }, data: { verifiedAt: long } });
      await runRetention(product);
      const { links } = await product.mailTo(email, /will be deleted/);
      await page.goto(links.find((link) => link.includes('/entry/'))!);
      const section = page.locator('#contact-data');
      await expect(section).toContainText('will be deleted on');
      const kept = async () =>
        (await product.db.endorsement.findUniqueOrThrow({ where: { id } })).pageKeptUntil;
      expect(await kept()).toBeNull();

      await section.getByRole('button', { name: 'Keep our page' }).click();
      await expect(page.getByRole('status')).toContainText('Your page is kept');
      await expect(section).toContainText('the contact data stays until');
      await expect(page.locator('#history')).toContainText('Page kept');
      await expect(section.getByRole('button')).toHaveCount(1);
      expect(await kept()).not.toBeNull();

      await section.getByRole('button', { name: 'No longer keep our page' }).click();
      await expect(page.getByRole('status')).toContainText('no longer kept');
      await expect(section).toContainText('will be deleted on');
      await section.getByRole('button', { name: 'Keep our page' }).click();
      await expect(section).toContainText('the contact data stays until');
      await runRetention(product);
      expect(await product.db.representative.count({ where: { endorsementId: id } })).toBe(1);
    });

    test('an organization of a letter without a deadline reads when its contact data ends', async ({
      page,
      product,
    }) => {
      const letter = await aLetterIn(product.db);
      const { id } = await anEndorsementIn(product.db, letter.id, { state: 'approved' });
      await page.goto(`/en/entry/${await anEntryLinkIn(product.db, id)}`);
      await expect(page.locator('#contact-data')).toContainText(
        '6 months after the letter has closed',
      );
      await expect(page.locator('#contact-data').getByRole('button')).toHaveCount(0);
    });

    test('a coordinator reads an entry whose contact data is deleted, and its link does not work any more', async ({
      page,
      product,
    }) => {
      const letter = await aLetterIn(product.db, { opensAt: ago(9), closesAt: ago(8) });
      const long = ago(8);
      const email = anAddress('gone');
      const { id } = await anEndorsementIn(product.db, letter.id, {
        email,
        nameEn: 'Bygone Society',
        state: 'approved',
      });
      await product.db.endorsement.update({
        where: { id },
        data: { verifiedAt: long, deletionNoticedAt: ago(2) },
      });
      const token = await anEntryLinkIn(product.db, id);
      await runRetention(product);
      await page.goto(`/en/entry/${token}`);
      await expect(page.locator('h1')).toContainText('This link does not work');
      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}/review?entry=${id}&state=all`);
      const main = page.locator('main');
      await expect(main).toContainText('Bygone Society');
      await expect(main).toContainText('deleted, as its term was over');
      await expect(main).not.toContainText(email);
      await page.goto(`/en/letters/${letter.slug}`);
      await expect(page.locator('#signatories')).toContainText('Bygone Society');
    });
  });
}
