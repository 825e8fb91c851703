/** Actions of signed-in owners in a browser. */
import type { Page } from '@playwright/test';
import { TYPESETTING } from '@/lib/platform/limits';
import { expect } from './e2e';

/** Submits the delivery form. */
export async function deliver(
  page: Page,
  slug: string,
  tally: `round-${number}` | 'final' | 'other',
  addressee = 'Foreign Minister Takeshi Iwaya',
) {
  await page.goto(`/en/admin/letters/${slug}/deliveries`);
  await page.locator(`[name="tally"][value="${tally}"]`).check();
  await page.locator('[name="addresseeEn"]').fill(addressee);
  await page.locator('[name="confirmation"]').fill(addressee);
  const recorded = page.locator(`main a[href$="/delivery.json"]`);
  const before = await recorded.count();
  await page.locator('section[aria-labelledby="deliver"] button[type="submit"]').click();
  await expect(page).toHaveURL(/\/deliveries(?:\?notice=\d+)?$/);
  // A machine that takes long for the files answers while they are made, and shows the progress.
  await expect(page.getByRole('status').or(page.locator('progress')).first()).toBeVisible({
    timeout: TYPESETTING.delivery.timeMs,
  });
  await expect(async () => {
    if ((await recorded.count()) <= before) await page.reload();
    expect(await recorded.count()).toBe(before + 1);
  }).toPass({ timeout: TYPESETTING.delivery.timeMs });
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
