import { RATE_LIMITS } from '@/lib/platform/limits';
import { DEMONSTRATION_COORDINATOR } from '@/prisma/demonstration/load';
import { anAddress, expect, test } from '@/tests/support/e2e';
import { startServer } from '@/tests/support/server';

const PATH = '/api/letters/icc-japan-2025/endorsements';
const SIGN_UPS = 5_000;
const AT_ONCE = 32;

test.use({ instance: 'flood' });

test('during 5,000 sign-ups from three networks, a coordinator’s sign-in mail and a sign-up from another network succeed', async ({
  page,
  product,
}) => {
  test.setTimeout(420_000);
  // This is about the limits; what sign-ups are asked for under pressure, pressure.spec.ts tries.
  await product.db.letter.updateMany({ data: { pressure: 'off' } });
  const server = await startServer(product.databaseUrl, {
    RATE_LIMITS: 'on',
    CLIENT_ADDRESS: 'x-forwarded-for',
    MAIL_PER_SECOND: '4',
  });
  // The worker's shared server would process the same outbox at another rate.
  await product.server.stop();
  try {
    const signUp = async (from: string, representativeEmail: string) => {
      const answer = await fetch(server.url + PATH, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from },
        body: JSON.stringify({
          nameEn: 'A name',
          website: 'https://example.org/',
          country: 'JP',
          representativeName: 'R',
          representativeRole: 'R',
          representativeEmail,
          visibility: 'named',
          mayEndorse: true,
          privacyConsent: true,
          language: 'en',
        }),
      });
      await answer.text(); // only then is its connection free for the next request
      return answer.status;
    };
    const statuses: Record<number, number> = {};
    let next = 0;
    const sender = async () => {
      for (let n = next++; n < SIGN_UPS; n = next++) {
        const status = await signUp(`203.0.${n % 3}.${n % 250}`, `office@flood-${n}.example`);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    };
    const flood = Promise.all(Array.from({ length: AT_ONCE }, sender));

    // In the middle of the flood, while its mails fill the outbox. A request without an answer fails
    // the test at once, with its reason.
    const halfway = expect.poll(() => next, { timeout: 240_000 }).toBeGreaterThan(SIGN_UPS / 2);
    await Promise.race([halfway, flood.then(() => halfway)]);
    await page.goto(`${server.url}/en/admin/sign-in`);
    await page.locator('[name="email"]').fill(DEMONSTRATION_COORDINATOR);
    await page.locator('main form button[type="submit"]').click();
    await expect(page).toHaveURL(/check-your-email/);
    await expect
      .poll(() => product.db.mailboxMessage.count({ where: { to: DEMONSTRATION_COORDINATOR } }), {
        message: 'a sign-in mail within ten seconds',
        timeout: 10_000,
      })
      .toBe(1);
    const email = anAddress();
    expect(await signUp('198.51.100.1', email)).toBe(202);
    expect(await product.db.endorsement.count({ where: { contact: { emailKey: email } } })).toBe(1);
    await flood;

    const accepted = 3 * RATE_LIMITS.signUpNeighbourhood.points;
    expect(statuses).toEqual({ 202: accepted, 429: SIGN_UPS - accepted });
    expect(await signUp('198.51.100.2', anAddress())).toBe(202);
  } finally {
    await server.stop();
  }
});
