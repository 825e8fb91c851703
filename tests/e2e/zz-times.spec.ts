import { signIn, test } from '../support/e2e.ts';
import { aLetterIn } from '../support/factories.ts';
for (const locale of ['ja', 'en']) for (const width of [390, 1280]) test(`shots ${locale} ${width}`, async ({ page, product }) => {
  await page.setViewportSize({ width, height: 900 });
  await signIn(page, product);
  const draft = await aLetterIn(product.db);
  await product.db.letter.update({ where: { id: draft.id }, data: { opensAt: null } });
  await product.db.letter.updateMany({ where: { slug: 'icc-japan-2025' }, data: { firstTallyAt: new Date(Date.now() + 3 * 864e5), closesAt: new Date('2027-05-01T00:00:00+09:00') } });
  for (const [name, path] of [['times', 'icc-japan-2025/times'], ['draft', `${draft.slug}/times`], ['list', 'icc-japan-2025/list']] as const) {
    await page.goto(`/${locale}/admin/letters/${path}`);
    await page.screenshot({ path: `/tmp/shot-${name}-${locale}-${width}.png`, fullPage: true });
  }
});
