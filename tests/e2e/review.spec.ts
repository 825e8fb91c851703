import type { Page } from '@playwright/test';
import { expect, signIn, test, type Product } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn, manyEndorsements, someParts } from '@/tests/support/factories';

const LETTER = 'letters/icc-japan-2025';

async function anEntry(product: Product, name: string) {
  const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
  return anEndorsementIn(product.db, letter.id, { nameJa: null, nameEn: name, language: 'en' });
}

const open = (page: Page, id: string) => page.goto(`/en/admin/${LETTER}/review?entry=${id}`);

test('when two coordinators decide on the same entry, the second is told and nothing is overwritten', async ({
  browser,
  product,
}) => {
  const entry = await anEntry(product, `Contested ${Date.now()}`);
  await product.db.coordinator.upsert({
    where: { email: 'second@example.org' },
    create: { email: 'second@example.org', isAdministrator: true },
    update: {},
  });
  const [first, second] = await Promise.all([
    browser.newContext({ baseURL: product.url }),
    browser.newContext({ baseURL: product.url }),
  ]);
  const [one, two] = [await first.newPage(), await second.newPage()];
  await signIn(one, product);
  await signIn(two, product, 'second@example.org');
  await open(one, entry.id);
  await open(two, entry.id);
  await one
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click();
  await expect(one.getByRole('status').first()).toContainText('Contested');
  await two
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click();
  await expect(two.locator('main')).toContainText('coordinator@example.org');
  await expect(two.locator('main')).toContainText(/in the meantime/);
  expect(await product.db.auditEvent.count({ where: { endorsementId: entry.id } })).toBe(1);
  await Promise.all([first.close(), second.close()]);
});

test('a coordinator approves, undoes, and declines with a reason and a note, using only the keyboard', async ({
  page,
  product,
}) => {
  const entry = await anEntry(product, `Keyboard ${Date.now()}`);
  await signIn(page, product);
  await open(page, entry.id);
  const state = async () =>
    (await product.db.endorsement.findUniqueOrThrow({ where: { id: entry.id } })).state;
  await page.locator('body').press('a');
  await expect.poll(state).toBe('approved');
  await expect(page.getByRole('status').first()).toContainText('Keyboard');
  await page.locator('body').press('u');
  await expect.poll(state).toBe('verified');
  await open(page, entry.id);
  await page.locator('body').press('d');
  await page.locator('form:has([name="note"]) button[type="submit"]').press('Enter');
  await expect(page.locator('#reason-error')).toHaveText('Choose a reason.');
  await page.locator('[name="reason"][value="duplicate"]').check();
  await page.locator('[name="note"]').fill('approve a d u'); // keys are letters while one types
  await page.locator('[name="note"]').press('Tab');
  await page.locator('form:has([name="note"]) button[type="submit"]').press('Enter');
  await expect.poll(state).toBe('declined');
  expect(await product.db.endorsement.findUnique({ where: { id: entry.id } })).toMatchObject({
    declineReason: 'duplicate',
    declineNote: 'approve a d u',
  });
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });
    test('correcting a name shows errors beside the field and keeps the input', async ({
      page,
      product,
    }) => {
      const entry = await anEntry(product, `Mistyped ${Date.now()}`);
      await signIn(page, product);
      await open(page, entry.id);
      const form = page.locator('form:has([name="reading"])');
      await page.goto(`/en/admin/${LETTER}/review?entry=${entry.id}&open=correct`);
      await form.locator('[name="nameJa"]').fill('訂正の会');
      await form.locator('button[type="submit"]').click();
      await expect(form.locator('[name="reading"]')).toHaveAttribute('aria-invalid', 'true');
      await expect(form.locator('[name="nameJa"]')).toHaveValue('訂正の会');
      await form.locator('[name="reading"]').fill('ていせいのかい');
      await form.locator('button[type="submit"]').click();
      await expect
        .poll(async () =>
          (await product.db.endorsementName.findMany({ where: { endorsementId: entry.id } })).map(
            ({ name }) => name,
          ),
        )
        .toContain('訂正の会');
      await open(page, entry.id);
      await expect(page.locator('main')).toContainText('訂正の会');
      await expect(page.locator('main')).toContainText('corrected the entry');
    });
  });
}

test('a queue of ten thousand entries can be paged and searched, and its last entry opened', async ({
  page,
  product,
}) => {
  const letter = await aLetterIn(product.db, {
    slug: 'ten-thousand',
    texts: { en: someParts({ title: 'Ten thousand' }) },
  });
  await manyEndorsements(product.db, letter, 10_000, (n) => ({
    name: `Entry ${n}`,
    state: 'verified',
    verifiedAt: new Date(1_700_000_000_000 + n * 1_000),
  }));
  await signIn(page, product);
  await page.goto('/en/admin/letters/ten-thousand?page=200');
  await expect(page.locator('main')).toContainText('Entry 9999');
  await expect(page.locator('main')).toContainText('10,000');
  await page.goto('/en/admin/letters/ten-thousand?q=entry+4321');
  await expect(page.locator('main table tbody tr')).toHaveCount(1);
  await expect(page.locator('main table')).toContainText('Entry 4321');
});

