import { anAddress, expect, fillSignUp, press, signIn, test } from '@/tests/support/e2e';
import { deliver } from '@/tests/support/admin';
import { aLetterIn, anEndorsementIn, someParts } from '@/tests/support/factories';

import { pdfText } from '@/tests/support/pdf-text';
import { paragraph, run, wordFile } from '@/tests/support/word-file';
import { wordLines } from '@/tests/support/word-text';

/** Text without white space, which PDF readers insert and omit between letters. */
const dense = (text: string) => text.replace(/\s+/gu, '');
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const document = () =>
  wordFile({
    body:
      paragraph('Joint letter on names', '<w:pStyle w:val="Title"/>') +
      paragraph(
        run('Since 2019') +
          '<w:r><w:footnoteReference w:id="2"/></w:r>' +
          '<w:del w:id="1" w:author="A"><w:r><w:delText> the liars</w:delText></w:r></w:del>' +
          run(' we ask for ') +
          run('names', '<w:b/>') +
          run('.'),
      ),
    styles: '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>',
    footnotes: `<w:footnote w:id="2">${paragraph('A source.')}</w:footnote>`,
  });
const BODY = 'Since 2019[^1] we ask for **names**.\n\n[^1]: A source.';
const attached = (name: string, buffer: Buffer) => ({ name, mimeType: TYPE, buffer });

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('an owner opens a Word file into the form: nothing typed is lost, what was left out is said, and nothing is saved before it is', async ({
      page,
      product,
    }) => {
      const letter = await aLetterIn(product.db, { texts: { en: someParts({ body: 'Before.' }) } });
      await signIn(page, product);
      await page.goto(`/en/admin/letters/${letter.slug}/text`);
      await page.locator('summary', { hasText: 'Open a Word document' }).click();
      await page.locator('[name="closing"]').fill('Typed and not saved.');
      const open = page.getByRole('button', { name: 'Open document' });

      // A PDF by another name.
      await page
        .locator('[name="wordFile"]')
        .setInputFiles(attached('letter.docx', Buffer.from('%PDF-1.7\n')));
      await open.click();
      await expect(page.getByRole('alert').first()).toContainText('The document was not opened.');
      await expect(page.locator('main')).toContainText('This is a PDF.');
      await expect(page.locator('[name="closing"]')).toHaveValue('Typed and not saved.');

      // Chosen, but Save is pressed.
      await page
        .locator('[name="wordFile"]')
        .setInputFiles(attached('letter.docx', await document()));
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.locator('main')).toContainText('You chose a document but did not open it');
      await expect(page.locator('[name="closing"]')).toHaveValue('Typed and not saved.');

      await page
        .locator('[name="wordFile"]')
        .setInputFiles(attached('Entwurf 案.docx', await document()));
      await open.click();
      const note = page.getByRole('status').filter({ hasText: '“Entwurf 案.docx” is open' });
      await expect(note).toContainText('Its text stands after what was in the body already.');
      await expect(note).toContainText('A passage that was marked as deleted was left out.');
      await expect(page.locator('[name="body"]')).toHaveValue(
        `Before.\n\n**Joint letter on names**\n\n${BODY}`,
      );
      await expect(page.locator('[name="closing"]')).toHaveValue('Typed and not saved.');

      const where = { letterId: letter.id };
      expect((await product.db.letterText.findFirstOrThrow({ where })).body).toBe('Before.');
      await page.locator('summary', { hasText: 'Open a Word document' }).click();
      await page
        .locator('[name="wordFile"]')
        .setInputFiles(attached('letter.docx', await document()));
      await page.locator('[name="title"]').fill('');
      await page.locator('[name="replaceBody"]').check();
      await open.click();
      await expect(page.locator('[name="title"]')).toHaveValue('Joint letter on names');
      await expect(page.locator('[name="body"]')).toHaveValue(BODY);
      // The Enter key saves rather than opens.
      await page.locator('[name="dateLine"]').press('Enter');
      await expect(page).toHaveURL(/notice=saved$/);
      expect(await product.db.letterText.findFirstOrThrow({ where })).toMatchObject({
        title: 'Joint letter on names',
        body: BODY,
        closing: 'Typed and not saved.',
      });
    });
  });
}

