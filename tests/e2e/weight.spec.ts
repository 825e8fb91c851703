import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/support/e2e';
import { aLetterIn, someParts } from '@/tests/support/factories';

test.use({ instance: 'untouched' });

/** The scripts and fonts that a page requests, with their compressed sizes. */
async function weigh(page: Page, path: string) {
  const finished: Promise<{ type: string; bytes: number; name: string }>[] = [];
  page.on('requestfinished', (request) => {
    const type = request.resourceType();
    if (type === 'script' || type === 'font')
      finished.push(
        request.sizes().then(({ responseBodySize }) => ({
          type,
          bytes: responseBodySize,
          name: new URL(request.url()).pathname.split('/').pop()!,
        })),
      );
  });
  await page.goto(path);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  page.removeAllListeners('requestfinished');
  const all = await Promise.all(finished);
  const scripts = all.filter(({ type }) => type === 'script');
  return {
    scripts: scripts.length,
    scriptBytes: scripts.reduce((sum, { bytes }) => sum + bytes, 0),
    fonts: all.filter(({ type }) => type === 'font').map(({ name }) => name),
    list: scripts.map(({ bytes, name }) => `${bytes} ${name}`),
  };
}

// What Next and React load by themselves is about 135 kB; everything of ours has to fit beside it.
const SCRIPT_BYTES = 140_000;

test('readers of a letter load little: few scripts, and a font only for text in English', async ({
  browser,
  product,
}) => {
  const { slug } = await aLetterIn(product.db, {
    texts: {
      ja: someParts({ title: '共同書簡', subject: 'ICCへの支援についての要望' }),
      en: someParts(),
    },
    authoritativeLanguage: 'ja',
  });
  for (const [locale, fonts] of [
    ['ja', []],
    ['en', [expect.stringContaining('latin-wght-normal')]],
  ] as const) {
    // A context of its own, so that nothing comes from the browser's cache.
    const context = await browser.newContext();
    const page = await context.newPage();
    const weight = await weigh(page, `${product.url}/${locale}/letters/${slug}`);
    await context.close();
    expect(weight.fonts).toEqual(fonts);
    expect(weight.scripts).toBeLessThanOrEqual(10);
    expect(weight.scriptBytes, weight.list.join('\n')).toBeLessThan(SCRIPT_BYTES);
  }
});
