import { expect, signIn, test } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn } from '@/tests/support/factories';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a coordinator sees what waits, approves several at once, undoes it, and declines all with a reason', async ({
      page,
      product,
    }) => {
      const letter = await aLetterIn(product.db);
      const entries = [];
      for (const name of ['Alderney', 'Birchwood', 'Cedarhill'])
        entries.push(
          await anEndorsementIn(product.db, letter.id, {
            nameJa: null,
            reading: null,
            nameEn: `${name}${javaScriptEnabled ? 'on' : 'off'}`,
            website: `https://${name.toLowerCase()}${javaScriptEnabled ? 'on' : 'off'}.org/`,
            country: 'PS',
            language: 'en',
          }),
        );
      const states = async () =>
        (
          await product.db.endorsement.findMany({
            where: { letterId: letter.id },
            orderBy: [{ verifiedAt: 'asc' }, { submittedAt: 'asc' }, { id: 'asc' }],
          })
        ).map(({ state }) => state);

      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}`);
      await expect(page.locator('main svg[role="img"]')).toBeVisible();
      await expect(
        page.getByRole('row', { name: /^Palestinian Territories 3 3 0$/ }),
      ).toBeVisible();
      await page.getByRole('link', { name: 'endorsements to review' }).click();

      await page.getByRole('checkbox', { name: /Alderney/ }).check();
      await page.getByRole('checkbox', { name: /Cedarhill/ }).check();
      await page.getByRole('button', { name: 'Decide on those selected' }).click();
      await expect(page.getByRole('heading', { name: '2 entries selected' })).toBeVisible();
      await page.getByRole('button', { name: 'Approve 2 entries' }).click();
      await expect(page.getByRole('status').first()).toContainText('2 entries were approved.');
      expect((await states()).sort()).toEqual(['approved', 'approved', 'verified']);

      await page.getByRole('button', { name: 'Undo for 2 entries' }).click();
      await expect(page.getByRole('status').first()).toContainText('2 of them were taken back.');
      expect(await states()).toEqual(['verified', 'verified', 'verified']);

      await page.getByRole('link', { name: 'Back to the review' }).click();
      await page.getByRole('link', { name: 'All 3 that wait' }).click();
      const note = page.locator('[name="note"]');
      await note.fill('Only for groups in Asia.');
      await page.getByRole('button', { name: 'Decline 3 entries' }).click();
      await expect(page.locator('#reason-error')).toBeVisible();
      await expect(note).toHaveValue('Only for groups in Asia.');
      await page.locator('[name="reason"][value="out_of_scope"]').check();
      await page.getByRole('button', { name: 'Decline 3 entries' }).click();
      await expect(page.getByRole('status').first()).toContainText('3 entries were declined.');
      expect(await states()).toEqual(['declined', 'declined', 'declined']);
    });
  });
}