/** Names in fourteen scripts; those in a row of letters come out of a PDF as they went in. */
const IN_A_ROW = [
  'Ægir & Łódź Group™',
  '참여연대',
  '中国维权律师组织',
  '台灣人權促進會',
  'Δικαιώματα του Ανθρώπου',
  'Правозащитный центр',
  'ადამიანის უფლებები',
  'Մարդու իրավունքներ',
  'ሰብዓዊ መብት',
];
const JOINED = [
  'منظمة العفو الدولية',
  'שלום עכשיו',
  'मानव अधिकार संगठन',
  'มูลนิธิสิทธิมนุษยชน',
  'សិទ្ធិមនុស្ស',
];
const JAPANESE = '人権ひろば～ナウ';

test('a coordinator makes a letter from a Word file, organizations sign it in fourteen scripts, and the PDF and Word file delivered hold every name as typed', async ({
  page,
  product,
}) => {
  test.setTimeout(180_000);
  const owner = await product.db.coordinator.create({ data: { email: anAddress('owner') } });
  await signIn(page, product, owner.email);
  await page.goto('/en/admin/letters/new');
  await page.locator('[name="titleEn"]').fill('Joint letter on names');
  await page.locator('[name="authoritativeLanguage"]').selectOption('en');
  await page.locator('[name="newSlug"]').fill('names-in-scripts');
  await page.locator('main form:not(#account) button[type="submit"]').last().click();
  await expect(page).toHaveURL(/\/names-in-scripts\/text/);
  const summary = page.locator('summary', { hasText: 'Open a Word document' });
  if (!(await page.locator('[name="wordFile"]').isVisible())) await summary.click();
  await page.locator('[name="wordFile"]').setInputFiles(attached('letter.docx', await document()));
  await page.getByRole('button', { name: 'Open document' }).click();
  await expect(page.locator('[name="body"]')).toHaveValue(BODY);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/notice=saved$/);
  await page.goto('/en/admin/letters/names-in-scripts/revisions');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page).toHaveURL(/notice=first/);
  await page.goto('/en/admin/letters/names-in-scripts/times');
  await page.locator('[name="opening"][value="now"]').check();
  await page.getByRole('button', { name: 'Save the times' }).click();
  await expect(page.getByRole('status').first()).toContainText('The letter is open.');

  const { id } = await product.db.letter.findUniqueOrThrow({
    where: { slug: 'names-in-scripts' },
  });
  for (const name of [...IN_A_ROW, ...JOINED])
    await anEndorsementIn(product.db, id, {
      nameJa: null,
      reading: null,
      nameEn: name,
      state: 'approved',
    });
  await anEndorsementIn(product.db, id, {
    nameEn: 'Unnamed',
    visibility: 'withheld',
    state: 'approved',
  });
  const email = anAddress('rep');
  await page.goto('/ja/letters/names-in-scripts/endorse');
  await fillSignUp(page, {
    name: JAPANESE,
    reading: 'じんけんひろばなう',
    website: 'https://www.example.org/',
    representativeName: '平和 花子',
    representativeRole: '代表',
    representativeEmail: email,
  });
  await press(page);
  const { links } = await product.mailTo(email);
  await page.goto(links.find((address) => address.includes('/confirm/'))!);
  await press(page);
  await expect(page).toHaveURL(/\/confirm\/done/);
  await page.goto('/en/admin/letters/names-in-scripts/review');
  await page.getByRole('button', { name: /^Approve/ }).click();
  await expect(page.getByRole('status').first()).toContainText(JAPANESE);
  await deliver(page, 'names-in-scripts', 'final');

  const fetched = async (file: string) =>
    new Uint8Array(
      await (
        await fetch(`${product.url}/api/letters/names-in-scripts/deliveries/1/${file}`)
      ).arrayBuffer(),
    );
  const lines = await wordLines(await fetched('letter.docx'));
  for (const name of [...IN_A_ROW, ...JOINED, JAPANESE]) expect(lines).toContain(name);
  expect(lines).toContain('1 other organization');
  expect(lines.join()).not.toContain('Unnamed');
  const printed = dense((await pdfText(await fetched('letter.pdf'))).pages.join('')).normalize(
    'NFC',
  );
  for (const name of [...IN_A_ROW, JAPANESE]) expect(printed).toContain(dense(name));
  // Of letters that are joined or stacked a PDF holds shapes (ADR 30): each is there, none is 〓.
  for (const letter of JOINED.join('').replace(/\s/g, '')) expect(printed).toContain(letter);
  expect(printed).not.toContain('〓');

  // Both are offered where the delivery is shown.
  await page.goto('/en/letters/names-in-scripts');
  await expect(page.locator('#deliveries').getByRole('link', { name: 'Word' })).toHaveAttribute(
    'href',
    /deliveries\/1\/letter\.docx\?language=en$/,
  );
});
