import { expect, test } from '@/tests/support/e2e';
import { DOCUMENT, expectInOrder } from '@/tests/support/document';
import { aLetterIn, manyEndorsements, someParts } from '@/tests/support/factories';
import printed from '@/prisma/demonstration/signatories.json' with { type: 'json' };
import { text } from '@/prisma/demonstration/text';
import { PERSONAL_DATA } from '@/lib/platform/personal-data';

const LETTER = '/letters/icc-japan-2025';

// A separate instance: the letter as loaded, without other tests' decisions.
test.use({ instance: 'untouched' });

test('the letter’s page has every part of the letter in the order of the document', async ({
  page,
}) => {
  await page.goto(`/en${LETTER}`);
  expectInOrder(await page.locator('main').innerText(), DOCUMENT);
  // Coordinating organizations occur twice, under their own heading and in the list; nothing else
  // does.
  const entries = await page.locator('#signatories li').allInnerTexts();
  for (const organization of printed.organizations) {
    const times = entries.filter(
      (entry) => entry.split('\n')[0]!.trim() === organization.nameEn,
    ).length;
    expect(times, organization.nameEn).toBe(organization.coordinating ? 2 : 1);
  }
});

test('the Japanese page shows Japanese names first, the authoritative text, and a note that it is authoritative', async ({
  page,
}) => {
  await page.goto(`/ja${LETTER}`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  const article = page.locator('[lang="en"]', { hasText: text.salutation! }).first();
  await expect(article).toBeVisible();
  const list = (await page.locator('#signatories').innerText()).replace(/\s+/g, ' ');
  expect(list).toMatch(/2\s*団体[^]*25\s*団体[^]*ほか2団体/);
  expect(list.indexOf('イラク戦争の検証を求めるネットワーク')).toBeLessThan(
    list.indexOf('Network for Iraq War inquiry'),
  );
  await page.goto(`/en${LETTER}`);
  const english = (await page.locator('#signatories').innerText()).replace(/\s+/g, ' ');
  expect(english.indexOf('Network for Iraq War inquiry')).toBeLessThan(
    english.indexOf('イラク戦争の検証を求めるネットワーク'),
  );
});

test('every name has a lang attribute', async ({ page }) => {
  for (const locale of ['ja', 'en']) {
    await page.goto(`/${locale}${LETTER}`);
    const unmarked = await page.evaluate(() => {
      const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
      const walker = document.createTreeWalker(
        document.querySelector('main')!,
        NodeFilter.SHOW_TEXT,
      );
      const wrong: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const textOf = node.textContent ?? '';
        if (
          japanese.test(textOf) &&
          node.parentElement?.closest('[lang]')?.getAttribute('lang') !== 'ja'
        )
          wrong.push(textOf);
      }
      return wrong;
    });
    expect(unmarked).toEqual([]);
  }
});

for (const [language, locale] of [
  ['ja-JP', 'ja'],
  ['en-US', 'en'],
  ['fr-FR', 'ja'],
] as const) {
  test(`a browser with the language ${language} is redirected to /${locale}, and the language switch keeps the page`, async ({
    browser,
    product,
  }) => {
    const context = await browser.newContext({ locale: language, baseURL: product.url });
    const page = await context.newPage();
    await page.goto('/');
    await expect(page).toHaveURL(`${product.url}/${locale}`);
    await page.goto(`/${locale}${LETTER}/endorse`);
    const other = locale === 'ja' ? 'en' : 'ja';
    await page.locator(`a[hreflang="${other}"]`).first().click();
    await expect(page).toHaveURL(`${product.url}/${other}${LETTER}/endorse`);
    await context.close();
  });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`what does not exist, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ expectedConsoleErrors: [/404/], javaScriptEnabled });
    test('gets a 404 page in the reader’s language', async ({ page }) => {
      for (const path of [
        '/en/letters/no-such-letter',
        '/ja/letters/no-such-letter',
        '/ja/nowhere',
        '/en/letters/icc-japan-2025/signatories/99',
        '/en/letters/a%01b',
        '/ja/letters/%22%3E%3Cb%3E',
      ]) {
        for (let n = 0; n < 2; n += 1) {
          const response = await page.goto(path);
          expect(response!.status(), path).toBe(404);
          await expect(page.locator('html')).toHaveAttribute('lang', path.slice(1, 3));
          await expect(page.getByRole('heading', { level: 1 })).toHaveText(
            path.startsWith('/ja') ? /見つかりません|ありません/ : /not|nothing|no /i,
          );
          await expect(page.locator('a[hreflang]').first()).toHaveAttribute(
            'href',
            new RegExp(`^/${path.startsWith('/ja') ? 'en' : 'ja'}/(?!missing)`),
          );
        }
      }
    });
  });
}

test('no cookie is set for readers and signatories', async ({ page, context }) => {
  for (const path of ['/en', `/en${LETTER}`, `/ja${LETTER}/endorse`, '/en/privacy'])
    await page.goto(path);
  expect(await context.cookies()).toEqual([]);
});

test('a list with more names than fit on a page continues on further pages, with each name once', async ({
  page,
  product,
}) => {
  const letter = await aLetterIn(product.db, {
    slug: 'long-list',
    texts: { en: someParts({ title: 'A long list' }) },
  });
  await manyEndorsements(product.db, letter, 450, (n) => ({
    name: `Organization ${String(n).padStart(3, '0')}`,
  }));
  const seen: string[] = [];
  for (const path of [
    '/en/letters/long-list',
    '/en/letters/long-list/signatories/2',
    '/en/letters/long-list/signatories/3',
  ]) {
    await page.goto(path);
    seen.push(...((await page.locator('main').innerText()).match(/Organization \d{3}/g) ?? []));
  }
  expect(seen).toEqual(
    Array.from({ length: 450 }, (_, n) => `Organization ${String(n).padStart(3, '0')}`),
  );
});

test('a representative reads what is kept of each kind of data, who sees it and for how long, and who runs the site', async ({
  page,
}) => {
  for (const [locale, words] of [
    [
      'en',
      [
        /kind and time, 30 days later/,
        /6 months after the letter has closed/,
        /Up to 24 hours/,
        /run by Example Foundation, Tokyo/,
      ],
    ],
    [
      'ja',
      [/送信の30日後/, /終了してから6か月後/, /最長24時間/, /運営者：Example Foundation, Tokyo/],
    ],
  ] as const) {
    await page.goto(`/${locale}/privacy`);
    await expect(page.locator('main h3')).toHaveCount(Object.keys(PERSONAL_DATA).length);
    for (const said of words) await expect(page.locator('main')).toContainText(said);
  }
});
