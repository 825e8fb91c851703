import type { Browser, Page } from '@playwright/test';
import { anAddress, expect, signIn, test, type Product } from '@/tests/support/e2e';
import { aLetterIn } from '@/tests/support/factories';

/** Signs in a new coordinator. */
async function aPerson(
  page: Page,
  product: Product,
  name = 'writer',
): Promise<{ id: string; email: string }> {
  const person = await product.db.coordinator.create({ data: { email: anAddress(name) } });
  await signIn(page, product, person.email);
  return person;
}

/** A draft owned by the coordinator signed in on `page`. */
async function aDraft(page: Page, product: Product) {
  const person = await aPerson(page, product);
  const letter = await aLetterIn(product.db, { opensAt: null });
  await product.db.letterRole.create({
    data: { letterId: letter.id, coordinatorId: person.id, role: 'owner' },
  });
  const pages = `/en/admin/letters/${letter.slug}`;
  return { person, letter, path: `${pages}/text`, settings: `${pages}/settings` };
}

/** A second owner of the letter, in a separate browser context. */
async function aColleague(browser: Browser, product: Product, letterId: string) {
  const context = await browser.newContext({ baseURL: product.url });
  const page = await context.newPage();
  const person = await aPerson(page, product, 'colleague');
  await product.db.letterRole.create({
    data: { letterId, coordinatorId: person.id, role: 'owner' },
  });
  return { page, person, close: () => context.close() };
}

const field = (page: Page, name: string) => page.locator(`main [name="${name}"]`);
const save = (page: Page) => page.getByRole('button', { name: /^(?:Save|保存する?)$/ }).click();
const textOf = (product: Product, letterId: string) =>
  product.db.letterText.findUniqueOrThrow({
    where: { letterId_language: { letterId, language: 'en' } },
  });
