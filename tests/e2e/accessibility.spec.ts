import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { hashToken, newToken } from '@/lib/platform/tokens';
import {
  anAddress,
  expect,
  fillSignUp,
  press,
  signIn,
  test,
  type Product,
} from '@/tests/support/e2e';
import { aLetterIn, anEndorsementIn, someParts } from '@/tests/support/factories';
import { deliver, publish } from '@/tests/support/admin';

const LETTER = 'letters/icc-japan-2025';

/**
 * A letter with all kinds of content, created once per server: its path, and an open reaffirmation
 * token.
 */
const lived = new Map<Product, Promise<{ path: string; request: string }>>();

async function aLetterThatLived(
  page: Page,
  product: Product,
): Promise<{ path: string; request: string }> {
  await signIn(page, product);
  const { db } = product;
  const texts = {
    ja: someParts({ title: '書簡', subject: '件名', body: '私たちは**要請**します。' }),
    en: someParts({ title: 'A letter', body: 'We *ask*.' }),
  };
  const letter = await aLetterIn(db, {
    texts,
    firstTallyAt: new Date(Date.now() + 86_400_000),
    closesAt: new Date(Date.now() + 30 * 86_400_000),
    finalLabel: { ja: '最終締切', en: 'Last call' },
  });
  const approved = (nameEn: string, over: Parameters<typeof anEndorsementIn>[2] = {}) =>
    anEndorsementIn(db, letter.id, { nameEn, state: 'approved', ...over });
  const [alpha] = [
    await approved('Alpha', { coordinating: true, pin: 1 }),
    await approved('Secret', { visibility: 'withheld' }),
    await approved('Vouched', { proof: 'attested' }),
  ];
  await deliver(page, letter.slug, 'first_tally');
  await db.letterText.update({
    where: { letterId_language: { letterId: letter.id, language: 'en' } },
    data: { body: 'We *demand*.', version: { increment: 1 } },
  });
  await publish(page, letter.slug, 'substance', 'It was too weak.');
  const beta = await approved('Beta', { revision: 2, signedRevision: 2 });
  await db.endorsement.update({ where: { id: beta.id }, data: { delivery: 1 } });
  await approved('Gamma', { revision: 2, signedRevision: 2 });
  const request = newToken();
  await db.reaffirmation.updateMany({
    where: { endorsementId: alpha!.id },
    data: { tokenHash: hashToken(request) },
  });
  const { id: createdById } = await db.coordinator.findFirstOrThrow({
    where: { email: 'coordinator@example.org' },
  });
  for (const kind of ['reply', 'update'] as const) {
    await db.update.create({
      data: {
        letterId: letter.id,
        kind,
        date: new Date('2026-01-02'),
        texts: { create: { language: 'ja', title: '回答', body: '- 一\n- 二' } },
        createdById,
      },
    });
  }
  return { path: `letters/${letter.slug}`, request };
}

/** Opens a page of that letter. */
const ofLived =
  (below: string, admin = false) =>
  async (page: Page, locale: string, product: Product) => {
    if (!lived.has(product)) lived.set(product, aLetterThatLived(page, product));
    const { path } = await lived.get(product)!;
    if (admin) await signIn(page, product);
    await page.goto(`/${locale}/${admin ? 'admin/' : ''}${path}${below}`);
  };

/** Opens an admin page of a letter and submits its first form, optionally after `fill`. */
const sent =
  (below: string, fill: (page: Page) => Promise<unknown>) =>
  async (page: Page, locale: string, product: Product) => {
    await ofLived(below, true)(page, locale, product);
    await fill(page);
    await page.locator('main form button[type="submit"]').first().click();
    await expect(page.locator('main [role="alert"]').first()).toBeVisible();
  };

