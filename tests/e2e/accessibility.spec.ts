import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { anAddress, expect, fillSignUp, press, signIn, test, type Product } from '../support/e2e.ts';

const LETTER = 'letters/icc-japan-2025';

/** Opens every kind of page there is, by name; those that take a form or a link to get to are led to. */
const pages: Record<string, (page: Page, locale: string, product: Product) => Promise<unknown>> = {
  home: (page, locale) => page.goto(`/${locale}`),
  letter: (page, locale) => page.goto(`/${locale}/${LETTER}`),
  privacy: (page, locale) => page.goto(`/${locale}/privacy`),
  'sign-up': (page, locale) => page.goto(`/${locale}/${LETTER}/endorse`),
  'sign-up with errors': async (page, locale) => {
    await page.goto(`/${locale}/${LETTER}/endorse`);
    await press(page);
    await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible();
  },
  'check your e-mail': (page, locale) => page.goto(`/${locale}/${LETTER}/endorse/check-your-email`),
  confirmation: async (page, locale, product) => {
    const email = anAddress('axe');
    await page.goto(`/${locale}/${LETTER}/endorse`);
    await fillSignUp(page, { nameJa: 'アックス', nameEn: 'Axe', website: 'example.org', representativeName: 'A', representativeRole: 'A', representativeEmail: email });
    await press(page);
    await page.goto((await product.mailTo(email)).links.find((link) => link.includes('/confirm/'))!);
  },
  confirmed: (page, locale) => page.goto(`/${locale}/confirm/done/icc-japan-2025`),
  'a link that does not work': (page, locale) => page.goto(`/${locale}/confirm/unknown`),
  'not found': (page, locale) => page.goto(`/${locale}/letters/no-such-letter`),
  'sign in': (page, locale) => page.goto(`/${locale}/admin/sign-in`),
  'sign-in mail sent': (page, locale) => page.goto(`/${locale}/admin/sign-in/check-your-email`),
  'sign-in link': (page, locale) => page.goto(`/${locale}/admin/sign-in/confirm?token=x&email=x%40example.org`),
  'a coordinator’s letters': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin`);
  },
  'the review': async (page, locale, product) => {
    const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
    const email = anAddress('axe-review');
    await product.db.endorsement.create({
      data: { revision: 1, signedRevision: 1, letterId: letter.id, nameJa: '審査の会', reading: 'しんさのかい', nameEn: 'Review Society', website: 'https://example.net/', country: 'JP', representativeName: 'R', representativeRole: 'R', sortKey: '1', searchText: 'x', email, emailKey: email, language: 'ja', state: 'verified', verifiedAt: new Date() },
    });
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}`);
  },
  'the review of approved entries': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}?state=approved`);
  },
  'an empty review': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}?state=withdrawn&q=nothing`);
  },
};

for (const locale of ['ja', 'en']) {
  for (const [what, open] of Object.entries(pages)) {
    test.describe(`${what}, in ${locale}`, () => {
      test.use({ expectedConsoleErrors: what === 'not found' ? [/404/] : [] });
      test('a reader with impairments meets no barrier that axe knows, on a desk and a phone, by day and by night, and nothing wider than the phone', async ({ page, product }) => {
        await open(page, locale, product);
        for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark']] as const) {
          await page.setViewportSize({ width, height: 844 });
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          // Colours that are still on their way to the other scheme have contrasts that nobody sees for long.
          await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
          const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
          expect(violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      });
    });
  }
}
