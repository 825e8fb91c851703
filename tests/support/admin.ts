/** What owners of letters do in a browser, as coordinators who are signed in. */
import type { Page } from '@playwright/test';
import { expect, press } from './e2e';

/** Delivers by the form. */
export async function deliver(
  page: Page,
  slug: string,
  tally: 'first_tally' | 'final' | 'other',
  addressee = 'Foreign Minister Takeshi Iwaya',
) {
  await page.goto(`/en/admin/letters/${slug}/deliveries`);
  await page.locator(`[name="tally"][value="${tally}"]`).check();
  await page.locator('[name="addresseeEn"]').fill(addressee);
  await press(page);
  await expect(page).toHaveURL(/\/deliveries\?done=\d+$/);
  await expect(page.getByRole('status')).toContainText('Delivered');
}

/** Publishes what is written, as a change of a kind. */
export async function publish(
  page: Page,
  slug: string,
  kind: string,
  reason: string,
): Promise<void> {
  await page.goto(`/en/admin/letters/${slug}/revisions`);
  await page.locator(`[name="kind"][value="${kind}"]`).check();
  await page.locator('[name="reasonEn"]').fill(reason);
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page).toHaveURL(new RegExp(`done=${kind}$`));
}
