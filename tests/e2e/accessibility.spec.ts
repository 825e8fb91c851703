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
import { aLetterIn, anEndorsementIn, anEntryLinkIn, someParts } from '@/tests/support/factories';
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
    roundsAt: [new Date(Date.now() + 86_400_000)],
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
  await deliver(page, letter.slug, 'round-1');
  await db.letterText.update({
    where: { letterId_language: { letterId: letter.id, language: 'en' } },
    data: { body: 'We *demand*.', version: { increment: 1 } },
  });
  await publish(page, letter.slug, 'substance', 'It was too weak.');
  const beta = await approved('Beta', { revision: 2, signedRevision: 2 });
  await db.endorsement.update({ where: { id: beta.id }, data: { delivery: 1 } });
  await approved('Gamma', { revision: 2, signedRevision: 2 });
  const request = newToken();
  await db.reaffirmationLink.updateMany({
    where: { reaffirmation: { endorsementId: alpha!.id } },
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
    await page.locator('main form:not(#account) button[type="submit"]:visible').first().click();
    await expect(page.locator('main [role="alert"]').first()).toBeVisible();
  };

/** Signs an organization up and opens the link in its mail. */
const confirming = async (page: Page, locale: string, product: Product) => {
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
  await page.goto((await product.mailTo(email)).links.find((link) => link.includes('/confirm/'))!);
};

/** The token of a private link to an approved entry. */
async function entryLink({ db }: Product): Promise<string> {
  const letter = await aLetterIn(db);
  const { id } = await anEndorsementIn(db, letter.id, { state: 'approved' });
  return anEntryLinkIn(db, id);
}

/** The token of the link of somebody who is nominated to represent an organization. */
async function nominationLink({ db }: Product): Promise<string> {
  const letter = await aLetterIn(db);
  const { id } = await anEndorsementIn(db, letter.id);
  const { id: nominatedById } = await db.representative.findFirstOrThrow({
    where: { endorsementId: id },
  });
  const token = newToken();
  const email = anAddress('nominee');
  await db.nomination.create({
    data: {
      endorsementId: id,
      nominatedById,
      kind: 'hand_over',
      name: 'A',
      role: 'A',
      email,
      emailKey: email,
      language: 'en',
      tokenHash: hashToken(token),
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  });
  return token;
}

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
  'sign-up under pressure': async (page, locale, product) => {
    const { slug } = await aLetterIn(product.db, { pressure: 'on' });
    await page.goto(`/${locale}/letters/${slug}/endorse`);
    await fillSignUp(page, {
      nameEn: 'Pressed Society',
      website: 'example.org',
      representativeName: 'P',
      representativeRole: 'R',
      representativeEmail: anAddress(),
    });
    await press(page);
    await expect(page.locator('altcha-widget input[type="checkbox"]')).toBeChecked();
  },
  'check your e-mail': (page, locale) => page.goto(`/${locale}/${LETTER}/endorse/check-your-email`),
  confirmation: confirming,
  'correcting a sign-up': async (page, locale, product) => {
    await confirming(page, locale, product);
    await page.locator('main a[href*="/confirm/correct/"]').click();
    await expect(page.locator('[name="representativeName"]')).toBeVisible();
  },
  confirmed: (page, locale) => page.goto(`/${locale}/confirm/done/icc-japan-2025`),
  'a link that does not work': (page, locale) => page.goto(`/${locale}/confirm/unknown`),
  'asking for the link to an entry': (page, locale) => page.goto(`/${locale}/entry`),
  'an organization’s own entry': async (page, locale, product) => {
    await page.goto(`/${locale}/entry/${await entryLink(product)}`);
    await expect(page.locator('#withdraw')).toBeVisible();
    for (const closed of await page.locator('main details > summary').all()) await closed.click();
  },
  'texts and pictures to share': async (page, locale, product) => {
    await page.goto(`/${locale}/entry/share/${await entryLink(product)}`);
    await expect(page.locator('textarea').first()).toBeVisible();
  },
  'changing an entry': async (page, locale, product) => {
    await page.goto(`/${locale}/entry/edit/${await entryLink(product)}`);
    await expect(page.locator('[name="visibility"]').first()).toBeVisible();
  },
  'the representatives of an entry': async (page, locale, product) => {
    await page.goto(`/${locale}/entry/representatives/${await entryLink(product)}`);
    await page.getByRole('radio').last().check();
    await press(page);
    await expect(page.getByRole('alert').first()).toBeVisible();
  },
  'a nomination': async (page, locale, product) => {
    await page.goto(`/${locale}/nomination/${await nominationLink(product)}`);
    await expect(page.locator('#decline')).toBeVisible();
  },
  'not found': (page, locale) => page.goto(`/${locale}/letters/no-such-letter`),
  'sign in': (page, locale) => page.goto(`/${locale}/admin/sign-in`),
  'sign-in mail sent': (page, locale) => page.goto(`/${locale}/admin/sign-in/check-your-email`),
  'sign-in link': (page, locale) => page.goto(`/${locale}/admin/sign-in/confirm?token=x`),
  'a coordinator’s letters': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin`);
  },
  'a letter’s overview': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}`);
    await expect(page.locator('main svg[role="img"]')).toBeVisible();
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
    await page.goto(`/${locale}/admin/${LETTER}/review`);
  },
  'several selected entries': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    for (const nameEn of ['Some Society', 'Some Society'])
      await anEndorsementIn(product.db, letter.id, { nameEn });
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/${letter.slug}/review/batch?all=1`);
    await press(page);
    await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible();
  },
  'several entries to hold': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    await anEndorsementIn(product.db, letter.id, { nameEn: 'Some Society' });
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/${letter.slug}/review/hold?all=1`);
    await press(page);
    await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible();
  },
  'a held entry': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    const { id } = await anEndorsementIn(product.db, letter.id, {
      heldAt: new Date(),
      heldReason: 'A flood.',
    });
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/${letter.slug}/review?entry=${id}`);
    await expect(page.locator('#held')).toBeVisible();
  },
  'the review of what an organization asks for': async (page, locale, product) => {
    const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
    const { id } = await anEndorsementIn(product.db, letter.id, {
      nameEn: 'Asking Society',
      erasureRequestedAt: new Date(),
      proposedChange: {
        create: {
          names: { en: 'Asked Society' },
          website: null,
          visibility: 'withheld',
          proposedAt: new Date(),
        },
      },
    });
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}/review?entry=${id}`);
    await expect(page.locator('#proposed')).toBeVisible();
  },
  'the review of approved entries': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}/review?state=approved`);
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
  'a letter’s settings': ofLived('/settings', true),
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
  'a letter’s people': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}/people`);
  },
  'an invitation without an address': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}/people`);
    await press(page);
    await expect(page.locator('#email-error')).toBeVisible();
  },
  'a letter’s invitees, with a list that has no headings': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}/invitees`);
    await page.locator('[name="list"]').fill('A, B');
    await page.getByRole('button', { name: /Preview|確認へ進む/ }).click();
    await expect(page.locator('#list-error')).toBeVisible();
  },
  'a list of invitees': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/${letter.slug}/invitees`);
    await page.locator('[name="list"]').fill('Organization,Email\nA,a@example.org\nB,b');
    await page.getByRole('button', { name: /Preview|確認へ進む/ }).click();
    await expect(page.locator('main tbody tr')).toHaveCount(2);
  },
  'a letter’s imports, with a list that has no headings': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}/imports`);
    await page.locator('[name="list"]').fill('A, B');
    await page.getByRole('button', { name: /Preview|確認へ進む/ }).click();
    await expect(page.locator('#list-error')).toBeVisible();
  },
  'a list of offline signatories with faults': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/${letter.slug}/imports`);
    await page.locator('[name="list"]').fill('Organization,Country\nA,Japan\nB,Atlantis');
    await page.getByRole('button', { name: /Preview|確認へ進む/ }).click();
    await expect(page.locator('main tbody tr')).toHaveCount(2);
    await page.getByRole('button', { name: /^Import 1|1団体を登録する/ }).click();
    await expect(page.locator('#kind-error')).toBeVisible();
  },
  'vouching for a sign-up, with faults': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    const entry = await anEndorsementIn(product.db, letter.id, { state: 'submitted' });
    await signIn(page, product);
    await page.goto(
      `/${locale}/admin/letters/${letter.slug}/review?state=submitted&entry=${entry.id}&open=vouch`,
    );
    await page.locator('form:has([name="evidence"]) button[type="submit"]').click();
    await expect(page.locator('#evidence-error')).toBeVisible();
  },
  'an attested entry whose address denies it': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    const entry = await anEndorsementIn(product.db, letter.id, { proof: 'attested' });
    await product.db.attestedQuestion.create({
      data: {
        endorsementId: entry.id,
        tokenHash: hashToken(newToken()),
        expiresAt: new Date(Date.now() + 3_600_000),
        answer: 'denied',
        answeredAt: new Date(),
      },
    });
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/${letter.slug}/review?entry=${entry.id}`);
    await page.locator('form:has([name="why"]) button[type="submit"]').click();
    await expect(page.locator('#why-error')).toBeVisible();
  },
  'a link to confirm a sign-up that a coordinator vouches for': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    const entry = await anEndorsementIn(product.db, letter.id, { proof: 'attested' });
    const token = newToken();
    await product.db.verification.create({
      data: {
        endorsementId: entry.id,
        tokenHash: hashToken(token),
        expiresAt: new Date(Date.now() + 3_600_000),
      },
    });
    await page.goto(`/${locale}/confirm/${token}`);
    await expect(page.locator(`main a[href$="/attested/${token}"]`)).toBeVisible();
  },
  'a question to the address of an attested entry': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    const entry = await anEndorsementIn(product.db, letter.id, { proof: 'attested' });
    const token = newToken();
    await product.db.attestedQuestion.create({
      data: {
        endorsementId: entry.id,
        tokenHash: hashToken(token),
        expiresAt: new Date(Date.now() + 3_600_000),
      },
    });
    await page.goto(`/${locale}/attested/${token}`);
    await expect(page.locator('main form:not(#account)')).toHaveCount(2);
  },
  'a letter’s contacts': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}/contacts`);
  },
  'all coordinators': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/people`);
  },
  'a letter’s updates': ofLived('/updates', true),
  'a letter’s mailings, with one that has no words': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}/mailings`);
    await page.getByRole('button', { name: /Continue to the preview|プレビューへ進む/ }).click();
    await expect(page.locator('#titleJa-error')).toBeVisible();
  },
  'the draft of a mailing': async (page, locale, product) => {
    const letter = await aLetterIn(product.db);
    const mailing = await product.db.mailing.create({
      data: {
        letter: { connect: { id: letter.id } },
        createdBy: { create: { email: anAddress('owner') } },
        audience: { states: ['approved'], countries: [], languages: [], categories: [] },
        texts: { create: { language: 'en', title: 'News', body: 'We were heard.' } },
      },
    });
    await signIn(page, product);
    await page.goto(`/${locale}/admin/letters/${letter.slug}/mailings/${mailing.id}`);
    await expect(page.locator('iframe')).toHaveCount(1);
  },
  'an update without words': sent('/updates', async () => {}),
  'an empty review': async (page, locale, product) => {
    await signIn(page, product);
    await page.goto(`/${locale}/admin/${LETTER}/review?state=withdrawn&q=nothing`);
  },
};

for (const [index, [what, open]] of Object.entries(pages).entries()) {
  test.describe(what, () => {
    test.use({ expectedConsoleErrors: what === 'not found' ? [/404/] : [] });
    test('has no axe violations in either language and colour scheme, and does not overflow a phone’s screen', async ({
      page,
      product,
    }) => {
      for (const locale of ['ja', 'en']) {
        // Every page in both languages, sizes and colour schemes, each once: what a size or a scheme
        // breaks, it breaks in either language.
        const isPhone = (index % 2 === 0) === (locale === 'ja');
        const [width, colorScheme] = isPhone
          ? ([390, 'dark'] as const)
          : ([1280, 'light'] as const);
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
          // No page has frames: the other mode opens a page more to collect theirs.
          .setLegacyMode()
          // Details of what passed, of every element, would take most of the time.
          .options({ resultTypes: ['violations'] })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        expect(
          violations.map(
            (violation) =>
              `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
          ),
          `${locale}, ${width} px, ${colorScheme}`,
        ).toEqual([]);
        await page.setViewportSize({ width: 390, height: 844 });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, locale).toBeLessThanOrEqual(0);
      }
    });
  });
}
