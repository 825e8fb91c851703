import { DEMONSTRATION_COORDINATOR } from '@/prisma/demonstration/load';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { anAddress, expect, fillSignUp, press, signIn, test } from '@/tests/support/e2e';
import { anEndorsementIn } from '@/tests/support/factories';

const LETTER = 'letters/icc-japan-2025';

test.use({ instance: 'outage', expectedConsoleErrors: [/50\d/] });

test('while the database is unavailable, the letter’s page is served and the API responds with a JSON error', async ({
  page,
  product,
}) => {
  await page.goto(`/en/${LETTER}`);
  await product.databaseAway(async () => {
    for (let n = 0; n < 3; n += 1) {
      await page.waitForTimeout(3_000); // in all longer than the page's `revalidate`
      expect((await page.goto(`/en/${LETTER}`))!.status()).toBe(200);
      await expect(page.locator('#signatories')).toContainText('Kyoto YWCA');
    }
    const answer = await fetch(`${product.url}/api/${LETTER}`);
    expect([answer.status, await answer.json()]).toEqual([503, { error: 'unavailable' }]);
  });
  expect((await fetch(`${product.url}/api/${LETTER}`)).status).toBe(200);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });
    test('the sign-up form keeps its input while the database is unavailable, and can be submitted later', async ({
      page,
      product,
    }) => {
      const typed = {
        nameEn: 'Patient Society',
        website: 'example.org',
        representativeName: 'P',
        representativeRole: 'P',
        representativeEmail: anAddress(),
      };
      await page.goto(`/en/${LETTER}/endorse`);
      await fillSignUp(page, typed);
      await product.databaseAway(async () => {
        await press(page);
        await expect(page.locator('main')).toContainText('could not be sent');
        for (const [name, value] of Object.entries(typed))
          await expect(page.locator(`[name="${name}"]`)).toHaveValue(value);
      });
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
      await product.mailTo(typed.representativeEmail);
    });
  });
}

test('while the database is unavailable, pages that need it show an error, without JavaScript too', async ({
  product,
}) => {
  const token = newToken();
  await product.db.session.create({
    data: {
      tokenHash: hashToken(token),
      expiresAt: new Date(Date.now() + 3_600_000),
      coordinator: { connect: { email: DEMONSTRATION_COORDINATOR } },
    },
  });
  const pages = [
    `drafts/${newToken()}`,
    `${LETTER}/signatories/search?q=kyoto`,
    'admin',
    `admin/${LETTER}`,
    `admin/${LETTER}/times`,
    'admin/letters/new',
  ];
  await product.databaseAway(async () => {
    for (const [language, words] of [
      ['en', 'Something went wrong'],
      ['ja', '問題が発生しました'],
    ] as const) {
      for (const page of pages) {
        const answer = await fetch(`${product.url}/${language}/${page}`, {
          headers: { cookie: `next-auth.session-token=${token}` },
          redirect: 'manual',
        });
        const shown = (await answer.text()).replace(/<script[^]*?<\/script>|<[^>]*>/g, '');
        expect([page, answer.status, shown], page).toEqual([
          page,
          500,
          expect.stringContaining(words),
        ]);
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
    }
  });
  await expect
    .poll(
      async () =>
        (
          await fetch(`${product.url}/en/admin/${LETTER}`, {
            headers: { cookie: `next-auth.session-token=${token}` },
          })
        ).status,
    )
    .toBe(200);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('an owner who pauses sign-ups while the database is unavailable is told that it may not have been saved', async ({
    page,
    product,
  }) => {
    await signIn(page, product);
    await page.goto(`/en/admin/${LETTER}/times`);
    await product.databaseAway(async () => {
      await page.getByRole('button', { name: /Pause/ }).click();
      await expect(page.locator('main')).toContainText('may not have been saved');
    });
    expect(
      (await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } })).pausedAt,
    ).toBeNull();
  });
});

test('the health endpoints report whether the process is alive and whether the database responds', async ({
  product,
}) => {
  const ask = async (what: string) => {
    const answer = await fetch(`${product.url}/api/health/${what}`);
    return [answer.status, answer.headers.get('cache-control'), await answer.json()];
  };
  expect(await ask('live')).toEqual([200, 'no-store', { status: 'ok' }]);
  expect(await ask('ready')).toEqual([200, 'no-store', { status: 'ok' }]);
  await product.databaseAway(async () => {
    expect(await ask('live')).toEqual([200, 'no-store', { status: 'ok' }]);
    expect(await ask('ready')).toEqual([503, 'no-store', { status: 'unavailable' }]);
  });
  await expect.poll(() => ask('ready')).toEqual([200, 'no-store', { status: 'ok' }]);
});

test('declining an entry while the database is unavailable keeps the note, which can be saved later', async ({
  page,
  product,
}) => {
  const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
  const entry = await anEndorsementIn(product.db, letter.id, {
    nameJa: null,
    nameEn: 'Interrupted',
  });
  await signIn(page, product);
  await page.goto(`/en/admin/${LETTER}/review?entry=${entry.id}&open=decline`);
  await page.locator('[name="reason"][value="other"]').check();
  await page.locator('[name="note"]').fill('A long and careful note.');
  const save = page.locator('form:has([name="note"]) button[type="submit"]');
  await product.databaseAway(async () => {
    await save.click();
    await expect(page.locator('main')).toContainText(
      'Something went wrong on our side. What you typed is still here',
    );
    await expect(page.locator('[name="note"]')).toHaveValue('A long and careful note.');
  });
  await save.click();
  await expect
    .poll(
      async () =>
        (await product.db.endorsement.findUniqueOrThrow({ where: { id: entry.id } })).declineNote,
    )
    .toBe('A long and careful note.');
});
