import { expect, test } from '@/tests/support/e2e';
import { aLetterIn } from '@/tests/support/factories';

test.use({ instance: 'untouched' });

const SLUG = 'icc-japan-2025';
const LETTER = `/letters/${SLUG}`;

for (const locale of ['en', 'ja']) {
  test(`a shared link has its letter’s own title, first lines and picture (${locale})`, async ({
    page,
    product,
  }) => {
    await page.goto(`/${locale}${LETTER}`);
    const meta = (name: string) =>
      page
        .locator(`meta[property="${name}"], meta[name="${name}"]`)
        .first()
        .getAttribute('content');
    expect(await meta('og:title')).toContain('Joint Letter to the Japanese Government');
    const description = await meta('og:description');
    expect(description).toBe(await meta('description'));
    expect(await page.locator('article').innerText()).toContain(description!.slice(0, 30));
    expect(await meta('twitter:card')).toBe('summary_large_image');
    const picture = (await meta('og:image'))!;
    expect(picture).toBe(`${product.url}/api${LETTER}/picture.png?language=${locale}`);
    const response = await fetch(picture);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const etag = response.headers.get('etag')!;
    expect((await fetch(picture, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    expect(await page.locator('link[rel="canonical"]').getAttribute('href')).toBe(
      `${product.url}/${locale}${LETTER}`,
    );
    await expect(page.locator('link[rel="alternate"][hreflang="ja"]')).toHaveCount(1);
    await expect(page.locator('link[rel="alternate"][type="application/atom+xml"]')).toHaveCount(1);
    await expect(page.locator('link[rel="apple-touch-icon"]')).toHaveCount(1);
  });
}

test('a shared link to the home page has its title and picture in its language', async ({
  product,
}) => {
  for (const [locale, title] of [
    ['en', 'Joint letters'],
    ['ja', '共同書簡'],
  ]) {
    const html = await (await fetch(`${product.url}/${locale}`)).text();
    expect(html).toContain(`property="og:title" content="${title}"`);
    const [, picture] = /property="og:image" content="([^"]*)"/.exec(html)!;
    expect(picture).toBe(`${product.url}/api/picture.png?language=${locale}`);
    const response = await fetch(picture!);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  }
});

test('a letter that has not opened is in no sitemap or feed and has no picture', async ({
  product,
}) => {
  const letter = await aLetterIn(product.db, { opensAt: new Date(Date.now() + 3_600_000) });
  const text = async (path: string) => (await fetch(`${product.url}${path}`)).text();
  const sitemap = await text('/sitemap.xml');
  const feed = await text('/en/feed.xml');
  expect(sitemap).toContain(`<loc>${product.url}/ja${LETTER}</loc>`);
  expect(sitemap).toContain('hreflang="en"');
  expect(feed).toContain(`<id>${product.url}/en${LETTER}</id>`);
  for (const list of [sitemap, feed]) expect(list).not.toContain(letter.slug);
  for (const path of [
    `/api/letters/${letter.slug}/picture.png`,
    `/en/letters/${letter.slug}/feed.xml`,
  ])
    expect((await fetch(`${product.url}${path}`)).status, path).toBe(404);
  const own = await fetch(`${product.url}/en${LETTER}/feed.xml`);
  expect(own.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  expect(await own.text()).toContain('<title>Open for endorsement</title>');
  const robots = await text('/robots.txt');
  expect(robots).toContain(`Sitemap: ${product.url}/sitemap.xml`);
  expect(robots).toContain('Disallow: /ja/admin');
  expect(robots).not.toContain('Disallow: /api');
});
