import { expect, signIn, test, type Product } from '@/tests/support/e2e';
import { aLetterIn } from '@/tests/support/factories';

const day = (inDays: number) =>
  new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10);

/** A letter with a published revision that has not opened. */
async function aPublishedLetter(product: Product) {
  const letter = await aLetterIn(product.db);
  return product.db.letter.update({ where: { id: letter.id }, data: { opensAt: null } });
}

const times = (slug: string, locale = 'en') => `/${locale}/admin/letters/${slug}/times`;
const row = (product: Product, id: string) =>
  product.db.letter.findUniqueOrThrow({ where: { id } });
const isPublic = async (product: Product, slug: string) =>
  (await fetch(`${product.url}/en/letters/${slug}`)).status;

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('an owner opens a letter, sets rounds and a final deadline, closes, reopens, archives', async ({
      page,
      product,
    }) => {
      const letter = await aPublishedLetter(product);
      await signIn(page, product);
      await page.goto(times(letter.slug));
      const save = page.getByRole('button', { name: 'Save the times' });
      await page.locator('[name="opening"][value="now"]').check();
      await page.locator('[name="round1On"]').fill(day(3));
      await page.locator('[name="round1Time"]').fill('17:00');
      await page.locator('[name="closesOn"]').fill(day(9));
      await page.locator('[name="closesLabelEn"]').fill('Last call');
      await save.click();
      await expect(page.getByRole('status').first()).toContainText('The letter is open.');
      await expect(page.locator('main')).toContainText(
        /Last call: .*11:59.PM \(Japan Standard Time\)/,
      );
      const saved = await row(product, letter.id);
      const rounds = () =>
        product.db.round.findMany({
          where: { letterId: letter.id },
          orderBy: { number: 'asc' },
          select: { deadlineAt: true, label: true },
        });
      const third = { deadlineAt: new Date(`${day(3)}T17:00:00+09:00`), label: {} };
      expect(await rounds()).toEqual([third]);
      // The row after the last round is for another one, here an earlier one.
      await page.locator('[name="round2On"]').fill(day(1));
      await page.locator('[name="round2Time"]').fill('09:00');
      await page.locator('[name="round2LabelEn"]').fill('Urgent tally');
      await page.locator('[name="internalOn"]').fill(day(20));
      await save.click();
      await expect(page.locator('#internalOn-error')).toContainText('before the final one');
      await page.locator('[name="internalOn"]').fill(day(8));
      await save.click();
      await expect(page.getByRole('status').first()).toContainText('The times are saved.');
      await expect(page.locator('main')).toContainText(/Urgent tally: .*Second tally: .*Internal/);
      await expect(page.locator('[name="round3On"]')).toHaveValue('');
      expect(await rounds()).toEqual([
        {
          deadlineAt: new Date(`${day(1)}T09:00:00+09:00`),
          label: { en: 'Urgent tally' },
        },
        third,
      ]);
      const seenByPublic = await (await fetch(`${product.url}/en/letters/${letter.slug}`)).text();
      expect(seenByPublic).toContain('Urgent tally');
      expect(seenByPublic).not.toContain('Internal deadline');
      expect(saved.closesAt).toEqual(
        new Date(new Date(`${day(9)}T00:00:00+09:00`).getTime() + 86_400_000),
      );
      expect(await isPublic(product, letter.slug)).toBe(200);
      await expect(page.locator('[name="opening"]')).toHaveCount(0);

      // As if it had opened long ago.
      const openedAt = new Date('2025-04-01T01:02:03.456Z');
      await product.db.letter.update({ where: { id: letter.id }, data: { opensAt: openedAt } });
      await page.goto(times(letter.slug));
      for (const row of [1, 2])
        for (const part of ['On', 'Time', 'LabelEn'])
          await page.locator(`[name="round${row}${part}"]`).fill('');
      for (const part of ['On', 'Time']) await page.locator(`[name="internal${part}"]`).fill('');
      await page.locator('[name="closesOn"]').fill('2025-05-05');
      await page.locator('[name="afterClosing"][value="added"]').check();
      await save.click();
      await expect(page.getByRole('status').first()).toContainText('The letter is closed.');
      await expect(page.locator('main')).toContainText('listed separately');
      expect((await row(product, letter.id)).opensAt, 'stays to the millisecond').toEqual(openedAt);

      await page.locator('[name="closesOn"]').fill('');
      await page.locator('[name="closesTime"]').fill('');
      await save.click();
      await expect(page.getByRole('status').first()).toContainText('The letter is open again.');

      await page.getByRole('button', { name: 'Archive', exact: true }).click();
      await expect(page.getByRole('status').first()).toContainText('is archived');
      await expect(save).toHaveCount(0);
      await page.getByRole('button', { name: 'Unarchive' }).click();
      await expect(page.getByRole('status').first()).toContainText('no longer archived');
      const audit = await product.db.auditEvent.findMany({
        where: { letterId: letter.id },
        orderBy: { id: 'asc' },
      });
      expect(audit.map(({ action }) => action)).toEqual([
        'set_times',
        'set_times',
        'set_times',
        'set_times',
        'archive',
        'unarchive',
      ]);
    });

    test('a local time skipped by daylight saving time is refused with a message, and the input is kept', async ({
      page,
      product,
    }) => {
      const letter = await aPublishedLetter(product);
      await signIn(page, product);
      await page.goto(times(letter.slug));
      await page.locator('[name="timeZone"]').selectOption('America/New_York');
      await page.locator('[name="closesOn"]').fill('2027-03-14');
      await page.locator('[name="closesTime"]').fill('02:30');
      await page.locator('[name="closesLabelJa"]').fill('締切');
      await page.getByRole('button', { name: 'Save the times' }).click();
      await expect(page.locator('[name="closesOn"]')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.locator('#closesOn-error')).toContainText('2027-03-14 03:30');
      await expect(page.locator('[name="timeZone"]')).toHaveValue('America/New_York');
      await expect(page.locator('[name="closesTime"]')).toHaveValue('02:30');
      await expect(page.locator('[name="closesLabelJa"]')).toHaveValue('締切');
    });

    test('a concurrent change by a colleague is shown instead of overwritten; saving again replaces it', async ({
      page,
      product,
    }) => {
      const letter = await aLetterIn(product.db);
      await signIn(page, product);
      await page.goto(times(letter.slug));
      await product.db.letter.update({
        where: { id: letter.id },
        data: { closesAt: new Date('2031-01-01T09:00:00Z') },
      });
      await page.locator('[name="closesOn"]').fill('2032-02-02');
      await page.getByRole('button', { name: 'Save the times' }).click();
      await expect(page.locator('main [role="alert"]')).toContainText('while this page was open');
      await expect(page.locator('main')).toContainText('January 1, 2031');
      await expect(page.locator('[name="closesOn"]')).toHaveValue('2032-02-02');
      await page.getByRole('button', { name: 'Save the times' }).click();
      await expect(page.getByRole('status').first()).toContainText('saved');
      expect((await row(product, letter.id)).closesAt).toEqual(
        new Date('2032-02-03T00:00:00+09:00'),
      );
    });
  });
}

