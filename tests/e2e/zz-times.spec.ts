import { signIn, test } from '../support/e2e.ts';
import { aLetterIn } from '../support/factories.ts';
test.use({ bypassCSP: true });
for (const width of [390, 1280]) test(`shots ja ${width}`, async ({ page, product }) => {
  await page.setViewportSize({ width, height: 900 });
  await signIn(page, product);
  const draft = await aLetterIn(product.db);
  await product.db.letter.update({ where: { id: draft.id }, data: { opensAt: null } });
  await product.db.letter.updateMany({ where: { slug: 'icc-japan-2025' }, data: { firstTallyAt: new Date(Date.now() + 3 * 864e5), closesAt: new Date('2027-05-01T00:00:00+09:00') } });
  await product.db.endorsement.updateMany({ where: { nameEn: 'Human Rights Now' }, data: { pin: 1 } });
  await product.db.endorsement.updateMany({ where: { nameEn: 'Human Rights Watch' }, data: { pin: 2 } });
  await page.route('**/jp.ttf', (route) => route.fulfill({ path: 'node_modules/@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf' }));
  for (const [name, path] of [['times', 'icc-japan-2025/times'], ['draft', `${draft.slug}/times`], ['list', 'icc-japan-2025/list']] as const) {
    await page.goto(`/ja/admin/letters/${path}`);
    await page.addStyleTag({ content: '@font-face{font-family:jp;src:url(/jp.ttf)} *{font-family: jp !important}' });
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(800);
    await page.screenshot({ path: `/tmp/shot-${name}-ja-${width}.png`, fullPage: true });
  }
});