/** Opens every kind of page by name, including those that require a form or a link. */
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
    await fillSignUp(page, {
      nameJa: 'アックス',
      nameEn: 'Axe',
      website: 'example.org',
      representativeName: 'A',
      representativeRole: 'A',
      representativeEmail: email,
    });
    await press(page);
    await page.goto(
      (await product.mailTo(email)).links.find((link) => link.includes('/confirm/'))!,
    );
  },
  confirmed: (page, locale) => page.goto(`/${locale}/confirm/done/icc-japan-2025`),
  'a link that does not work': (page, locale) => page.goto(`/${locale}/confirm/unknown`),
  'not found': (page, locale) => page.goto(`/${locale}/letters/no-such-letter`),
  'sign in': (page, locale) => page.goto(`/${locale}/admin/sign-in`),
  'sign-in mail sent': (page, locale) => page.goto(`/${locale}/admin/sign-in/check-your-email`),
  'sign-in link': (page, locale) => page.goto(`/${locale}/admin/sign-in/confirm?token=x`),
  'a coordinator’s letters': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin`);
  },
  'the review': async (page, locale, product) => {
    const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
    await anEndorsementIn(product.db, letter.id, {
      nameJa: '審査の会',
      reading: 'しんさのかい',
      nameEn: 'Review Society',
      website: 'https://example.net/',
      email: anAddress('axe-review'),
    });
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}`);
  },
  'the review of approved entries': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}?state=approved`);
  },
  'a letter that lived': ofLived(''),
  'its revisions': ofLived('/revisions'),
  'one of its revisions': ofLived('/revisions/1'),
  'its delivery': ofLived('/deliveries/1'),
  'a search in its list': ofLived('/signatories/search?q=a'),
  'a request whether to affirm': async (page, locale, product) => {
    await ofLived('')(page, locale, product);
    await page.goto(`/${locale}/reaffirm/${(await lived.get(product)!).request}`);
    await expect(page.locator('main button')).toHaveCount(2);
  },
  'an answer to it': async (page, locale, product) => {
    await ofLived('')(page, locale, product);
    await page.goto(
      `/${locale}/reaffirm/done/${(await lived.get(product)!).path.split('/')[1]}/affirmed`,
    );
  },
  'a draft that is shown to partners': async (page, locale, product) => {
    const token = newToken();
    const letter = await aLetterIn(product.db, { opensAt: null });
    const { id } = await product.db.coordinator.findFirstOrThrow({
      where: { email: 'coordinator@example.org' },
    });
    await product.db.draftLink.create({
      data: {
        letterId: letter.id,
        tokenHash: hashToken(token),
        label: 'Partners',
        createdById: id,
        expiresAt: new Date(Date.now() + 86_400_000),
      },
    });
    await page.goto(`/${locale}/drafts/${token}`);
    await expect(page.locator('main h1')).toBeVisible();
  },
  'a new letter': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/new`);
  },
  'a new letter without a title': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/new`);
    await press(page);
    await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible();
  },
  'a letter’s text': ofLived('/text?language=ja', true),
  'a letter’s text that cannot be saved': sent('/text?language=ja', (page) =>
    page.locator('[name="title"]').fill(''),
  ),
  'a save of its text': ofLived('/text?language=en&save=1', true),
  'publishing and who has answered': ofLived('/revisions', true),
  'publishing without a kind': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    await product.db.letterText.updateMany({
      where: { letterId: letter.id },
      data: { body: 'Other.', version: { increment: 1 } },
    });
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/${letter.slug}/revisions`);
    await press(page);
    await expect(page.locator('main [role="alert"]').first()).toBeVisible();
  },
  'a letter’s times': ofLived('/times', true),
  'times that do not fit': sent('/times', (page) =>
    page.locator('[name="closesOn"]').fill('2001-01-01'),
  ),
  'a letter’s list': ofLived('/signatories', true),
  'a list’s settings with a mistake': sent('/signatories', (page) =>
    page.locator('[name="pageSize"]').fill('1'),
  ),
  'a letter’s delivery': ofLived('/deliveries', true),
  'a delivery without a tally': sent('/deliveries', (page) =>
    page.locator('[name="addresseeEn"]').fill(''),
  ),
  'a letter’s updates': ofLived('/updates', true),
  'an update without words': sent('/updates', async () => {}),
  'an empty review': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}?state=withdrawn&q=nothing`);
  },
};

for (const locale of ['ja', 'en']) {
  for (const [index, [what, open]] of Object.entries(pages).entries()) {
    // Every page in both languages, sizes and colour schemes, each once: what a size or a scheme
    // breaks, it breaks in either language.
    const isPhone = (index % 2 === 0) === (locale === 'ja');
    const [width, colorScheme] = isPhone ? ([390, 'dark'] as const) : ([1280, 'light'] as const);
    test.describe(`${what}, in ${locale}`, () => {
      test.use({ expectedConsoleErrors: what === 'not found' ? [/404/] : [] });
      test(`has no axe violations ${isPhone ? 'on a phone in dark mode' : 'on a desktop in light mode'}, and does not overflow a phone’s screen`, async ({
        page,
        product,
      }) => {
        await open(page, locale, product);
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        // Contrasts during the transition between colour schemes are irrelevant.
        await page.evaluate(() => {
          const moving = document
            .getAnimations()
            .filter(({ effect }) => (effect as KeyframeEffect).target?.checkVisibility());
          return Promise.allSettled(moving.map(({ finished }) => finished));
        });
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        expect(
          violations.map(
            (violation) =>
              `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
          ),
        ).toEqual([]);
        await page.setViewportSize({ width: 390, height: 844 });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      });
    });
  }
}
