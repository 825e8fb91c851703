import { expect, signIn, test } from '../support/e2e.ts';
import { aLetterIn, someParts } from '../support/factories.ts';

const ja = someParts({
  title: '気候危機に関する共同書簡:', subject: '温室効果ガスの削減目標の引き上げを求める要請', dateLine: '2026年12月1日', addressee: '外務大臣\n山田太郎 様', salutation: '拝啓',
  body: '私たちは、気候危機の深刻さを憂慮する市民団体です。\n\n第二段落では、**重要な点**と[資料](https://example.org/)を示します。第二段落では、重要な点と資料を示します。',
  callsIntro: '私たちは日本政府に次のことを求めます。', calls: ['削減目標を引き上げること。', '化石燃料への補助を終えること。'], closing: '速やかな対応をお願いします。', valediction: '敬具',
});
const en = someParts({ title: 'Joint letter on the climate crisis:', subject: 'Request for higher targets', addressee: 'The Minister for Foreign Affairs\nTokyo', body: 'We are civil society organizations.\n\nA second paragraph with **weight** and [a link](https://example.org/).', callsIntro: 'We call on the government to:', calls: ['raise its target;', 'end subsidies.'], closing: 'We look forward to your answer.' });

for (const locale of ['ja', 'en'] as const) {
  for (const width of [390, 1280]) {
    test(`look ${locale} ${width}`, async ({ page, product }) => {
      await page.setViewportSize({ width, height: 900 });
      await signIn(page, product);
      const letter = await aLetterIn(product.db, { opensAt: null, texts: { ja, en }, authoritativeLanguage: 'ja' });
      const at = `/${locale}/admin/letters/${letter.slug}/text?language=${locale}`;
      const shot = (name: string) => page.screenshot({ path: `/tmp/shots/${name}-${locale}-${width}.png`, fullPage: true });
      await page.goto(`/${locale}/admin`);
      await shot('home');
      await page.goto(`/${locale}/admin/letters/new`);
      await page.locator('[name="titleJa"]').fill('気候危機に関する共同書簡');
      await expect(page.locator('main [role="status"] b')).toBeVisible({ timeout: 15_000 });
      await shot('new');
      await page.goto(at);
      await shot('text');
      await page.locator('[name="body"]').fill('x '.repeat(30_000) + 'x');
      await page.locator('form:has([name="salutation"]) button[type="submit"]').click();
      await expect(page.locator('#body-error')).toBeVisible();
      await page.locator('[name="body"]').fill('short');
      const other = { ...(locale === 'ja' ? ja : en) };
      await product.db.letterText.update({ where: { letterId_language: { letterId: letter.id, language: locale } }, data: { version: 2, body: `${other.body}\n\nAdded 追加.`, closing: 'Changed 変更' } });
      await product.db.textSave.create({ data: { letterId: letter.id, language: locale, version: 2, parts: { ...other, body: `${other.body}\n\nAdded 追加.`, closing: 'Changed 変更' } } });
      await page.locator('form:has([name="salutation"]) button[type="submit"]').click();
      await expect(page.locator('main ins').first()).toBeVisible();
      await shot('conflict');
      await page.goto(at);
      await page.locator('[name="label"]').fill('Partner');
      await page.locator('form:has([name="days"]) button[type="submit"]').click();
      const link = await page.locator('main [role="status"] .font-mono').innerText();
      await shot('link');
      await page.goto(`${at}&save=1`);
      await shot('save');
      await page.goto(link.trim());
      await shot('draft');
    });
  }
}
