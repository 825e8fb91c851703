import { test, signIn } from '../support/e2e.ts';
import { connect } from '../../lib/platform/db/client.ts';
import { readFileSync, writeFileSync } from 'node:fs';
test.use({ bypassCSP: true });
const font = readFileSync('node_modules/@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf').toString('base64');
test('look', async ({ page, product }) => {
  test.setTimeout(200_000);
  void connect;
  const slug = 'icc-japan-2025';
  const letter = await product.db.letter.findUniqueOrThrow({ where: { slug } });
  await product.db.letter.update({ where: { slug }, data: { firstTallyAt: new Date('2025-04-20T00:00:00+09:00'), closesAt: new Date('2027-01-01T00:00:00+09:00'), closesLabelJa: '国会会期末まで', closesLabelEn: 'Before the session ends' } });
  await signIn(page, product);
  await page.goto(`/en/admin/letters/${slug}/delivery`);
  await page.locator('[name="tally"][value="first_tally"]').check();
  await page.locator('[name="addresseeEn"]').fill('Foreign Minister Takeshi Iwaya');
  await page.locator('[name="addresseeJa"]').fill('外務大臣　岩屋　毅　様');
  await page.locator('main form button[type="submit"]').click();
  await page.waitForURL(/done=1/);
  const e = await product.db.endorsement.findFirstOrThrow({ where: { letterId: letter.id, nameEn: 'Association Katawara' } });
  await product.db.endorsement.update({ where: { id: e.id }, data: { state: 'withdrawn', decidedAt: new Date() } });
  const w = await product.db.endorsement.findFirstOrThrow({ where: { letterId: letter.id, visibility: 'withheld' } });
  await product.db.endorsement.update({ where: { id: w.id }, data: { state: 'withdrawn', decidedAt: new Date() } });
  const c = await product.db.coordinator.findFirstOrThrow();
  await product.db.posting.create({ data: { letterId: letter.id, kind: 'reply', date: new Date('2025-05-10'), titleJa: '外務省からの回答', bodyJa: '2025年5月10日、外務省から次の回答がありました。\n\n> 日本は、世界初の常設国際刑事法廷であるICCを一貫して支持しています。\n\n- 回答全文は[こちら](https://example.org/)', titleEn: 'Reply of the Ministry of Foreign Affairs', bodyEn: 'On May 10, the ministry answered.\n\n> Japan supports the ICC.\n', createdById: c.id } });
  await product.db.posting.create({ data: { letterId: letter.id, kind: 'update', date: new Date('2025-05-02'), titleJa: '記者会見を開きました', bodyJa: '4月28日、参議院議員会館で記者会見を開きました。', createdById: c.id } });
  await product.db.posting.create({ data: { letterId: letter.id, kind: 'update', date: new Date('2025-05-01'), titleEn: 'A mistake', bodyEn: 'x', removedAt: new Date(), createdById: c.id } });
  for (const locale of ['ja', 'en']) for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const [name, path] of [['deliver', `admin/letters/${slug}/delivery`], ['updates', `admin/letters/${slug}/updates`], ['public', `letters/${slug}/deliveries/1`]]) {
      await page.goto(`/${locale}/${path}`);
      await page.addStyleTag({ content: `@font-face{font-family:JPX;src:url(data:font/ttf;base64,${font})} *{font-family:'Open Sans',JPX!important}` });
      await page.evaluate(() => document.fonts.ready);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) console.log('WIDE', locale, width, name, wide);
      await page.screenshot({ path: `/tmp/shots/${name}-${locale}-${width}.png`, fullPage: true });
    }
  }
  for (const f of ['letter.pdf', 'deliveries/1/letter.pdf', 'deliveries/1/signatories.csv?language=ja']) {
    const r = await fetch(`${product.url}/api/letters/${slug}/${f}`);
    writeFileSync(`/tmp/shots/${f.replaceAll('/', '_')}`, Buffer.from(await r.arrayBuffer()));
  }
});
