import { anAddress, expect, signIn, test } from '@/tests/support/e2e';
import printed from '@/prisma/demonstration/signatories.json' with { type: 'json' };
import { text } from '@/prisma/demonstration/text';
import { DOCUMENT, expectInOrder } from '@/tests/support/document';
import { pdfText } from '@/tests/support/pdf-text';

test.use({ instance: 'whole' });

const SLUG = 'joint-letter-icc';

test('a coordinator creates the joint letter from scratch, and its list equals the printed one', async ({
  page,
  product,
}) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(15_000);
  const owner = await product.db.coordinator.create({ data: { email: anAddress('owner') } });
  await signIn(page, product, owner.email);

  // The letter and its text.
  await page.goto('/en/admin/letters/new');
  await page.locator('[name="titleEn"]').fill(text.title);
  await page.locator('[name="authoritativeLanguage"]').selectOption('en');
  await page.locator('[name="date"]').fill('2025-04-23');
  await page.locator('[name="newSlug"]').fill(SLUG);
  await page.locator('main form:not(#account) button[type="submit"]').last().click();
  await expect(page).toHaveURL(new RegExp(`/en/admin/letters/${SLUG}/text`));
  const { title, subject, dateLine, salutation, body, callsIntro, closing, valediction } = text;
  for (const [name, value] of Object.entries({
    title,
    subject,
    dateLine,
    salutation,
    body,
    callsIntro,
    calls: text.calls.join('\n'),
    closing,
    valediction,
  })) {
    await page.locator(`main [name="${name}"]`).fill(value ?? '');
  }
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/notice=saved$/);

  // Publish and open.
  await page.goto(`/en/admin/letters/${SLUG}/revisions`);
  // The whole text stands above the button.
  await expect(page.locator('main .letter-valediction')).toBeVisible();
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page).toHaveURL(/notice=first/);
  await page.goto(`/en/admin/letters/${SLUG}/times`);
  await page.locator('[name="opening"][value="now"]').check();
  await page.getByRole('button', { name: 'Save the times' }).click();
  await expect(page.getByRole('status').first()).toContainText('The letter is open.');

  // Organizations sign up through the public API in arbitrary order; a coordinator approves each.
  const organizations = [
    ...printed.organizations,
    ...[1, 2].map((n) => ({
      nameJa: `非公表の団体${n}`,
      reading: `ひこうひょうのだんたい${n}`,
      nameEn: `Withheld ${n}`,
      coordinating: false,
    })),
  ].sort((a, b) => a.nameEn.length - b.nameEn.length);
  for (const [index, { nameJa, reading, nameEn }] of organizations.entries()) {
    const signUp = {
      nameJa,
      reading,
      nameEn,
      website: 'https://example.org',
      country: 'JP',
      representativeName: 'R',
      representativeRole: 'R',
      representativeEmail: anAddress(`org-${index}`),
      visibility: nameEn.startsWith('Withheld') ? 'withheld' : 'named',
      mayEndorse: true,
      privacyConsent: true,
      language: 'ja',
    };
    const response = await fetch(`${product.url}/api/letters/${SLUG}/endorsements`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(signUp),
    });
    expect(response.status, `${nameEn}: ${await response.text()}`).toBe(202);
  }
  // journey.spec.ts covers pressing the mailed button; here the confirmation is called directly.
  await product.db.endorsement.updateMany({
    where: { letter: { slug: SLUG } },
    data: { state: 'verified', verifiedAt: new Date() },
  });
  await page.goto(`/en/admin/letters/${SLUG}/review`);
  for (let left = organizations.length; left > 0; left -= 1) {
    await expect(page.locator('main table tbody tr')).toHaveCount(left);
    await page.getByRole('button', { name: /^Approve/ }).click();
  }
  await expect(page.locator('main')).toContainText('Nothing waits for review');
  for (const name of ['Human Rights Watch', 'Human Rights Now']) {
    const entry = await product.db.endorsement.findFirstOrThrow({
      where: { letter: { slug: SLUG }, names: { some: { name } } },
    });
    await page.goto(`/en/admin/letters/${SLUG}/review?state=approved&entry=${entry.id}`);
    await page.getByRole('button', { name: 'Make it a coordinating organization' }).click();
    await expect(page).toHaveURL(/notice=coordinates/);
  }

  // Another order first, to prove that the setting has an effect.
  const order = async () => {
    const { items } = (await (
      await fetch(`${product.url}/api/letters/${SLUG}/signatories`)
    ).json()) as { items: { names: { en: string } }[] };
    return items.map(({ names }) => names.en);
  };
  const inPrint = printed.organizations.map(({ nameEn }) => nameEn);
  const setList = async (latin: string, legalForm: boolean) => {
    await page.goto(`/en/admin/letters/${SLUG}/signatories`);
    await page.locator('[name="latin"]').selectOption(latin);
    await page.locator('[name="legalFormCounts"]').setChecked(legalForm);
    await page
      .locator('form:has([name="latin"]) button[type="submit"]:not([name="preview"])')
      .click();
    await expect(page).toHaveURL(/notice=/);
  };
  await setList('before-kana', false);
  expect(await order()).not.toEqual(inPrint);
  await setList('after-kana', true);
  expect(await order()).toEqual(inPrint);

  // The page and the PDF equal the document.
  await page.context().clearCookies();
  await page.goto(`/en/letters/${SLUG}`);
  expectInOrder(await page.locator('main').innerText(), DOCUMENT);
  const pdf = await fetch(`${product.url}/api/letters/${SLUG}/letter.pdf`);
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const { pages } = await pdfText(new Uint8Array(await pdf.arrayBuffer()));
  expectInOrder(pages.join('\n').replace(/\n\d+ \/ \d+/g, ''), DOCUMENT);
});
