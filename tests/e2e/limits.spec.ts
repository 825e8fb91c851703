import { RATE_LIMITS } from '@/lib/platform/limits';
import { anAddress, expect, fillSignUp, press, signIn, test } from '@/tests/support/e2e';
import { startServer } from '@/tests/support/server';

const LETTER = 'letters/icc-japan-2025';
const typed = () => ({
  nameEn: 'Patient Society',
  website: 'example.org',
  representativeName: 'P',
  representativeRole: 'P',
  representativeEmail: anAddress(),
});

test.use({ instance: 'limits', expectedConsoleErrors: [/429/] });

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a sign-up beyond the network’s rate limit shows when to retry, in the reader’s language, and keeps the input', async ({
      page,
      product,
    }) => {
      const server = await startServer(product.databaseUrl, { RATE_LIMITS: 'on' });
      try {
        await product.db.rateLimit.deleteMany();
        for (const [locale, words] of [
          ['en', /about 60 minutes/],
          ['ja', /約60分後/],
        ] as const) {
          await page.goto(`${server.url}/${locale}/${LETTER}/endorse`);
          const entry = typed();
          await fillSignUp(page, entry);
          const body = {
            nameEn: 'Flood',
            website: 'example.org',
            country: 'JP',
            representativeName: 'F',
            representativeRole: 'F',
            visibility: 'named',
            mayEndorse: true,
            privacyConsent: true,
            language: 'en',
          };
          let last: Response | undefined;
          for (let n = 0; n <= RATE_LIMITS.signUpNetwork.points && last?.status !== 429; n += 1) {
            last = await fetch(`${server.url}/api/${LETTER}/endorsements`, {
              method: 'POST',
              // A forged header from the client must not change its network.
              headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': `192.0.2.${n}` },
              body: JSON.stringify({
                ...body,
                representativeEmail: `flood-${n}@flood-${n}.example`,
              }),
            });
          }
          expect(last!.status).toBe(429);
          expect(Number(last!.headers.get('retry-after'))).toBeGreaterThan(3_000);
          expect(await last!.json()).toEqual({ error: 'too-many' });
          await press(page);
          await expect(page.locator('main')).toContainText(words);
          for (const [name, value] of Object.entries(entry))
            await expect(page.locator(`[name="${name}"]`)).toHaveValue(value);
        }
      } finally {
        await server.stop();
      }
    });

    test('any link in a mailbox leads to the owner’s own sign-up, even if others have used the address', async ({
      page,
      product,
    }) => {
      const { representativeEmail: email, ...rest } = typed();
      for (const nameEn of ['A Stranger', 'The Right Name']) {
        await page.goto(`/en/${LETTER}/endorse`);
        await fillSignUp(page, { ...rest, nameEn, representativeEmail: email });
        await press(page);
        await expect(page).toHaveURL(/check-your-email$/);
      }
      const stranger = await product.mailTo(email, /A Stranger/);
      await page.goto(stranger.links.find((link) => link.includes('/confirm/'))!);
      await expect(page.locator('main')).toContainText('Other sign-ups with this address');
      await page.locator('main li form button').click();
      await expect(page).toHaveURL(/confirm\/done/);
      expect(
        await product.db.endorsement.findMany({
          where: { contact: { emailKey: email }, state: 'verified' },
          include: { names: true },
        }),
      ).toMatchObject([{ names: [{ name: 'The Right Name' }] }]);
    });

    test('while a coordinator pauses sign-ups, the letter says so and accepts none; resuming accepts them again', async ({
      page,
      product,
    }) => {
      await signIn(page, product);
      await page.goto(`/en/admin/${LETTER}/times`);
      await page.getByRole('button', { name: 'Pause sign-ups' }).click();
      await expect(page.locator('main')).toContainText('Sign-ups are paused.');
      await expect
        .poll(async () => (await fetch(`${product.url}/en/${LETTER}/endorse`)).text())
        .toContain('The coordinators have paused sign-ups');
      expect(await (await fetch(`${product.url}/ja/${LETTER}`)).text()).toContain(
        '一時停止しています',
      );
      await page.getByRole('button', { name: 'Resume sign-ups' }).click();
      await expect(page.locator('main')).toContainText('Sign-ups are open again.');
      await page.goto(`/en/${LETTER}/endorse`);
      await expect(page.locator('[name="nameEn"]')).toBeVisible();
    });
  });
}