const title = (n: number) => `気候危機に関する共同書簡 ${n}`;

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a coordinator creates a letter with a Japanese title and writes its text', async ({
      page,
      product,
    }) => {
      const person = await aPerson(page, product);
      await page.goto('/ja/admin');
      await page.getByRole('link', { name: '書簡を作る' }).click();
      await expect(page).toHaveURL(/\/ja\/admin\/letters\/new$/);
      await page.locator('main form:not(#account) button[type="submit"]').click();
      await expect(field(page, 'titleJa')).toHaveAttribute('aria-invalid', 'true');
      await field(page, 'titleJa').fill(title(javaScriptEnabled ? 1 : 2));
      await field(page, 'date').fill('2026-12-01');
      if (javaScriptEnabled)
        await expect(page.locator('main [role="status"] b')).toHaveText('letter-2026');
      await page.locator('main form:not(#account) button[type="submit"]').click();
      await expect(page).toHaveURL(
        /\/ja\/admin\/letters\/letter-2026(-\d+)?\/text\?language=ja&notice=created$/,
      );
      const letter = await product.db.letter.findFirstOrThrow({
        where: { roles: { some: { coordinatorId: person.id } } },
        include: { texts: true },
      });
      expect(letter).toMatchObject({
        revision: null,
        opensAt: null,
        authoritativeLanguage: 'ja',
        texts: [{ dateLine: '2026年12月1日' }],
      });

      const written = {
        subject: '早急な対応の要請',
        addressee: '外務大臣\n山田太郎 様',
        salutation: '拝啓',
        body: '第一段落です。\n\n**第二**段落です。',
        callsIntro: '次のことを求めます。',
        calls: '・一つ目\n・二つ目',
        closing: 'よろしくお願いします。',
        valediction: '敬具',
      };
      for (const [name, value] of Object.entries(written)) await field(page, name).fill(value);
      await save(page);
      await expect(page).toHaveURL(/notice=saved$/);
      const preview = page.locator('section[aria-labelledby="preview"] .letter');
      await expect(preview).toHaveAttribute('lang', 'ja');
      await expect(preview.locator('strong')).toHaveText('第二');
      await expect(preview.locator('li')).toHaveText(['一つ目', '二つ目']);
      expect(await product.db.textSave.count({ where: { letterId: letter.id } })).toBe(2);
      await page.goto('/ja/admin');
      await expect(
        page.getByRole('link', { name: title(javaScriptEnabled ? 1 : 2) }),
      ).toHaveAttribute('href', `/ja/admin/letters/${letter.slug}/text`);
    });

    test('when two coordinators edit the same text, the second is shown the changes and no text is lost', async ({
      page,
      browser,
      product,
    }) => {
      const { letter, path } = await aDraft(page, product);
      const colleague = await aColleague(browser, product, letter.id);
      await Promise.all([page.goto(path), colleague.page.goto(path)]);
      await field(colleague.page, 'body').fill('Text that a colleague wrote.');
      await field(colleague.page, 'closing').fill('In hope.');
      await save(colleague.page);
      await expect(colleague.page).toHaveURL(/notice=saved$/);
      await field(page, 'title').fill('A better title');
      await field(page, 'body').fill('Text that I wrote.');
      await save(page);
      const alert = page.locator('main form:not(#account) [role="alert"]').first();
      await expect(alert).toContainText(colleague.person.email);
      await expect(alert.getByRole('link')).toHaveCount(2);
      await expect(page.locator('main ins', { hasText: 'a colleague wrote' })).toBeVisible();
      await expect(page.locator('main [aria-invalid="true"]')).toHaveCount(0);
      await expect(page.locator('section[aria-labelledby="preview"]')).toContainText(
        'Text that I wrote.',
      );
      await expect(field(page, 'title')).toHaveValue('A better title');
      await expect(field(page, 'body')).toHaveValue('Text that I wrote.');
      await expect(field(page, 'closing')).toHaveValue('In hope.');
      expect(await textOf(product, letter.id)).toMatchObject({
        version: 2,
        title: 'A letter',
        body: 'Text that a colleague wrote.',
      });

      await field(page, 'body').fill('Text that we wrote.');
      await save(page);
      await expect(page).toHaveURL(/notice=saved$/);
      expect(await textOf(product, letter.id)).toMatchObject({
        version: 3,
        title: 'A better title',
        body: 'Text that we wrote.',
        closing: 'In hope.',
      });
      await page.locator('#saves summary').click();
      await page.getByRole('link', { name: 'See save 2' }).click();
      await expect(page).toHaveURL(/save=2$/);
      await expect(page.locator('main .letter')).toContainText('Text that a colleague wrote.');
      await page.getByRole('link', { name: 'Put this text into the form' }).click();
      await expect(field(page, 'body')).toHaveValue('Text that a colleague wrote.');
      await save(page);
      await expect(page).toHaveURL(/notice=saved$/);
      expect(await textOf(product, letter.id)).toMatchObject({
        version: 4,
        body: 'Text that a colleague wrote.',
      });
      await colleague.close();
    });

    test('pasting a megabyte of text shows the limit and keeps the text', async ({
      page,
      product,
    }) => {
      const { letter, path } = await aDraft(page, product);
      await page.goto(path);
      const megabyte = 'All work and no play. '.repeat(47_663).trim();
      await field(page, 'body').fill(megabyte);
      await save(page);
      await expect(field(page, 'body')).toHaveAttribute('aria-invalid', 'true', {
        timeout: 20_000,
      });
      await expect(page.locator('main form:not(#account) [role="alert"]').first()).toContainText(
        '1,048,585 characters',
      );
      await expect(page.locator('main form:not(#account) [role="alert"]').first()).toContainText(
        '50,000',
      );
      expect((await field(page, 'body').inputValue()).length).toBe(megabyte.length);
      expect(await textOf(product, letter.id)).toMatchObject({ version: 1 });
      await field(page, 'body').fill('Short.');
      await save(page);
      await expect(page).toHaveURL(/notice=saved$/, { timeout: 20_000 });
      expect(await textOf(product, letter.id)).toMatchObject({ version: 2, body: 'Short.' });
    });

    test('a draft link shows the draft until a coordinator revokes it', async ({
      page,
      browser,
      product,
    }) => {
      const { settings } = await aDraft(page, product);
      await page.goto(settings);
      await page.locator('form:has([name="days"]) button[type="submit"]').click();
      await expect(field(page, 'label')).toHaveAttribute('aria-invalid', 'true');
      await field(page, 'label').fill('Partner & Sons');
      await page.locator('form:has([name="days"]) button[type="submit"]').click();
      const link = (await page.locator('main [role="status"] .font-mono').innerText()).trim();
      expect(link).toMatch(/\/en\/drafts\/[\w-]{43}$/);
      await page.goto(settings);
      expect(await page.content()).not.toContain(link.slice(-43));

      const partner = await browser.newContext({ javaScriptEnabled });
      const reading = await partner.newPage();
      const response = await reading.goto(link);
      expect(response!.status()).toBe(200);
      expect(response!.headers()['cache-control']).toMatch(/no-store|private/);
      await expect(reading.locator('main')).toContainText('not open for endorsement yet');
      await expect(reading.locator('main .letter')).toContainText('Dear Minister,');
      await expect(reading.locator('meta[name="robots"]').first()).toHaveAttribute(
        'content',
        /noindex/,
      );

      await page.getByRole('button', { name: 'Revoke the link for Partner & Sons' }).click();
      await expect(page).toHaveURL(/notice=revoked$/);
      expect((await reading.goto(link))!.status()).toBe(404);
      await expect(reading.locator('main')).not.toContainText('Dear Minister,');
      await expect(reading.locator('main')).toContainText('link');

      expect((await reading.goto(`${product.url}/en/drafts/${'A'.repeat(43)}`))!.status()).toBe(
        404,
      );
      await partner.close();
    });
  });
}