test('a letter without a published text cannot be opened, and the page links to publishing', async ({
  page,
  product,
}) => {
  const letter = await aLetterIn(product.db, { opensAt: null });
  await signIn(page, product);
  await page.goto(times(letter.slug));
  await expect(page.locator('[name="opening"]')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'publish the text' })).toHaveAttribute(
    'href',
    `/en/admin/letters/${letter.slug}/revisions`,
  );
});

test('a letter opens and closes at its times without any action', async ({ product }) => {
  const soon = Date.now() + 3_000;
  const letter = await aPublishedLetter(product);
  await product.db.letter.update({
    where: { id: letter.id },
    data: { opensAt: new Date(soon), closesAt: new Date(soon + 6_000) },
  });
  expect(await isPublic(product, letter.slug)).toBe(404);
  const api = async () =>
    (await (await fetch(`${product.url}/api/letters/${letter.slug}`)).json()) as {
      status?: string;
    };
  await expect.poll(async () => (await api()).status, { timeout: 15_000 }).toBe('open');
  await expect.poll(async () => (await api()).status, { timeout: 20_000 }).toBe('closed');
});

test.describe('a reader in another time zone', () => {
  test.use({ timezoneId: 'America/New_York' });
  test('sees the deadline in their own time zone as well', async ({ page, product }) => {
    const letter = await aLetterIn(product.db, { closesAt: new Date('2031-06-01T00:00:00+09:00') });
    await signIn(page, product);
    await page.goto(times(letter.slug));
    await expect(page.locator('main')).toContainText(
      /\(in your time zone: May 31, 2031 at 10:59.AM\)/,
    );
  });
});

test.describe('a reader in the letter’s time zone', () => {
  test.use({ timezoneId: 'Asia/Tokyo' });
  test('sees the deadline only once', async ({ page, product }) => {
    const letter = await aLetterIn(product.db, { closesAt: new Date('2031-06-01T00:00:00+09:00') });
    await signIn(page, product);
    await page.goto(times(letter.slug));
    await expect(page.locator('main')).toContainText('May 31, 2031');
    await expect(page.locator('main')).not.toContainText('in your time zone');
  });
});
