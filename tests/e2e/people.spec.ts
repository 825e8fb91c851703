import { readSheet } from 'read-excel-file/universal';
import type { Page } from '@playwright/test';
import { anAddress, expect, press, signIn, test, type Product } from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn, someParts } from '@/tests/support/factories';

// Of its own: administrators are made and dismissed here.
test.use({ instance: 'people', expectedConsoleErrors: [/404/] });

/** A letter with an entry to review, and its only owner. */
async function anOwnedLetter(product: Product) {
  const letter = await aLetterIn(product.db, {
    texts: { en: someParts({ title: 'Rivers' }), ja: someParts({ title: '川の書簡' }) },
  });
  const { id } = await anEndorsementIn(product.db, letter.id, {});
  const email = anAddress('owner');
  const [role] = await product.db.letterRole.findMany({ where: { letterId: letter.id } });
  await product.db.coordinator.update({
    where: { id: role!.coordinatorId },
    data: { email, signedInAt: new Date() },
  });
  return { letter, entry: id, email, people: `/en/admin/letters/${letter.slug}/people` };
}

/** The list entry of a person. */
const rowOf = (page: Page, email: string) =>
  page.locator('main li').filter({ has: page.getByText(email, { exact: true }) });

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('an owner invites a colleague, who signs in and reviews; made an observer they only look on, and removed they are refused', async ({
      page,
      product,
      browser,
    }) => {
      const { letter, entry, email: owner, people } = await anOwnedLetter(product);
      const colleague = anAddress('colleague');
      await signIn(page, product, owner);
      await page.goto(people);
      await page.locator('[name="email"]').fill('nonsense');
      await page.getByRole('button', { name: 'Send the invitation' }).click();
      await expect(page.locator('#email-error')).toContainText('such as name@example.org');
      await expect(page.locator('[name="email"]')).toHaveValue('nonsense');
      await page.locator('[name="email"]').fill(colleague);
      await page.locator('[name="language"]').selectOption('ja');
      await page.getByRole('button', { name: 'Send the invitation' }).click();
      await expect(page.getByRole('status')).toContainText('on its way');
      await expect(rowOf(page, colleague)).toContainText('has not signed in yet');

      const invitation = await product.mailTo(colleague);
      expect(invitation.subject).toContain('川の書簡');
      expect(invitation.text.replaceAll('\u2060', '')).toContain(owner);
      const context = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const theirs = await context.newPage();
      await theirs.goto(invitation.links[0]!);
      await expect(theirs).toHaveURL(/\/ja\/admin\/sign-in$/);
      await theirs.locator('[name="email"]').fill(colleague);
      await press(theirs);
      const mail = await product.mailTo(colleague, /sign-in\/confirm/);
      await theirs.goto(mail.links.find((link) => link.includes('sign-in/confirm'))!);
      await press(theirs);
      await theirs.getByRole('link', { name: '川の書簡' }).click();
      await theirs.getByRole('link', { name: '件の賛同が審査待ちです' }).click();
      await theirs.getByRole('button', { name: /^承認/ }).first().click();
      await expect(theirs.getByRole('status').first()).toContainText('東京平和の会');
      const { state } = await product.db.endorsement.findUniqueOrThrow({ where: { id: entry } });
      expect(state).toBe('approved');

      await page.goto(people);
      await expect(rowOf(page, colleague)).not.toContainText('has not signed in yet');
      await rowOf(page, colleague).locator('[name="role"]').selectOption('observer');
      await rowOf(page, colleague).getByRole('button', { name: 'Change the role' }).click();
      await expect(page.getByRole('status')).toContainText('role has been changed');
      await theirs.goto(`/en/admin/letters/${letter.slug}/review?state=approved&entry=${entry}`);
      await expect(theirs.locator('main')).toContainText('Tokyo Peace Group');
      await expect(theirs.getByRole('button', { name: /Approve|Decline|Withdraw/ })).toHaveCount(0);
      await theirs.getByRole('link', { name: 'People' }).click();
      await expect(rowOf(theirs, owner)).toContainText('Owner');
      await expect(theirs.locator('main form:not(#account) button')).toHaveText([
        /Leave the letter/,
      ]);
      await expect(theirs.locator('main select, main input:not([type="hidden"])')).toHaveCount(0);

      await rowOf(page, colleague).getByRole('button', { name: 'Remove' }).click();
      await expect(page.getByRole('status')).toContainText('no longer has access');
      await expect(rowOf(page, colleague)).toHaveCount(0);
      await theirs.goto(people);
      await expect(theirs).toHaveURL(/\/en\/admin\/sign-in$/);
      await context.close();
    });

    test('the last owner is told why they cannot leave, also where the other one went meanwhile; a reviewer leaves', async ({
      page,
      product,
    }) => {
      const { letter, email: owner, people } = await anOwnedLetter(product);
      await signIn(page, product, owner);
      await page.goto(people);
      await expect(rowOf(page, owner)).toContainText('The only owner.');
      await expect(page.getByRole('button', { name: 'Leave the letter' })).toHaveCount(0);
      const other = await product.db.coordinator.create({
        data: {
          email: anAddress('other'),
          roles: { create: { letterId: letter.id, role: 'owner' } },
        },
      });
      await page.reload();
      await product.db.letterRole.updateMany({
        where: { coordinatorId: other.id },
        data: { role: 'reviewer' },
      });
      await page.getByRole('button', { name: 'Leave the letter' }).click();
      await expect(page.locator('main [role="alert"]')).toContainText(
        'a letter always has an owner',
      );
      await page.context().clearCookies();
      await signIn(page, product, other.email);
      await page.goto(people);
      await page.getByRole('button', { name: 'Leave the letter' }).click();
      await expect(page.getByRole('status')).toContainText('You have left the letter.');
      expect((await page.goto(people))!.status()).toBe(404);
    });

    test('an owner downloads the contacts, which nobody else can', async ({ page, product }) => {
      const { letter, email: owner } = await anOwnedLetter(product);
      const reviewer = await product.db.coordinator.create({
        data: {
          email: anAddress('reviewer'),
          roles: { create: { letterId: letter.id, role: 'reviewer' } },
        },
      });
      await signIn(page, product, reviewer.email);
      const contacts = `/en/admin/letters/${letter.slug}/contacts`;
      expect((await page.goto(contacts))!.status()).toBe(404);
      const file = `${product.url}/api/letters/${letter.slug}/contacts.csv`;
      const post = async (origin: string) =>
        (
          await page.request.post(file, {
            form: { locale: 'en' },
            headers: { origin },
            maxRedirects: 0,
          })
        ).status();
      expect(await post(product.url)).toBe(404);
      await page.context().clearCookies();
      expect(await post(product.url)).toBe(303);
      await signIn(page, product, owner);
      expect(await post('https://evil.example')).toBe(403);
      expect((await page.request.get(file)).status()).toBe(405);
      await page.goto(`/en/admin/letters/${letter.slug}/review`);
      await page.getByRole('link', { name: 'Contacts' }).click();
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as CSV (1 entry)' }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toBe(`${letter.slug} contacts.csv`);
      const text = (await (await download.createReadStream()).toArray()).join('');
      expect(text).toContain('東京平和の会,Tokyo Peace Group,平和 花子,事務局長,,,,someone-');
      const downloadingBook = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as XLSX (1 entry)' }).click();
      const book = await downloadingBook;
      expect(book.suggestedFilename()).toBe(`${letter.slug} contacts.xlsx`);
      const [, row] = await readSheet(
        new Blob([...(await (await book.createReadStream()).toArray())]),
      );
      expect(row!.slice(0, 3)).toEqual(['東京平和の会', 'Tokyo Peace Group', '平和 花子']);
      const response = await page.request.post(file, {
        form: { locale: 'ja' },
        headers: { origin: product.url },
      });
      expect(response.headers()['cache-control']).toBe('private, no-store');
      expect(await response.text()).toContain('同意の内容');
      expect(
        await product.db.auditEvent.count({
          where: { letterId: letter.id, action: 'export_contacts' },
        }),
      ).toBe(3);
    });

    test('a reviewer writes a note on an entry, which an observer reads and an owner deletes', async ({
      page,
      product,
      browser,
    }) => {
      const { letter, entry, email: owner } = await anOwnedLetter(product);
      const [reviewer, observer] = await Promise.all(
        (['reviewer', 'observer'] as const).map((role) =>
          product.db.coordinator.create({
            data: { email: anAddress(role), roles: { create: { letterId: letter.id, role } } },
          }),
        ),
      );
      const review = `/en/admin/letters/${letter.slug}/review?entry=${entry}`;
      await signIn(page, product, reviewer!.email);
      await page.goto(review);
      const save = page.getByRole('button', { name: 'Save the note' });
      await save.click();
      await expect(page.locator('#entryNote-error')).toContainText('Write something');
      const tooLong = 'x'.repeat(1_001);
      await page.locator('#entryNote').fill(tooLong);
      await save.click();
      await expect(page.locator('#entryNote-error')).toContainText('1,001 characters of 1,000');
      await expect(page.locator('#entryNote')).toHaveValue(tooLong);
      await page.locator('#entryNote').fill('Called them: they did sign.');
      await save.click();
      await expect(page.getByRole('status').first()).toContainText('Saved the note');
      await expect(page.locator('#entryNote')).toHaveValue('');
      const context = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const theirs = await context.newPage();
      await signIn(theirs, product, observer!.email);
      await theirs.goto(review);
      const note = (of: Page) => of.locator('li').filter({ hasText: 'Called them' });
      await expect(note(theirs)).toContainText(reviewer!.email);
      await expect(theirs.locator('#entryNote')).toHaveCount(0);
      await expect(theirs.locator('main')).toContainText(
        `${reviewer!.email} opened this entry just now.`,
      );
      await expect(note(theirs).getByRole('button')).toHaveCount(0);
      await context.clearCookies();
      await signIn(theirs, product, owner);
      await theirs.goto(review);
      await note(theirs).getByRole('button', { name: 'Delete the note' }).click();
      await expect(theirs.getByRole('status').first()).toContainText('Deleted the note');
      await page.goto(review);
      await expect(note(page)).toHaveCount(0);
      await context.close();
    });

    test('an administrator appoints another, who deactivates a coordinator and is dismissed; nobody else has the page', async ({
      page,
      product,
      browser,
    }) => {
      const { email: owner } = await anOwnedLetter(product);
      const second = anAddress('second');
      await product.db.coordinator.create({ data: { email: second } });
      const context = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
      const theirs = await context.newPage();
      await signIn(theirs, product, owner);
      expect((await theirs.goto('/en/admin/people'))!.status()).toBe(404);
      await signIn(page, product);
      await page.goto('/en/admin');
      await page.getByRole('link', { name: 'All coordinators' }).click();
      await expect(rowOf(page, owner)).toContainText('Owner of Rivers');
      await rowOf(page, second).getByRole('button', { name: 'Make' }).click();
      await expect(page.getByRole('status')).toContainText('is now an administrator');
      await rowOf(page, owner).getByRole('button', { name: 'Deactivate' }).click();
      await expect(page.getByRole('status')).toContainText('deactivated and signed out');
      await expect(rowOf(page, owner)).toContainText('deactivated');
      await theirs.goto('/en/admin');
      await expect(theirs).toHaveURL(/\/en\/admin\/sign-in$/);
      await rowOf(page, second).getByRole('button', { name: 'Remove' }).click();
      await expect(page.getByRole('status')).toContainText('no longer an administrator');
      await expect(rowOf(page, 'coordinator@example.org')).toContainText('The only administrator.');
      await context.close();
    });
  });
}