test('a coordinator adds a second language, makes it authoritative, and removes the first', async ({
  page,
  product,
}) => {
  const { letter, path, settings } = await aDraft(page, product);
  await page.goto(path);
  await page.getByRole('link', { name: /^Japanese/ }).click();
  await expect(field(page, 'dateLine')).toHaveValue('2025年4月23日');
  await field(page, 'title').fill('日本語の題');
  await save(page);
  await expect(page).toHaveURL(/language=ja&at=\d+&notice=saved$/);
  await page.goto(settings);
  await field(page, 'authoritativeLanguage').selectOption('ja');
  await page.locator('form:has([name="date"]) button[type="submit"]').click();
  await expect(page).toHaveURL(/notice=basics$/);
  await page.goto(`${path}?language=en`);
  await page.locator('summary', { hasText: 'Remove the English text' }).click();
  await page.getByRole('button', { name: 'Remove the text' }).click();
  await expect(page).toHaveURL(/notice=removed$/);
  expect(await product.db.letterText.findMany({ where: { letterId: letter.id } })).toMatchObject([
    { language: 'ja' },
  ]);
});

test('a coordinator can change the slug of a letter, but not to another letter’s, and not after it has opened', async ({
  page,
  product,
}) => {
  const { letter, settings } = await aDraft(page, product);
  await page.goto(settings);
  const change = page.locator('form:has([name="newSlug"]) button[type="submit"]');
  await field(page, 'newSlug').fill('icc-japan-2025');
  await change.click();
  await expect(page.locator('#newSlug-error')).toContainText('“icc-japan-2025-2” is available');
  await field(page, 'newSlug').fill(`${letter.slug}-x`);
  await change.click();
  await expect(page).toHaveURL(new RegExp(`/${letter.slug}-x/settings\\?.*notice=address$`));
  await signIn(page, product);
  await page.goto('/en/admin/letters/icc-japan-2025/settings');
  await expect(page.locator('main')).toContainText('its address can no longer be changed');
  await expect(field(page, 'newSlug')).toHaveCount(0);
});