test('a coordinator sees a mail that keeps failing and retries it', async ({ page, product }) => {
  const entry = await anEntry(product, 'Unreachable Society');
  const mail = await product.db.mail.create({
    data: {
      kind: 'approved',
      language: 'en',
      to: entry.email,
      toKey: entry.email,
      letterId: entry.letterId,
      endorsementId: entry.id,
      attempts: 9,
      failedAt: new Date(),
      lastError: 'mailbox unavailable',
      props: {
        letterSlug: 'icc-japan-2025',
        letterTitle: 'Joint Letter',
        organization: { en: 'Unreachable Society' },
        withheld: false,
      },
    },
  });
  await signIn(page, product);
  await page.goto(`/en/admin/${LETTER}/review`);
  await expect(page.locator('main')).toContainText(/could not be sent/);
  const again = page.getByRole('button', { name: /Try again/ }).first();
  if (!(await again.isVisible()))
    await page.locator('summary', { hasText: /could not be sent/ }).click();
  await again.click();
  await expect
    .poll(
      async () => (await product.db.mail.findUniqueOrThrow({ where: { id: mail.id } })).sentAt,
      { timeout: 20_000 },
    )
    .not.toBeNull();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an administrator merges the organization of an entry into the same one under another name', async ({
    page,
    product,
  }) => {
    const letter = await aLetterIn(product.db);
    const website = 'https://merges-into-one.jp/';
    const [older, newer] = [
      await anEndorsementIn(product.db, letter.id, {
        nameJa: null,
        nameEn: 'Older Name',
        website,
        state: 'withdrawn',
      }),
      await anEndorsementIn(product.db, letter.id, {
        nameJa: null,
        nameEn: 'Newer Name',
        website,
        state: 'approved',
      }),
    ];
    await signIn(page, product);
    await page.goto(`/en/admin/letters/${letter.slug}/review?state=withdrawn&entry=${older.id}`);
    await page.getByText('Is another organization the same?').click();
    await expect(page.locator('[name="into"] option')).toHaveText(['Newer Name']);
    await page.getByRole('button', { name: 'Merge the two' }).click();
    await expect(page.getByRole('status').first()).toContainText(
      'now belongs to the organization you chose',
    );
    const both = await product.db.endorsement.findMany({ where: { letterId: letter.id } });
    expect(both.map(({ organizationId }) => organizationId)).toEqual([
      newer.organizationId,
      newer.organizationId,
    ]);
  });
});

test('Escape closes the forms of an entry unless something was typed in them', async ({
  page,
  product,
}) => {
  const entry = await anEntry(product, `Escaped ${Date.now()}`);
  await signIn(page, product);
  await open(page, entry.id);
  const note = page.locator('[name="note"]');
  await page.locator('body').press('d');
  await expect(note).toBeVisible();
  await page.locator('[name="reason"]').first().press('Escape');
  await expect(note).toBeHidden();
  await page.locator('body').press('d');
  await note.fill('Something long');
  await note.press('Escape');
  await expect(note).toHaveValue('Something long');
  await note.fill('');
  await note.press('Escape');
  await expect(note).toBeHidden();
});

test('after the last decision, a coordinator on a phone sees that nothing is left, and the other states', async ({
  page,
  product,
}) => {
  const letter = await aLetterIn(product.db, {});
  const entry = await anEndorsementIn(product.db, letter.id, {});
  await signIn(page, product);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/en/admin/letters/${letter.slug}/review?entry=${entry.id}`);
  await page
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click();
  await expect(page.getByText('Nothing waits for review.')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Approved/ })).toBeVisible();
  await expect(page.getByRole('status').first()).toContainText('Approved Tokyo Peace Group');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  for (const [locale, all, submit, none] of [
    ['en', 'All', 'Search', 'No entry under “Waiting” matches'],
    ['ja', 'すべて', '検索', '「審査待ち」の中に一致するものはありません'],
  ] as const) {
    test(`a coordinator finds an approved entry by its representative’s address, in all states at once (${locale})`, async ({
      page,
      product,
    }) => {
      const slug = `all-states-${locale}`;
      const letter = await aLetterIn(product.db, { slug });
      const entry = await anEndorsementIn(product.db, letter.id, {
        nameEn: 'Found Society',
        state: 'approved',
      });
      await signIn(page, product);
      await page.goto(`/${locale}/admin/letters/${slug}/review`);
      await page.getByRole('searchbox').fill(entry.email.toUpperCase());
      await page.getByRole('search').getByRole('button', { name: submit }).click();
      await expect(page.locator('main')).toContainText(none);
      await page.getByRole('link', { name: new RegExp(`^${all}\\s*1$`) }).click();
      await expect(page.locator('main table tbody tr')).toHaveCount(1);
      await expect(page.locator('main table')).toContainText('Found Society');
      await expect(page.getByRole('searchbox')).toHaveValue(entry.email.toUpperCase());
    });
  }
});
