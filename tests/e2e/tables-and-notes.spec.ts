import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@/tests/support/e2e';
import { publishLetter } from '@/tests/support/factories';

const ROW = (cell: string) => `| ${Array.from({ length: 9 }, () => cell).join(' | ')} |`;
const BODY = `Since 2019[^a] some 500[^b] again[^a].

${ROW('Heading of a column')}
${ROW('-')}
${ROW('incomprehensibilities 1,200')}

[^a]: A [report](https://example.org/report).

[^b]: Another.`;

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a reader follows a note and comes back, on a phone that no table makes wider', async ({
      page,
      product,
    }) => {
      const slug = `notes-${javaScriptEnabled}`;
      await publishLetter(product.db, { slug, body: BODY });
      await page.setViewportSize({ width: 360, height: 640 });
      for (const [locale, note, back, table] of [
        ['en', 'Note 1', 'Back from note 1 to its mark 2 in the text', 'Table'],
        ['ja', '注1', '注1から本文の2か所目に戻る', '表'],
      ] as const) {
        await page.goto(`/${locale}/letters/${slug}`);
        await page.getByRole('link', { name: note, exact: true }).first().click();
        await expect(page).toHaveURL(/#en-note-1$/);
        await expect(page.locator('#en-note-1')).toBeInViewport();
        await page.getByRole('link', { name: back }).click();
        await expect(page).toHaveURL(/#en-ref-1-2$/);
        await expect(page.locator('#en-ref-1-2')).toBeInViewport();
        const frame = page.getByRole('region', { name: table, exact: true });
        await frame.focus();
        await expect(frame).toBeFocused();
        expect(await frame.evaluate((node) => node.scrollWidth > node.clientWidth)).toBe(true);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        ).toBe(true);
        expect(
          await page.evaluate(() => {
            const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
            return ids.filter((id, index) => ids.indexOf(id) !== index);
          }),
        ).toEqual([]);
        if (javaScriptEnabled)
          expect(
            (await new AxeBuilder({ page }).include('.letter-body').analyze()).violations,
          ).toEqual([]);
      }
    });
  });
}