test('a title with a web address is refused with a message, and the text is kept', async ({
  page,
  product,
}) => {
  const { path } = await aDraft(page, product);
  await page.goto(path);
  await field(page, 'title').fill('A letter of www.example.org');
  await save(page);
  await expect(page.locator('#title-error')).toContainText('Leave out web and e-mail addresses');
  await expect(field(page, 'title')).toHaveValue('A letter of www.example.org');
});

test('a coordinator who leaves without saving finds the typing again, also after a colleague saved', async ({
  page,
  browser,
  product,
}) => {
  const { letter, path } = await aDraft(page, product);
  await page.goto(path);
  const bar = page.locator('.save-bar [role="status"]');
  await expect(bar).toContainText('Last saved');
  await field(page, 'salutation').fill('Dear all,');
  await expect(bar).toContainText('kept in this browser');
  await page.getByRole('link', { name: 'Your letters' }).click();
  await expect(page).toHaveURL(/\/admin$/);
  const colleague = await aColleague(browser, product, letter.id);
  await colleague.page.goto(path);
  await expect(field(colleague.page, 'salutation')).toHaveValue('Dear Minister,');
  await field(colleague.page, 'closing').fill('In hope.');
  await save(colleague.page);
  await expect(colleague.page).toHaveURL(/notice=saved$/);
  await colleague.close();

  await page.goto(path);
  const preview = page.getByRole('region', { name: 'As it will be published' });
  await expect(field(page, 'salutation')).toHaveValue('Dear all,');
  await expect(preview).toContainText('Dear all,');
  await expect(page.locator('main')).toContainText('The text has been saved since then');
  await save(page);
  await expect(page.locator('main form:not(#account) [role="alert"]').first()).toContainText(
    colleague.person.email,
  );
  await expect(field(page, 'closing')).toHaveValue('In hope.');
  await save(page);
  await expect(page).toHaveURL(/notice=saved$/);
  await expect(bar).toHaveText(/^Last saved/);
  expect(await textOf(product, letter.id)).toMatchObject({
    salutation: 'Dear all,',
    closing: 'In hope.',
  });

  await field(page, 'salutation').fill('Dear nobody,');
  await expect(bar).toContainText('kept in this browser');
  await page.goto(path);
  await expect(field(page, 'salutation')).toHaveValue('Dear nobody,');
  await page.getByRole('button', { name: 'Discard it' }).click();
  await expect(field(page, 'salutation')).toHaveValue('Dear all,');
  await page.goto(path);
  await expect(field(page, 'salutation')).toHaveValue('Dear all,');
  await expect(page.getByRole('button', { name: 'Discard it' })).toHaveCount(0);
});

test('buttons and keys mark the text, can be undone, and show at once', async ({
  page,
  product,
}) => {
  const { path } = await aDraft(page, product);
  await page.goto(path);
  const body = field(page, 'body');
  const preview = page.getByRole('region', { name: 'As it will be published' });
  await body.fill('We ask you to act.');
  const select = (from: number, to: number) =>
    body.evaluate(
      (area: HTMLTextAreaElement, range) => {
        area.focus();
        area.setSelectionRange(range[0]!, range[1]!);
      },
      [from, to],
    );
  await select(3, 6);
  await page.keyboard.press('Control+b');
  await expect(body).toHaveValue('We **ask** you to act.');
  await expect(preview.locator('strong')).toHaveText('ask');
  await page.keyboard.press('Control+z');
  await expect(body).toHaveValue('We ask you to act.');
  await select(14, 17);
  await page.getByRole('button', { name: 'Link' }).click();
  await page.keyboard.type('https://example.org/why');
  await expect(preview.getByRole('link', { name: 'act' })).toHaveAttribute(
    'href',
    'https://example.org/why',
  );
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Footnote' }).click();
  await page.keyboard.type('A source.');
  await expect(preview.locator('.letter-notes')).toContainText('A source.');
});

