import { expect, signIn, test, anAddress } from '../support/e2e.ts';
import { aLetterIn, someParts } from '../support/factories.ts';
import { derivedFromNames } from '../../lib/endorsement/rules.ts';
import { listSettings } from '../../lib/letter/list-settings.ts';
test('look', async ({ page, product }) => {
  test.setTimeout(180_000);
  const bodyJa = '私たちは、国際刑事裁判所（ICC）の独立を守るために、日本政府に対して行動を求めます。\n\n裁判所は、最も重大な犯罪の責任者を裁く、世界で唯一の常設の国際法廷です。';
  const bodyEn = 'We write as organizations that work for justice and for the rule of law. The Court is under threat of sanctions.\n\nJapan is the largest contributor to the Court, and the home country of its president.';
  const letter = await aLetterIn(product.db, { texts: { en: someParts({ title: 'Joint Letter on the International Criminal Court', body: bodyEn, calls: ['Speak out.', 'Pay on time.'] }), ja: someParts({ title: '国際刑事裁判所に関する共同書簡', dateLine: '2025年4月23日', salutation: '外務大臣 殿', valediction: '敬具', body: bodyJa }) } });
  const emails = [];
  for (let n = 0; n < 4; n += 1) {
    const email = anAddress('look');
    emails.push(email);
    const names = { nameJa: `特定非営利活動法人東京平和の会${n}`, reading: 'とうきょう', nameEn: `Tokyo Peace Group ${n}` };
    await product.db.endorsement.create({ data: { ...names, ...derivedFromNames({ ...names, website: null, signedAt: new Date() }, listSettings({})), letterId: letter.id, revision: 1, signedRevision: 1, country: 'JP', email, emailKey: email, language: n % 2 ? 'ja' : 'en', state: 'approved', proof: n === 3 ? 'attested' : 'email', verifiedAt: new Date() } });
  }
  const set = (language: 'ja' | 'en', data: object) => product.db.letterText.update({ where: { letterId_language: { letterId: letter.id, language } }, data: { ...data, version: { increment: 1 } } });
  await set('en', { body: bodyEn.replace('largest contributor', 'largest single contributor').replace('threat of sanctions', 'threat of far-reaching sanctions'), calls: ['Speak out publicly.', 'Pay on time.', 'Host a conference.'] });
  await set('ja', { body: bodyJa.replace('行動を求めます', '速やかな行動を強く求めます') });
  await signIn(page, product);
  const shoot = async (name: string, path: string) => {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await page.screenshot({ path: `/tmp/rev-shots/${name}-${width}.png`, fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  };
  for (const l of ['ja', 'en']) await shoot(`admin-before-${l}`, `/${l}/admin/letters/${letter.slug}/revisions`);
  await page.locator('[name="kind"][value="substance"]').check();
  await page.locator('[name="reasonJa"]').fill('要請に会議の開催を加えたため。');
  await page.locator('[name="reasonEn"]').fill('A call to host a conference was added.');
  await page.locator('main form button[type="submit"]').first().click();
  await expect(page).toHaveURL(/done=substance/);
  await product.db.affirmation.updateMany({ where: { letterId: letter.id }, data: { askedAt: new Date(Date.now() - 3 * 86_400_000) } });
  for (const l of ['ja', 'en']) {
    await shoot(`admin-after-${l}`, `/${l}/admin/letters/${letter.slug}/revisions?done=substance`);
    await shoot(`public-${l}`, `/${l}/letters/${letter.slug}/revisions`);
    await shoot(`one-${l}`, `/${l}/letters/${letter.slug}/revisions/1`);
  }
  const { writeFileSync } = await import('node:fs');
  for (const [n, l] of [[0, 'en'], [1, 'ja']] as const) {
    const mail = await product.mailTo(emails[n]!);
    writeFileSync(`/tmp/rev-shots/mail-${l}.txt`, `${mail.subject}\n\n${mail.text}`);
    await shoot(`affirm-${l}`, mail.links.find((a) => a.includes('/affirm/'))!);
    await page.setViewportSize({ width: 390, height: 900 });
    await page.setContent(mail.html);
    await page.screenshot({ path: `/tmp/rev-shots/mail-${l}-390.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.screenshot({ path: `/tmp/rev-shots/mail-${l}-1280.png`, fullPage: true });
  }
  await shoot('done-ja', `/ja/affirm/done/${letter.slug}/affirmed`);
});
