import { auditSides } from '@/lib/platform/audit';
import { expect, signIn, test, type Product } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn } from '@/tests/support/factories';

/**
 * Names whose order differs for each setting: by reading with the legal form, without it, in
 * English, by date.
 */
const NAMES = [
  {
    nameJa: '一般社団法人ひかり',
    reading: 'いっぱんしゃだんほうじんひかり',
    nameEn: 'Yellow Light',
  },
  { nameJa: 'さくらの会', reading: 'さくらのかい', nameEn: 'Cherry Society' },
  { nameJa: 'あおぞら', reading: null, nameEn: 'Blue Sky' },
  { nameJa: 'XYZ', reading: null, nameEn: 'XYZ' },
];

async function aSignedLetter(product: Product) {
  const letter = await aLetterIn(product.db);
  const add = (
    names: (typeof NAMES)[number],
    index: number,
    visibility: 'named' | 'withheld' = 'named',
  ) => {
    const submittedAt = new Date(Date.UTC(2025, 3, 2, 0, index));
    return anEndorsementIn(product.db, letter.id, {
      ...names,
      coordinating: index === 1,
      visibility,
      language: 'en',
      website: null,
      state: 'approved',
      submittedAt,
      verifiedAt: submittedAt,
      decidedAt: submittedAt,
    });
  };
  for (const [index, names] of NAMES.entries()) await add(names, index);
  await add(
    { nameJa: '秘密の会', reading: 'ひみつのかい', nameEn: 'Hidden Society' },
    9,
    'withheld',
  );
  return letter;
}

const list = (slug: string) => `/en/admin/letters/${slug}/signatories`;
const published = async (product: Product, slug: string) => {
  const answer = (await (await fetch(`${product.url}/api/letters/${slug}/signatories`)).json()) as {
    signatories?: { names: { en: string } }[];
    items?: { names: { en: string } }[];
  };
  return (answer.signatories ?? answer.items ?? []).map(({ names }) => names.en);
};

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('an owner previews the list before saving; saving changes the public list', async ({
      page,
      product,
    }) => {
      const { slug, id } = await aSignedLetter(product);
      await signIn(page, product);
      await page.goto(list(slug));
      const preview = page.getByRole('region', { name: 'The list with these settings' });
      const shown = async () =>
        (
          await preview
            .locator('.signatories')
            .last()
            .locator('li > bdi:first-child')
            .allInnerTexts()
        ).map((name) => name.trim());
      const see = async () => {
        if (!javaScriptEnabled) await page.getByRole('button', { name: 'Preview' }).click();
      };
      await expect.poll(shown).toEqual(['Blue Sky', 'Yellow Light', 'Cherry Society', 'XYZ']);
      await expect(preview.locator('h2').first()).toContainText('1 Coordinating organization');
      await expect(preview).toContainText('5 organizations, Japanese alphabetical order');
      await expect(preview).toContainText('1 other organization');
      expect(await page.content()).not.toContain('Hidden Society');

      await page.locator('[name="legalFormCounts"]').uncheck();
      await see();
      await expect.poll(shown).toEqual(['Blue Sky', 'Cherry Society', 'Yellow Light', 'XYZ']);
      await page.locator('[name="latin"]').selectOption('before-kana');
      await see();
      await expect.poll(shown).toEqual(['XYZ', 'Blue Sky', 'Cherry Society', 'Yellow Light']);
      await page.locator('[name="by"][value="english"]').check();
      await page.locator('[name="headingAllEn"]').fill('{count} voices');
      await see();
      await expect.poll(shown).toEqual(['Blue Sky', 'Cherry Society', 'XYZ', 'Yellow Light']);
      await expect(preview).toContainText('5 voices');
      expect(await published(product, slug), 'nothing is saved yet').toEqual([
        'Blue Sky',
        'Yellow Light',
        'Cherry Society',
        'XYZ',
      ]);

      await page.getByRole('button', { name: 'Save the list' }).click();
      await expect(page.getByRole('status').first()).toContainText('The list is saved.');
      expect(await published(product, slug)).toEqual([
        'Blue Sky',
        'Cherry Society',
        'XYZ',
        'Yellow Light',
      ]);
      await expect(page.locator('[name="by"][value="english"]')).toBeChecked();
      const [event, ...others] = await product.db.auditEvent.findMany({
        where: { letterId: id },
        include: { values: true },
      });
      expect([event!.action, others]).toEqual(['set_list', []]);
      expect(auditSides(event!.canonical, event!.values).after).toMatchObject({
        by: 'english',
        legalFormCounts: false,
      });
    });

    test('an owner pins organizations, moves them, and unpins one', async ({ page, product }) => {
      const { slug } = await aSignedLetter(product);
      await signIn(page, product);
      await page.goto(list(slug));
      for (const name of ['Blue Sky', 'Yellow Light']) {
        await page.locator('select[name="id"]').selectOption({ label: name });
        await page.getByRole('button', { name: 'Pin', exact: true }).click();
        await expect(page.getByRole('button', { name: `Unpin ${name}` })).toBeVisible();
      }
      await expect
        .poll(() => published(product, slug))
        .toEqual(['Cherry Society', 'XYZ', 'Blue Sky', 'Yellow Light']);
      await page.getByRole('button', { name: 'Move Yellow Light up' }).click();
      await expect(page.getByRole('status').first()).toContainText('moved');
      expect(await published(product, slug)).toEqual([
        'Cherry Society',
        'XYZ',
        'Yellow Light',
        'Blue Sky',
      ]);
      await page.getByRole('button', { name: 'Unpin Blue Sky' }).click();
      await expect(page.getByRole('status').first()).toContainText('usual position');
      expect(await published(product, slug)).toEqual([
        'Blue Sky',
        'Cherry Society',
        'XYZ',
        'Yellow Light',
      ]);
    });

    test('invalid settings show errors beside the fields, and concurrent changes by a colleague are not overwritten', async ({
      page,
      product,
    }) => {
      const { slug, id } = await aSignedLetter(product);
      await signIn(page, product);
      await page.goto(list(slug));
      await page.locator('[name="pageSize"]').fill('3');
      await page.locator('[name="headingAllJa"]').fill('{n}団体');
      const save = page.getByRole('button', { name: 'Save the list' });
      await save.click();
      await expect(page.locator('#pageSize-error')).toContainText('10');
      await expect(page.locator('[name="headingAllJa"]')).toHaveValue('{n}団体');
      await page.locator('[name="headingAllJa"]').fill('');
      await page.locator('[name="pageSize"]').fill('30');
      await product.db.letter.update({ where: { id }, data: { listSettings: { by: 'date' } } });
      await save.click();
      await expect(page.locator('main [role="alert"]')).toContainText('while this page was open');
      await expect(page.locator('[name="pageSize"]')).toHaveValue('30');
      await save.click();
      await expect(page.getByRole('status').first()).toContainText('saved');
    });
  });
}
