/** What a representative downloads and shares once the endorsement is approved. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Product } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn, anEntryLinkIn, someParts } from '@/tests/support/factories';
import { pdfText } from '@/tests/support/pdf-text';
import { newToken } from '@/lib/platform/tokens';

async function anEntryIn(
  { db }: Product,
  over: Parameters<typeof anEndorsementIn>[2] = { state: 'approved' },
) {
  const letter = await aLetterIn(db, {
    texts: {
      en: someParts({ title: 'A letter for peace' }),
      ja: someParts({ title: '平和を求める書簡' }),
    },
  });
  const { id } = await anEndorsementIn(db, letter.id, over);
  const token = await anEntryLinkIn(db, id);
  return { letter, id, token };
}

const size = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a representative downloads a receipt, and copies texts and pictures that tell of the signature', async ({
      page,
      context,
      product,
      browserName,
    }) => {
      if (javaScriptEnabled && browserName === 'chromium')
        await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const { letter, token } = await anEntryIn(product);
      await page.goto(`/en/entry/${token}`);
      const [receipt] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download a receipt' }).click(),
      ]);
      expect(receipt.suggestedFilename()).toBe('A letter for peace (endorsement receipt).pdf');
      const pdf = await pdfText(await readFile(await receipt.path()));
      expect(pdf.pages[0]).toContain('Tokyo Peace Group');

      await page.getByRole('link', { name: 'Texts and pictures to share' }).click();
      await expect(page.locator('h1')).toHaveText('Thank you for signing');
      const english = page.locator('#en');
      const short = english.getByLabel('Short, for social networks');
      const url = `${product.url}/en/letters/${letter.slug}`;
      await expect(short).toHaveValue(`Tokyo Peace Group has signed “A letter for peace”.\n${url}`);
      await expect(short).toHaveAttribute('readonly', '');
      await expect(page.locator('#ja').getByLabel('Short, for social networks')).toHaveValue(
        `東京平和の会は、「平和を求める書簡」に賛同しました。\n${product.url}/ja/letters/${letter.slug}`,
      );
      await expect(english).toContainText('X 74 of 280');
      const copy = english.getByRole('button', { name: /^Cop(?:y|ied)$/ });
      if (javaScriptEnabled) {
        await copy.first().click();
        await expect(copy.first()).toHaveText('Copied');
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
          await short.inputValue(),
        );
      } else await expect(copy).toHaveCount(0);

      // Links to other sites have the texts, and tell nothing of this page.
      const outward = page.locator(
        `main a[href^="http"]:not([href^="${product.url}"]), main a[href^="mailto:"]`,
      );
      expect(await outward.count()).toBe(10);
      for (const link of await outward.all()) {
        await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
        expect(decodeURIComponent((await link.getAttribute('href'))!)).toContain(
          `/letters/${letter.slug}`,
        );
        expect(await link.getAttribute('href')).not.toContain(token);
      }
      for (const field of await page.locator('textarea').all())
        expect(await field.inputValue()).not.toContain(token);

      await expect(english.locator('img').first()).toHaveAttribute(
        'alt',
        '“A letter for peace”: Tokyo Peace Group has signed this letter.',
      );
      for (const [name, expected] of [
        ['wide', [1200, 630]],
        ['square', [1080, 1080]],
      ] as const) {
        const [picture] = await Promise.all([
          page.waitForEvent('download'),
          english.getByRole('link', { name: `Download the ${name} picture` }).click(),
        ]);
        expect(picture.suggestedFilename()).toBe(`${letter.slug}-en-${name}.png`);
        expect(size(await readFile(await picture.path()))).toEqual(expected);
      }
      await page.getByRole('link', { name: 'Back to the private page' }).click();
      await expect(page).toHaveURL(new RegExp(`/en/entry/${token}$`));
    });
  });
}

test('a representative of a withheld organization finds texts and pictures about the letter alone', async ({
  page,
  product,
}) => {
  const { token } = await anEntryIn(product, {
    state: 'approved',
    visibility: 'withheld',
    nameEn: 'Canary Fellowship',
    nameJa: '金糸雀の会',
  });
  await page.goto(`/en/entry/share/${token}`);
  await expect(page.locator('main')).toContainText('say nothing of your organization');
  await expect(page.locator('#en').getByLabel('Short, for social networks')).toHaveValue(
    /^Read “A letter for peace”\.\n/,
  );
  const html = await page.content();
  expect(html).not.toMatch(/Canary|金糸雀|has signed “|賛同しました/);
});

test('a representative finds nothing to share before approval and after withdrawal, and is told why', async ({
  page,
  product,
}) => {
  const { id, token } = await anEntryIn(product, { state: 'verified' });
  const picture = () => fetch(`${product.url}/ja/entry/picture.png/${token}`);
  await page.goto(`/en/entry/${token}`);
  await expect(page.getByRole('link', { name: 'Texts and pictures to share' })).toHaveCount(0);
  await page.goto(`/en/entry/share/${token}`);
  await expect(page.locator('main')).toContainText('have not decided on the endorsement yet');
  await expect(page.locator('textarea, main img')).toHaveCount(0);
  expect((await picture()).status).toBe(404);

  await product.db.endorsement.update({
    where: { id },
    data: { state: 'approved', organization: { create: { country: 'JP' } } },
  });
  expect((await picture()).status).toBe(200);
  await product.db.endorsement.update({
    where: { id },
    data: { state: 'withdrawn', withdrawnBy: 'representative' },
  });
  await page.goto(`/ja/entry/share/${token}`);
  await expect(page.locator('main')).toContainText('賛同が取り下げられたため');
  await expect(page.locator('textarea, main img')).toHaveCount(0);
  const gone = await picture();
  expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
});

test('whoever has no working link gets neither texts nor pictures nor a receipt', async ({
  product,
}) => {
  const token = newToken();
  for (const [path, status] of [
    [`share/${token}`, 307],
    [`picture.png/${token}`, 404],
    [`receipt.pdf/${token}`, 303],
  ] as const) {
    const response = await fetch(`${product.url}/en/entry/${path}`, { redirect: 'manual' });
    expect([path, response.status]).toEqual([path, status]);
    if (status !== 404)
      expect(response.headers.get('location')).toMatch(new RegExp(`/en/entry/${token}$`));
  }
});
