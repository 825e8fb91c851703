import type { Page } from '@playwright/test';
import { expect, signIn, test, type Product } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn } from '@/tests/support/factories';

/** A letter with two Korean entries that wait, a declined one, and two Japanese ones. */
async function aFilteredLetter(product: Product) {
  const letter = await aLetterIn(product.db);
  const entry = (name: string, over: Parameters<typeof anEndorsementIn>[2] = {}) =>
    anEndorsementIn(product.db, letter.id, {
      nameJa: null,
      reading: null,
      nameEn: name,
      website: null,
      ...over,
    });
  await entry('Seoul Forum', { country: 'KR', language: 'en' });
  await entry('Busan Circle', { country: 'KR', visibility: 'withheld' });
  await entry('Daegu Union', { country: 'KR', state: 'declined', declineReason: 'other' });
  await entry('Osaka Group', { erasureRequestedAt: new Date() });
  await entry('Kyoto Society');
  return letter;
}

const rows = (page: Page) => page.locator('[data-list] tbody tr');
const filters = (page: Page) => page.locator('form', { has: page.locator('#filter-country') });

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a reviewer filters, saves the filter, comes back to it, decides on all that were found, and deletes it', async ({
      page,
      product,
    }) => {
      test.slow();
      const letter = await aFilteredLetter(product);
      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}/review`);
      await expect(rows(page)).toHaveCount(4);

      await page.locator('summary[aria-keyshortcuts="f"]').click();
      const form = filters(page);
      await expect(form.locator('[name="country"] option')).toHaveText([
        'all',
        'Japan',
        'South Korea',
      ]);
      // The letter has no categories.
      await expect(form.locator('[name="category"]')).toHaveCount(0);
      await form.locator('[name="country"]').selectOption('KR');
      await form.getByRole('button', { name: 'Apply' }).click();
      await expect(rows(page)).toHaveCount(2);
      await expect(page.locator('main')).toContainText('2 found');
      await expect(page.getByRole('link', { name: /^Declined/ })).toContainText('1');
      // A search keeps the filter, and the filter the search.
      await page.locator('[name="q"]').first().fill('forum');
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await expect(rows(page)).toHaveCount(1);
      await expect(page.getByRole('link', { name: /^Country: South Korea/ })).toBeVisible();
      await page.getByText('Save this filter').click();
      await expect(page.locator('#filterName-hint')).toBeVisible();
      await page.getByRole('link', { name: 'Clear search' }).click();
      await expect(rows(page)).toHaveCount(2);

      await page.getByText('Save this filter').click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.locator('#filterName-error')).toHaveText('Give the filter a name.');
      await page.locator('#filterName').fill('From Korea');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('status').first()).toContainText('The filter is saved');
      await expect(rows(page)).toHaveCount(2);
      const named = page.getByRole('link', { name: 'From Korea' });
      await expect(named).toHaveAttribute('aria-current', 'true');

      await page.getByRole('link', { name: /^Country: South Korea/ }).click();
      await expect(rows(page)).toHaveCount(4);
      await expect(named).not.toHaveAttribute('aria-current', 'true');
      await named.click();
      await expect(rows(page)).toHaveCount(2);
      await page.getByRole('link', { name: 'All 2 found' }).click();
      await expect(page.getByRole('heading', { name: '2 entries selected' })).toBeVisible();
      await expect(page.locator('main')).toContainText('Seoul Forum');
      await expect(page.locator('main')).not.toContainText('Osaka Group');
      await page.getByRole('link', { name: 'Back to the review' }).click();
      await expect(rows(page)).toHaveCount(2);

      // An entry that was decided on leaves the list, which stays filtered.
      await page.getByRole('link', { name: 'Seoul Forum' }).click();
      await page
        .getByRole('button', { name: /^Approve/ })
        .first()
        .click();
      await expect(page.getByRole('status').first()).toContainText('Approved');
      await expect(page).toHaveURL(/country=KR/);
      await page.goto(`/en/admin/letters/${letter.slug}/review?country=KR`);
      await expect(rows(page)).toHaveCount(1);
      await page.getByRole('button', { name: 'Delete “From Korea”' }).click();
      await expect(page.getByRole('status').first()).toContainText('The filter is deleted');
      await expect(named).toHaveCount(0);
      expect(await product.db.reviewFilter.count({ where: { letterId: letter.id } })).toBe(0);
    });

    test('several filters hold together, and each is ended by itself or all at once', async ({
      page,
      product,
    }) => {
      const letter = await aFilteredLetter(product);
      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}/review?state=all`);
      await expect(rows(page)).toHaveCount(5);
      await page.locator('summary[aria-keyshortcuts="f"]').click();
      const form = filters(page);
      await form.locator('[name="country"]').selectOption('KR');
      await form.locator('[name="visibility"]').selectOption('named');
      await form.locator('[name="proof"]').selectOption('email');
      await form.getByRole('button', { name: 'Apply' }).click();
      await expect(rows(page)).toHaveCount(2);
      await page.getByRole('link', { name: /^Country: South Korea/ }).click();
      await expect(rows(page)).toHaveCount(4);
      await page.locator('summary[aria-keyshortcuts="f"]').click();
      await expect(filters(page).locator('[name="visibility"]')).toHaveValue('named');
      await filters(page).getByLabel('Asks for a change or erasure').check();
      await filters(page).getByRole('button', { name: 'Apply' }).click();
      await expect(rows(page)).toHaveCount(1);
      await expect(rows(page)).toContainText('Osaka Group');
      await page.getByRole('link', { name: 'Remove all filters' }).click();
      await expect(rows(page)).toHaveCount(5);
      // What is not offered filters nothing.
      await page.goto(
        `/en/admin/letters/${letter.slug}/review?state=all&country=ZZ&visibility=x&alike=yes`,
      );
      await expect(rows(page)).toHaveCount(5);
    });
  });
}

test('an observer is offered no filters by contacts, and those in an address do nothing', async ({
  page,
  product,
}) => {
  const letter = await aFilteredLetter(product);
  const observer = `observer-${letter.slug}@example.org`;
  await product.db.coordinator.create({
    data: { email: observer, roles: { create: { letterId: letter.id, role: 'observer' } } },
  });
  await signIn(page, product, observer);
  await page.goto(`/en/admin/letters/${letter.slug}/review?language=en&mailFails=1&country=KR`);
  await expect(rows(page)).toHaveCount(2);
  await page.locator('summary[aria-keyshortcuts="f"]').click();
  await expect(filters(page).locator('[name="visibility"]')).toBeVisible();
  await expect(filters(page).locator('[name="language"], [name="mailFails"]')).toHaveCount(0);
  await expect(page.getByText('Save this filter')).toHaveCount(0);
});

test('the filters are opened, set and ended with the keyboard alone', async ({ page, product }) => {
  const letter = await aFilteredLetter(product);
  await signIn(page, product);
  await page.goto(`/en/admin/letters/${letter.slug}/review`);
  await page.locator('html[data-shortcuts="on"]').waitFor();
  await page.locator('body').press('f');
  await expect(page.locator('#filter-country')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.locator('#filter-country')).toBeFocused();
  await page.locator('#filter-country').selectOption('KR');
  await filters(page).getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('link', { name: /^Country: South Korea/ }).press('Enter');
  await expect(rows(page)).toHaveCount(4);
});
