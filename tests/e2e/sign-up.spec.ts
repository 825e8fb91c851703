import { anAddress, expect, fillSignUp, press, test } from '@/tests/support/e2e';
import { anEndorsementIn } from '@/tests/support/factories';

const FORM = '/letters/icc-japan-2025/endorse';
const typed = {
  nameJa: '非常に平和な会',
  reading: '',
  nameEn: '平和',
  website: 'nowhere',
  representativeName: 'H',
  representativeRole: 'R <b>"&',
  representativeEmail: 'not-an-address',
};

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('invalid input shows an error beside each field and keeps all values', async ({
      page,
    }) => {
      for (const [locale, words] of [
        ['en', /kana/],
        ['ja', /かな|ふりがな/],
      ] as const) {
        await page.goto(`/${locale}${FORM}`);
        await page
          .locator('form')
          .first()
          .evaluate((form: HTMLFormElement) => (form.noValidate = true))
          .catch(() => {});
        await fillSignUp(page, typed, { visibility: 'withheld', agree: false });
        await page.locator('[name="mayEndorse"]').check();
        await press(page);
        await expect(page).toHaveURL(new RegExp(`/${locale}${FORM}$`));
        for (const field of [
          'reading',
          'nameEn',
          'website',
          'representativeEmail',
          'privacyConsent',
        ]) {
          const input = page.locator(`[name="${field}"]`).first();
          await expect(input, field).toHaveAttribute('aria-invalid', 'true');
          const described = (await input.getAttribute('aria-describedby'))!.split(' ');
          const texts = await Promise.all(
            described.map((id) => page.locator(`[id="${id}"]`).innerText()),
          );
          expect(texts.join(' ').length, field).toBeGreaterThan(5);
        }
        // Errors are also listed above the form, in field order.
        const links = page.locator('main [role="alert"] li a');
        expect(
          await links.evaluateAll((all) => all.map((link) => link.getAttribute('href'))),
        ).toEqual(['#reading', '#nameEn', '#website', '#representativeEmail', '#privacyConsent']);
        await expect(page).toHaveTitle(locale === 'en' ? /^Error/ : /^エラー：/);
        await expect(page.locator('main')).toContainText(words);
        for (const [name, value] of Object.entries(typed))
          await expect(page.locator(`[name="${name}"]`)).toHaveValue(value);
        await expect(page.locator('[name="country"]')).toHaveValue('JP');
        await expect(page.locator('[name="visibility"][value="withheld"]')).toBeChecked();
        await expect(page.locator('[name="mayEndorse"]')).toBeChecked();
        await expect(page.locator('[name="privacyConsent"]')).not.toBeChecked();
      }
    });

    test('a letter that closes while the form is being filled in shows an error and keeps all values', async ({
      page,
      product,
    }) => {
      await page.goto(`/en${FORM}`);
      const good = {
        nameEn: 'Late Society',
        website: 'example.org',
        representativeName: 'L',
        representativeRole: 'Late',
        representativeEmail: anAddress(),
      };
      await fillSignUp(page, good);
      await product.db.letter.update({
        where: { slug: 'icc-japan-2025' },
        data: { closesAt: new Date(Date.now() - 1_000) },
      });
      try {
        await press(page);
        await expect(page.locator('main')).toContainText(/closed to new endorsements/);
        for (const [name, value] of Object.entries(good))
          await expect(page.locator(`[name="${name}"]`)).toHaveValue(value);
      } finally {
        await product.db.letter.update({
          where: { slug: 'icc-japan-2025' },
          data: { closesAt: null },
        });
      }
    });

    test('a representative sees what pasting brought along taken out before it is sent, and signs with an official name in any script', async ({
      page,
      product,
    }) => {
      const address = anAddress();
      await page.goto(`/ja${FORM}`);
      await fillSignUp(page, {
        name: '\u2067참여연대\u2069',
        nameEn: 'PSPD™',
        website: 'なし',
        representativeName: 'L´Auberge',
        representativeRole: '事務局長',
        representativeEmail: `mailto:${address}`,
      });
      await page.locator('[name="country"]').selectOption('KR');
      await press(page);
      await expect(page).toHaveURL(new RegExp(`${FORM}$`));
      await expect(page.locator('main [role="alert"]').first()).toContainText('整えた項目');
      const links = page.locator('main [role="alert"] li a');
      expect(
        await links.evaluateAll((all) => all.map((link) => link.getAttribute('href'))),
      ).toEqual(['#name', '#website', '#representativeEmail']);
      await expect(page.locator('[name="name"]')).toHaveValue('참여연대');
      await expect(page.locator('[name="website"]')).toHaveValue('');
      await expect(page.locator('[name="representativeEmail"]')).toHaveValue(address);
      expect(await product.db.mail.count({ where: { to: address } })).toBe(0);

      await press(page);
      await expect(page).toHaveURL(/check-your-email/);
      const { representatives, names, website } = await product.db.endorsement.findFirstOrThrow({
        where: { contact: { email: address } },
        include: { names: { orderBy: { language: 'asc' } }, representatives: true },
      });
      expect(names).toMatchObject([
        { language: 'en', name: 'PSPD™' },
        { language: 'ko', name: '참여연대' },
      ]);
      expect(website).toBeNull();
      expect(representatives[0]!.name).toBe('L´Auberge');
    });

    test('an expired confirmation link explains what to do and sends a new one', async ({
      page,
      product,
    }) => {
      const email = anAddress();
      await page.goto(`/en${FORM}`);
      await fillSignUp(page, {
        nameEn: 'Slow Society',
        website: 'example.org',
        representativeName: 'S',
        representativeRole: 'S',
        representativeEmail: email,
      });
      await press(page);
      const first = (await product.mailTo(email)).links.find((link) => link.includes('/confirm/'))!;
      await product.db.verification.updateMany({
        where: { endorsement: { contact: { emailKey: email } } },
        data: { expiresAt: new Date(Date.now() - 1) },
      });
      await page.goto(first);
      await expect(page.locator('main')).toContainText(/expired/);
      await press(page);
      await expect(page).toHaveURL(/check-your-email$/);
      await expect
        .poll(async () => (await product.mailsTo(email)).length, { timeout: 20_000 })
        .toBe(2);
      const second = (await product.mailsTo(email))
        .flatMap((mail) => mail.links)
        .find((link) => link.includes('/confirm/') && link !== first)!;
      await page.goto(second);
      await press(page);
      await expect(page).toHaveURL(/confirm\/done/);
      await page.goto(second);
      await expect(page.locator('main')).toContainText(/already been confirmed/);
    });
  });
}