test('an owner sets the form of the Japanese text, and sees it before saving', async ({
  page,
  product,
}) => {
  const { letter, path } = await aDraft(page, product);
  await page.goto(`${path}?language=ja`);
  const preview = page.locator('section[aria-labelledby="preview"]');
  for (const [name, value] of Object.entries({ title: '要望書', body: '本文', calls: '甲\n乙' }))
    await field(page, name).fill(value);
  await field(page, 'callMarks').selectOption('numbers');
  await field(page, 'kigaki').check();
  await expect(preview.locator('ol.letter-calls li')).toHaveText(['甲', '乙']);
  await expect(preview.locator('.letter-kigaki')).toHaveText('記');
  await expect(preview.locator('.letter-salutation')).toHaveCount(0);
  await save(page);
  await expect(page).toHaveURL(/notice=saved$/);
  await expect(field(page, 'kigaki')).toBeChecked();
  expect(
    await product.db.letterText.findUniqueOrThrow({
      where: { letterId_language: { letterId: letter.id, language: 'ja' } },
    }),
  ).toMatchObject({ callMarks: 'numbers', kigaki: true, salutation: null, valediction: null });
});

test('a form that exceeds the server’s size limit is not submitted, and its text is kept', async ({
  page,
  product,
}) => {
  const { path } = await aDraft(page, product);
  await page.goto(path);
  await field(page, 'body').fill('x'.repeat(5_000_000));
  await save(page);
  await expect(page.locator('main form:not(#account) [role="alert"]')).toContainText(
    'Not sent: with 5 MB',
  );
  expect((await field(page, 'body').inputValue()).length).toBe(5_000_000);
});

