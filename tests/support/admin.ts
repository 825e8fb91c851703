/** Actions of signed-in owners in a browser. */
import type { Page } from '@playwright/test';
import { expect, press } from './e2e';

/** Submits the delivery form. */
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
  await expect(page).toHaveURL(/\/deliveries\?notice=\d+$/);
  await expect(page.getByRole('status')).toContainText('Delivered');
}

/** Publishes the current text with a kind of change. */
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
  await expect(page).toHaveURL(new RegExp(`notice=${kind}$`));
}
