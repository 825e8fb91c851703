import { anAddress, expect, signIn, test } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn } from '@/tests/support/factories';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('an owner writes the letter’s own words for a reason; a reviewer sees them, and a declined organization gets them', async ({
      page,
      product,
    }) => {
      const letter = await aLetterIn(product.db);
      const entry = await anEndorsementIn(product.db, letter.id, {
        email: anAddress('declined'),
        language: 'en',
      });
      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}/settings`);
      await expect(page.getByText('could not verify the organization').first()).toBeVisible();
      const words = page.locator('[name="unverifiableEn"]');
      const long = 'We found no public trace. '.repeat(30);
      await words.fill(long);
      await page.getByRole('button', { name: 'Save the words' }).click();
      await expect(page.locator('#unverifiableEn-error')).toContainText('500');
      await expect(words).toHaveValue(long);
      await words.fill('We found no public trace of your group. Could you send us a link?');
      await page.getByRole('button', { name: 'Save the words' }).click();
      await expect(page.getByRole('status').first()).toContainText('The words are saved.');
      await expect(words).toHaveValue(/no public trace of your group/);

      await page.goto(`/en/admin/letters/${letter.slug}/review?entry=${entry.id}&open=decline`);
      const reason = page.locator('label', { hasText: 'We found no public trace of your group' });
      await expect(reason).toContainText('Could not be verified');
      await reason.click();
      await page.getByRole('button', { name: /^Decline/ }).click();
      await expect
        .poll(async () =>
          product.db.mail.findFirst({
            where: { endorsementId: entry.id, kind: 'declined' },
            select: { props: true },
          }),
        )
        .toMatchObject({
          props: {
            reasonText: 'We found no public trace of your group. Could you send us a link?',
          },
        });
    });

    test('an owner adds a reason of the letter’s own; several entries are declined for it, and are told its words; once removed it is offered no more', async ({
      page,
      product,
    }) => {
      const letter = await aLetterIn(product.db);
      const entries = [
        await anEndorsementIn(product.db, letter.id, { email: anAddress('one'), language: 'en' }),
        await anEndorsementIn(product.db, letter.id, { email: anAddress('two'), language: 'en' }),
      ];
      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}/settings`);
      await page.locator('[name="reasonLabel"]').fill('Political party');
      await page.getByRole('button', { name: 'Add the reason' }).click();
      await expect(page.locator('#wordsEn-error')).toContainText('in which the letter is');
      await expect(page.locator('[name="reasonLabel"]')).toHaveValue('Political party');
      await page.locator('[name="wordsEn"]').fill('Parties cannot sign this letter.');
      await page.getByRole('button', { name: 'Add the reason' }).click();
      await expect(page.getByRole('status').first()).toContainText('The reason is added.');
      await expect(page.locator('[name="reasonLabel"]')).toHaveValue('');

      await page.goto(`/en/admin/letters/${letter.slug}/review/batch?all=1`);
      const reason = page.locator('label', { hasText: 'Political party' });
      await expect(reason).toContainText('Parties cannot sign this letter.');
      await reason.click();
      await page.getByRole('button', { name: 'Decline 2 entries' }).click();
      await expect(page.getByRole('status').first()).toContainText('2 entries were declined');
      for (const { id } of entries)
        expect(
          await product.db.mail.findFirst({ where: { endorsementId: id, kind: 'declined' } }),
        ).toMatchObject({ props: { reasonText: 'Parties cannot sign this letter.' } });

      await page.goto(`/en/admin/letters/${letter.slug}/settings`);
      await page.getByRole('button', { name: 'Remove “Political party”' }).click();
      await expect(page.getByRole('status').first()).toContainText('The reason is removed.');
      await page.goto(`/en/admin/letters/${letter.slug}/review?entry=${entries[0]!.id}`);
      await expect(page.locator('main')).toContainText('Political party');
      const waiting = await anEndorsementIn(product.db, letter.id);
      await page.goto(`/en/admin/letters/${letter.slug}/review?entry=${waiting.id}&open=decline`);
      await expect(page.locator('[name="reason"]')).toHaveCount(6);
    });
  });
}
