import { aLetterIn, anEndorsementIn } from '@/tests/support/factories';
import { anAddress, expect, signIn, test } from '@/tests/support/e2e';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { HARD, resendEvent, signed } from '@/tests/support/webhook';

// Of its own: it starts a further server process, which reminds all sign-ups of the instance.
test.use({ instance: 'mails' });

test('a coordinator sees that a mail bounced, with the entry flagged, and allows mails again', async ({
  page,
  product,
}) => {
  const letter = await aLetterIn(product.db);
  const entry = await anEndorsementIn(product.db, letter.id, { nameEn: 'Unreachable Society' });
  const mail = await product.db.mail.create({
    data: {
      kind: 'already_signed',
      language: 'en',
      to: entry.email,
      toKey: entry.email,
      letterId: letter.id,
      endorsementId: entry.id,
      sentAt: new Date(),
      providerId: `resend-${entry.id}`,
      props: {},
    },
  });
  const body = resendEvent('email.bounced', mail, HARD);
  const post = (headers: Record<string, string>) =>
    fetch(`${product.url}/api/webhooks/resend`, { method: 'POST', body, headers });
  expect((await post({ ...signed(body), 'svix-signature': 'v1,Zm9yZ2Vk' })).status).toBe(401);
  expect((await post(signed(body))).status).toBe(200);

  await signIn(page, product);
  await page.goto(`/en/admin/letters/${letter.slug}/review`);
  await expect(page.locator('main table tbody tr')).toContainText('mail fails');
  await expect(page.locator('main')).toContainText('came back for good');

  await page.getByRole('link', { name: 'E-mails' }).click();
  await expect(page.locator('main table')).toContainText(entry.email);
  await page.getByRole('link', { name: 'Failing' }).click();
  await expect(page.locator('main table tbody tr')).toHaveCount(1);
  await page.locator('main table').getByRole('link', { name: 'Entry' }).click();

  await page.getByRole('button', { name: 'E-mail this address again' }).click();
  await expect(page.getByRole('status').first()).toContainText('is e-mailed again');
  await expect(page.locator('main table tbody tr')).not.toContainText('mail fails');
  expect(await product.db.suppressedAddress.count()).toBe(0);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a representative is reminded, unsubscribes, and can still confirm; an owner turns reminders off', async ({
    page,
    product,
  }) => {
    const letter = await aLetterIn(product.db);
    const email = anAddress('reminded');
    const signUp = await anEndorsementIn(product.db, letter.id, {
      state: 'submitted',
      submittedAt: new Date(Date.now() - 3 * 24 * 3_600_000),
      email,
      language: 'en',
    });
    await product.db.verification.create({
      data: {
        endorsementId: signUp.id,
        tokenHash: hashToken(newToken()),
        expiresAt: new Date(Date.now() + 3_600_000),
      },
    });
    // Every server process reminds when it starts, and every hour.
    const other = await product.another();
    const mail = await product.mailTo(email, /Not confirmed yet/);
    const pathOf = (part: string) =>
      new URL(mail.links.find((link) => link.includes(part))!).pathname;

    await page.goto(pathOf('/unsubscribe/'));
    const reread = () => product.db.endorsement.findUniqueOrThrow({ where: { id: signUp.id } });
    expect((await reread()).remindersEndedAt).toBeNull();
    await page.getByRole('button', { name: 'Stop reminders of this letter' }).click();
    await expect(page.locator('h1')).toHaveText('Reminders have ended');
    expect((await reread()).remindersEndedAt).not.toBeNull();

    await page.goto(pathOf('/confirm/'));
    await page.getByRole('button', { name: 'Confirm the endorsement' }).click();
    await expect(page.locator('h1')).toHaveText('The endorsement is confirmed');
    await other.stop();

    await signIn(page, product);
    await page.goto(`/en/admin/letters/${letter.slug}/settings`);
    await page.getByRole('button', { name: 'Turn reminders off' }).click();
    await expect(page.locator('main')).toContainText('Reminders are off.');
  });
});

test('a mail program unsubscribes by one click, without cookies; its GET leads to the page', async ({
  product,
}) => {
  const letter = await aLetterIn(product.db);
  const ending = newToken();
  const { id } = await anEndorsementIn(product.db, letter.id, { state: 'submitted' });
  await product.db.reminder.create({
    data: { endorsementId: id, occasion: 'waiting', unsubscribeHash: hashToken(ending) },
  });
  const url = `${product.url}/api/unsubscribe/${ending}`;
  const opened = await fetch(url, { headers: { 'Accept-Language': 'en' } });
  expect(opened.url).toBe(`${product.url}/en/unsubscribe/${ending}`);
  const ended = async () =>
    (await product.db.endorsement.findUniqueOrThrow({ where: { id } })).remindersEndedAt;
  expect(await ended()).toBeNull();
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  expect([response.status, response.headers.getSetCookie()]).toEqual([200, []]);
  expect(await ended()).not.toBeNull();
});