test('a representative who types with an input method finds the reading filled in, and can change it', async ({
  page,
}) => {
  const ime = await page.context().newCDPSession(page);
  const compose = async (...shown: string[]) => {
    for (const text of shown)
      await ime.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    await ime.send('Input.insertText', { text: shown.at(-1)! });
  };
  const [name, reading] = [page.locator('[name="name"]'), page.locator('[name="reading"]')];
  await page.goto(`/ja/letters/icc-japan-2025/endorse`);
  await expect(async () => {
    await name.fill('');
    await compose('と', 'とうきょう', '東京');
    await expect(reading).toHaveValue('とうきょう', { timeout: 1_000 });
  }).toPass();
  await compose('へいわ', '平和');
  await expect(name).toHaveValue('東京平和');
  await expect(reading).toHaveValue('とうきょうへいわ');
  await reading.fill('とうけいへいわ');
  await name.focus();
  await page.keyboard.press('End');
  await compose('かい', '会');
  await expect(name).toHaveValue('東京平和会');
  await expect(reading).toHaveValue('とうけいへいわ');
});

test('opening a confirmation link a hundred times confirms nothing, and a forged link shows an error', async ({
  page,
  product,
}) => {
  const email = anAddress();
  await page.goto(`/en${FORM}`);
  await fillSignUp(page, {
    nameEn: 'Scanned Society',
    website: 'example.org',
    representativeName: 'S',
    representativeRole: 'S',
    representativeEmail: email,
  });
  await press(page);
  const link = (await product.mailTo(email)).links.find((address) =>
    address.includes('/confirm/'),
  )!;
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) => fetch(link, { method: n % 2 ? 'HEAD' : 'GET' })),
  );
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
  }
  expect(
    await product.db.endorsement.findFirst({ where: { contact: { emailKey: email } } }),
  ).toMatchObject({
    state: 'submitted',
  });
  await page.goto(`/en/confirm/${'x'.repeat(43)}`);
  await expect(page.locator('main')).toContainText(/does not work/);
});

test('sign-ups with new, pending, confirmed, approved, declined, withdrawn and attested addresses get the same response', async ({
  product,
}) => {
  const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
  const addresses: Record<string, string> = {
    new: anAddress(),
    attested: anAddress('attested'),
  };
  for (const state of ['submitted', 'verified', 'approved', 'declined', 'withdrawn'] as const) {
    const email = anAddress(state);
    addresses[state] = email;
    await anEndorsementIn(product.db, letter.id, {
      nameJa: null,
      nameEn: `Known ${state}`,
      email,
      state,
    });
  }
  await anEndorsementIn(product.db, letter.id, { email: addresses.attested, proof: 'attested' });
  const form = (email: string) => ({
    nameEn: 'Stranger',
    website: 'example.org',
    country: 'JP',
    representativeName: 'S',
    representativeRole: 'S',
    representativeEmail: email,
    visibility: 'named',
    mayEndorse: true,
    privacyConsent: true,
    language: 'en',
  });
  const answers = new Set<string>();
  for (const email of Object.values(addresses)) {
    const response = await fetch(`${product.url}/api/letters/icc-japan-2025/endorsements`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(form(email)),
    });
    // Of each response, whoever signs up: the time, and a random id of the request.
    const own = ['date', 'x-request-id'];
    const headers = Object.fromEntries(
      [...response.headers].filter(([name]) => !own.includes(name)),
    );
    answers.add(JSON.stringify([response.status, headers, await response.text()]));
  }
  expect([...answers]).toHaveLength(1);
  expect([...answers][0]).toContain('check-your-email');
});

test('a form that exceeds the size limit shows an error before it is submitted and keeps its input', async ({
  page,
}) => {
  await page.goto(`/en${FORM}`);
  await fillSignUp(page, {
    nameEn: 'a'.repeat(40_000),
    website: 'example.org',
    representativeName: 'P',
    representativeRole: 'P',
    representativeEmail: anAddress(),
  });
  await press(page);
  await expect(page.locator('main')).toContainText('too large to send');
  await expect(page).toHaveURL(new RegExp(`${FORM}$`));
  expect((await page.locator('[name="nameEn"]').inputValue()).length).toBe(40_000);
});