test('text pasted from a word processor keeps paragraphs, links, lists and emphasis in the preview and when saved', async ({
  page,
  product,
}) => {
  const { letter, path } = await aDraft(page, product);
  await page.goto(path);
  await field(page, 'body').fill('');
  await field(page, 'body').evaluate((area: HTMLTextAreaElement) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData(
      'text/html',
      `<html><body><!--StartFragment--><p class=MsoNormal>One <b>strong</b> and <i>stressed</i>.<o:p></o:p></p>
       <p class=MsoNormal>Two with <a href="https://example.org/report">a report</a>.</p>
       <ul><li class=MsoListParagraph>first</li><li class=MsoListParagraph>second</li></ul><script>alert(1)</script><!--EndFragment--></body></html>`,
    );
    clipboardData.setData(
      'text/plain',
      'One strong and stressed.\nTwo with a report.\nfirst\nsecond',
    );
    area.focus();
    area.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await expect(field(page, 'body')).toHaveValue(/\*\*strong\*\*/);
  const live = page.getByRole('region', { name: 'As it will be published' });
  const published = page.locator('section[aria-labelledby="preview"] .letter-body');
  const hasAll = async (place: typeof live) => {
    await expect(place.locator('strong')).toHaveText('strong');
    await expect(place.locator('em')).toHaveText('stressed');
    await expect(place.getByRole('link', { name: 'a report' })).toHaveAttribute(
      'href',
      'https://example.org/report',
    );
    await expect(place.locator('li')).toHaveText(['first', 'second']);
  };
  await hasAll(live);
  await save(page);
  await expect(page).toHaveURL(/notice=saved$/);
  await hasAll(published);
  expect((await textOf(product, letter.id)).body).not.toMatch(/<|alert/);
});

test('what is dragged into a field is read as what is pasted', async ({ page, product }) => {
  const { path } = await aDraft(page, product);
  await page.goto(path);
  await field(page, 'body').fill('');
  await field(page, 'body').evaluate((area: HTMLTextAreaElement) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/html', '<p>We <del>hope</del><ins><b>ask</b></ins>.</p>');
    dataTransfer.setData('text/plain', 'We hopeask.');
    area.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect(field(page, 'body')).toHaveValue('We **ask**.');
  await expect(page.locator('main [role="status"] li')).toHaveText([/marked as deleted/]);
});

/** Pastes HTML into a field, as from a word processor. */
const paste = (page: Page, name: string, html: string, plain: string) =>
  field(page, name).evaluate(
    (area: HTMLTextAreaElement, [rich, text]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/html', rich!);
      clipboardData.setData('text/plain', text!);
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
      area.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [html, plain],
  );

for (const locale of ['en', 'ja']) {
  test(`what a paste leaves out or changes is said below its field (${locale})`, async ({
    page,
    product,
  }) => {
    const { path } = await aDraft(page, product);
    await page.goto(path.replace('/en/', `/${locale}/`));
    await field(page, 'body').fill('Old[^3].\n\n[^3]: note');
    const html = `<p class=MsoNormal>Since 2019<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> <span class=msoDel><del>the liars</del></span> 500<sup>2</sup>.</p><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> A report.</p></div></div>`;
    await paste(page, 'body', html, 'Since 2019[1] the liars 5002.');
    await expect(field(page, 'body')).toHaveValue(
      /note\n?\n?Since 2019\[\^4\] 500\\\[2\]\.\n\n\| a \| b \|\n\| - \| - \|\n\| 1 \| 2 \|\n\n\[\^4\]: A report\./,
    );
    const said = page
      .locator('main [role="status"]')
      .filter({ hasText: locale === 'en' ? 'Please check what you pasted' : '貼り付けた内容' });
    await expect(said.locator('li')).toHaveText(
      locale === 'en'
        ? [/marked as deleted/, /A note was put after/, /rewritten in one place/]
        : [/削除済み/, /脚注（1件）/, /上付き/],
    );
    await field(page, 'closing').fill('');
    await paste(
      page,
      'closing',
      '<p>In <del>fear</del><ins>hope</ins>.</p><p>m<sup>2</sup></p>',
      'x',
    );
    await expect(field(page, 'closing')).toHaveValue('In hope.\nm²');
    await expect(said).toHaveCount(2);
    await paste(page, 'title', '<p>&nbsp;of 10<sup>6</sup></p><p>people</p>', 'x');
    await expect(field(page, 'title')).toHaveValue(/of 10⁶ people$/);
    await paste(page, 'salutation', '<p><b>To</b> <del>x</del></p>', 'x');
    await expect(field(page, 'salutation')).toHaveValue(/To$/);
  });
}

test('after the session expires while writing, the text is kept and can be saved after signing in in another tab', async ({
  page,
  product,
}) => {
  const { person, letter, path } = await aDraft(page, product);
  await page.goto(path);
  await product.db.session.deleteMany({ where: { coordinatorId: person.id } });
  await field(page, 'body').fill('Written for an hour.');
  await save(page);
  const alert = page
    .locator('main [role="alert"]')
    .filter({ hasText: 'You are no longer signed in' });
  await expect(alert.locator('a')).toHaveAttribute('target', '_blank');
  await expect(field(page, 'body')).toHaveValue('Written for an hour.');
  await signIn(page, product, person.email);
  await save(page);
  await expect(page).toHaveURL(/notice=saved$/);
  expect((await textOf(product, letter.id)).body).toBe('Written for an hour.');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('after the session expires while writing, submitting redirects to the sign-in page, and the Back button restores the text', async ({
    page,
    product,
  }) => {
    const { person, letter, path } = await aDraft(page, product);
    await page.goto(path);
    await product.db.session.deleteMany({ where: { coordinatorId: person.id } });
    await field(page, 'body').fill('Written for an hour.');
    await save(page);
    await expect(page.getByRole('status')).toContainText('Your sign-in has ended');
    await expect(page.locator('[name="email"]')).toBeVisible();
    await signIn(page, product, person.email);
    await page.goBack();
    await expect(field(page, 'body')).toHaveValue('Written for an hour.');
    await save(page);
    await expect(page).toHaveURL(/notice=saved$/);
    expect((await textOf(product, letter.id)).body).toBe('Written for an hour.');
  });
});
