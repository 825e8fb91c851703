import { anAddress, expect, fillSignUp, press, test } from '@/tests/support/e2e';
import { DEMONSTRATION_COORDINATOR } from '@/prisma/demonstration/load';

const LETTER = 'letters/icc-japan-2025';

const words = {
  ja: {
    endorse: /この書簡に賛同|賛同する/,
    checkMail: /メール/,
    approve: /承認/,
    next: /審査|確認/,
    heading: /賛同団体/,
    approvedSubject: /./,
  },
  en: {
    endorse: /Endorse/,
    checkMail: /check your e-mail/i,
    approve: /^Approve/,
    next: /coordinators/i,
    heading: /organizations, Japanese alphabetical order/,
    approvedSubject: /./,
  },
};

for (const javaScriptEnabled of [true, false]) {
  for (const locale of ['ja', 'en'] as const) {
    test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript, in ${locale}`, () => {
      test.use({ javaScriptEnabled, locale: locale === 'ja' ? 'ja-JP' : 'en-GB' });

      test('an organization signs and confirms, a coordinator signs in and approves, and the organization appears in the public list at its position', async ({
        page,
        browser,
        product,
      }) => {
        const t = words[locale];
        const unique = anAddress('rep');
        const name = `えひめ平和の輪 ${unique.slice(4, 12)}`;

        // A representative opens the letter and signs.
        await page.goto('/');
        await expect(page).toHaveURL(new RegExp(`/${locale}$`));
        await page.locator(`main a[href$="/${LETTER}"]`).first().click();
        await expect(page.getByRole('heading', { level: 1 })).toContainText(
          'Joint Letter to the Japanese Government',
        );
        await page.locator('main a[href$="/endorse"]:visible').first().click();
        await fillSignUp(page, {
          nameJa: name,
          reading: 'えひめへいわのわ',
          nameEn: `Ehime Peace Circle ${unique.slice(4, 12)}`,
          website: 'https://www.example.org/',
          representativeName: '平和 花子',
          representativeRole: '代表',
          representativeEmail: unique,
        });
        await press(page);
        await expect(page).toHaveURL(new RegExp(`/${locale}/${LETTER}/endorse/check-your-email$`));
        await expect(page.locator('main')).toContainText(t.checkMail);

        // The mail's link shows what will be confirmed; its button confirms.
        const mail = await product.mailTo(unique);
        const link = mail.links.find((address) => address.includes('/confirm/'))!;
        expect(link).toContain(`/${locale}/confirm/`);
        await page.goto(link);
        await expect(page.locator('main')).toContainText(name);
        await press(page);
        await expect(page).toHaveURL(new RegExp(`/${locale}/confirm/done`));
        await expect(page.locator('main')).toContainText(t.next);

        // Nothing is published yet.
        await page.goto(`/${locale}/${LETTER}`);
        await expect(page.locator('#signatories')).not.toContainText(name);

        // A coordinator signs in by mail and approves.
        const desk = await browser.newContext({ javaScriptEnabled, baseURL: product.url });
        const review = await desk.newPage();
        await review.goto(`/${locale}/admin`);
        await expect(review).toHaveURL(new RegExp(`/${locale}/admin/sign-in$`));
        // The coordinator is also told of the entry, perhaps just now.
        const signInMails = async () =>
          (await product.mailsTo(DEMONSTRATION_COORDINATOR)).filter((sent) =>
            sent.links.some((address) => address.includes('sign-in/confirm')),
          );
        const before = (await signInMails()).length;
        await review.locator('[name="email"]').fill(DEMONSTRATION_COORDINATOR);
        await press(review);
        await expect(review).toHaveURL(/check-your-email$/);
        await expect
          .poll(async () => (await signInMails()).length, { timeout: 20_000 })
          .toBeGreaterThan(before);
        const [signInMail] = await signInMails();
        await review.goto(
          signInMail!.links.find((address) => address.includes('sign-in/confirm'))!,
        );
        await press(review);
        await expect(review).toHaveURL(new RegExp(`/${locale}/admin$`));
        await review.goto(
          `/${locale}/admin/${LETTER}/review?q=${encodeURIComponent(unique.slice(4, 12))}`,
        );
        await expect(review.locator('main')).toContainText(unique);
        await review.getByRole('button', { name: t.approve }).first().click();
        await expect(review.getByRole('status').first()).toContainText(unique.slice(4, 12));

        // The next request shows it in the list at its position.
        await page.goto(`/${locale}/${LETTER}`);
        const list = (await page.locator('#signatories').innerText()).replace(/\s+/g, ' ');
        expect(list).toContain(name);
        expect(list.lastIndexOf('イラク戦争')).toBeLessThan(list.lastIndexOf(name));
        expect(list.lastIndexOf(name)).toBeLessThan(list.lastIndexOf('オルター・トレード'));
        await product.mailTo(unique, /is approved|承認しました/);
        await desk.close();
      });
    });
  }
}
