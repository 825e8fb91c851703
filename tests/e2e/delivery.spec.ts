import { createHash } from 'node:crypto';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { markPublicChange } from '@/lib/letter/lock';
import { DRAFT_NAMES, TYPESETTING } from '@/lib/platform/limits';
import type { LetterTexts } from '@/lib/letter/text/content';
import { expect, press, signIn, test, type Product } from '@/tests/support/e2e';
import {
  aLetterIn,
  anEndorsementIn,
  manyEndorsements,
  manySignatories,
  someParts,
} from '@/tests/support/factories';
import { deliver } from '@/tests/support/admin';

const hashOf = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/** An approved endorsement of a letter, attested by a coordinator. */
async function approved(
  product: Product,
  letterId: string,
  nameEn: string,
  over: Partial<Prisma.EndorsementUncheckedCreateInput> = {},
) {
  const endorsement = await anEndorsementIn(product.db, letterId, {
    nameJa: null,
    reading: null,
    nameEn,
    website: null,
    proof: 'attested',
    state: 'approved',
    ...over,
  });
  await markPublicChange(product.db, letterId);
  return endorsement;
}

async function aSignedLetter(product: Product, texts?: LetterTexts) {
  const letter = await aLetterIn(product.db, texts && { texts });
  await approved(product, letter.id, 'Alpha', { coordinating: true });
  await approved(product, letter.id, 'Beta');
  await approved(product, letter.id, 'Secret', { visibility: 'withheld' });
  return letter;
}

const WORD_FILE_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const files = ['letter.pdf', 'letter.docx', 'signatories.csv', 'delivery.json'] as const;

/** A file's content and response headers. */
async function fetched(product: Product, path: string) {
  const response = await fetch(`${product.url}/api/letters/${path}`);
  return {
    status: response.status,
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

const allFiles = async (product: Product, slug: string, number: number) =>
  Promise.all(
    files.map(async (file) =>
      hashOf((await fetched(product, `${slug}/deliveries/${number}/${file}`)).bytes),
    ),
  );

test('a coordinator delivers a first round and then the final list; the first delivery does not change, and late signatories are listed separately until the next', async ({
  page,
  product,
}) => {
  const letter = await aSignedLetter(product);
  await signIn(page, product);
  await page.goto(`/en/admin/letters/${letter.slug}/deliveries`);
  await expect(page.locator('main')).toContainText('3: 2 named, 1 counted but not named');
  await expect(page.locator('main')).toContainText('This cannot be undone.');
  await deliver(page, letter.slug, 'round-1');
  const first = await allFiles(product, letter.slug, 1);

  await approved(product, letter.id, 'Gamma');
  await page.goto(`/en/admin/letters/${letter.slug}/deliveries`);
  await expect(page.locator('main')).toContainText('1 of them was added after the last delivery');
  await deliver(page, letter.slug, 'final');
  expect(await allFiles(product, letter.slug, 1)).toEqual(first);
  const feed = await (await page.request.get(`/en/letters/${letter.slug}/feed.xml`)).text();
  expect(feed.match(/<title>Letter delivered<\/title>/g)).toHaveLength(2);
  expect(feed).toContain('Foreign Minister Takeshi Iwaya');

  await page.goto(`/en/letters/${letter.slug}/deliveries/1`);
  await expect(page.locator('h1')).toContainText(/^First tally, delivered on /);
  await expect(page.locator('main')).toContainText('Foreign Minister Takeshi Iwaya');
  await expect(page.locator('#signatories')).toContainText(
    '3 organizations, Japanese alphabetical order',
  );
  await expect(page.locator('#signatories')).toContainText('1 other organization');
  await expect(page.locator('#signatories')).not.toContainText('Gamma');
  await page.goto(`/ja/letters/${letter.slug}/deliveries/2`);
  await expect(page.locator('#signatories')).toContainText('賛同団体 4団体（五十音順）');
  await expect(page.locator('#signatories')).toContainText('Gamma');
});

test('the page of a delivery shows its contents, its hash, and who has withdrawn since, by name or as a number', async ({
  page,
  product,
}) => {
  const letter = await aSignedLetter(product);
  await signIn(page, product);
  await deliver(page, letter.slug, 'final', 'The Minister\nMinistry of Foreign Affairs');
  const before = await allFiles(product, letter.slug, 1);
  const address = `/en/letters/${letter.slug}/deliveries/1`;
  await page.goto(address);
  await expect(page.locator('main')).toContainText('The Minister, Ministry of Foreign Affairs');
  await expect(page.locator('main')).toContainText(before.at(-1)!);
  await expect(page.locator('main')).not.toContainText('ithdrawn');

  // As a coordinator does in the review.
  await page.goto(`/en/admin/letters/${letter.slug}/review?state=approved`);
  // A name that is withheld is sealed, and not found by it.
  for (const entry of [
    { names: { some: { name: 'Beta' } } },
    { visibility: 'withheld' },
  ] as const) {
    const { id } = await product.db.endorsement.findFirstOrThrow({
      where: { letterId: letter.id, ...entry },
    });
    await page.goto(`/en/admin/letters/${letter.slug}/review?state=approved&entry=${id}`);
    await page.locator('button', { hasText: 'Withdraw' }).first().click();
    await expect(page).toHaveURL(/notice=withdraw/);
  }
  await page.goto(address);
  await expect(page.locator('main')).toContainText(/Withdrawn since: Beta, on /);
  await expect(page.locator('main')).toContainText(
    '1 organization that was counted but not named is no longer on the list.',
  );
  await expect(page.locator('#signatories li', { hasText: 'Beta' })).toContainText(
    'withdrawn since',
  );
  await expect(page.locator('main')).not.toContainText('Secret');
  expect(await allFiles(product, letter.slug, 1)).toEqual(before);
  await page.goto(`/en/admin/letters/${letter.slug}/deliveries`);
  await expect(page.locator('main')).toContainText(/Withdrawn since: Beta, on /);
});

test('the files of a delivery have immutable caching headers', async ({ page, product }) => {
  const letter = await aSignedLetter(product, {
    en: someParts({ title: 'A “letter”: Ω' }),
    ja: someParts({ title: '共同書簡' }),
  });
  await signIn(page, product);
  await deliver(page, letter.slug, 'final');
  const at = `${letter.slug}/deliveries/1`;
  for (const [file, type] of [
    ['letter.pdf', 'application/pdf'],
    ['letter.pdf?language=ja', 'application/pdf'],
    ['letter.docx', WORD_FILE_TYPE],
    ['signatories.csv', 'text/csv; charset=utf-8'],
    ['signatories.csv?language=ja', 'text/csv; charset=utf-8'],
    ['delivery.json', 'application/json; charset=utf-8'],
  ] as const) {
    const { status, headers, bytes } = await fetched(product, `${at}/${file}`);
    expect(status, file).toBe(200);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('base64url')}"`);
    expect((await fetched(product, `${at}/${file}`)).bytes).toEqual(bytes);
    const url = `${product.url}/api/letters/${at}/${file}`;
    expect((await fetch(url, { headers: { 'If-None-Match': headers.get('etag')! } })).status).toBe(
      304,
    );
    const head = await fetch(url, { method: 'HEAD' });
    expect([
      head.status,
      head.headers.get('content-type'),
      (await head.arrayBuffer()).byteLength,
    ]).toEqual([200, type, 0]);
  }
  const pdf = await fetched(product, `${at}/letter.pdf`);
  expect(Buffer.from(pdf.bytes.slice(0, 5)).toString()).toBe('%PDF-');
  expect(pdf.headers.get('content-disposition')).toBe(
    `inline; filename="${letter.slug}-delivery-1-en.pdf"; filename*=UTF-8''A%20%E2%80%9Cletter%E2%80%9D%20%CE%A9%20%281%29.pdf`,
  );
  const csv = await fetched(product, `${at}/signatories.csv?language=ja`);
  expect(csv.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[a-z0-9-]+-delivery-1-signatories-ja\.csv"; filename\*=UTF-8''%/,
  );
  const json = await fetched(product, `${at}/delivery.json`);
  const { hash } = await product.db.delivery.findFirstOrThrow({ where: { letterId: letter.id } });
  expect(hashOf(json.bytes)).toBe(Buffer.from(hash).toString('hex'));
  expect(Buffer.from(json.bytes).toString()).not.toMatch(/Secret|example\.org/);
});

test('requests for an unknown delivery or an unsupported language get a JSON error', async ({
  page,
  product,
}) => {
  const letter = await aSignedLetter(product);
  await signIn(page, product);
  await deliver(page, letter.slug, 'final');
  const draft = await aLetterIn(product.db, { opensAt: null });
  for (const file of files) {
    for (const [path, status, error] of [
      [`no-such-letter/deliveries/1/${file}`, 404, 'not-found'],
      [`${draft.slug}/deliveries/1/${file}`, 404, 'not-found'],
      ...['0', '2', '01', '-1', '1.0', '1e0', '１', '999999999999999999999', "1'--"].map(
        (number) => [`${letter.slug}/deliveries/${number}/${file}`, 404, 'not-found'] as const,
      ),
      [`${letter.slug}/deliveries/1/${file}?language=fr`, 400, 'invalid-language'],
      [`${letter.slug}/deliveries/%00/${file}`, 400, 'malformed'],
    ] as const) {
      const response = await fetch(`${product.url}/api/letters/${path}`);
      expect([response.status, await response.json()], path).toEqual([status, { error }]);
    }
  }
  expect(
    (await fetch(`${product.url}/api/letters/${letter.slug}/deliveries/1/letter.pdf?language=ja`))
      .status,
  ).toBe(404);
  for (const number of ['0', '2', 'x', '01'])
    expect(
      (await fetch(`${product.url}/en/letters/${letter.slug}/deliveries/${number}`)).status,
      number,
    ).toBe(404);
});

test('the draft PDF is available before a delivery, shared by concurrent requests, and regenerated after a change', async ({
  product,
}) => {
  const letter = await aSignedLetter(product);
  const path = `${letter.slug}/letter.pdf`;
  const all = await Promise.all(Array.from({ length: 20 }, () => fetched(product, path)));
  expect(new Set(all.map(({ status, bytes }) => `${status} ${hashOf(bytes)}`)).size).toBe(1);
  const { status, headers, bytes } = all[0]!;
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
    200,
    'application/pdf',
    'public, max-age=0, must-revalidate',
  ]);
  expect(headers.get('content-disposition')).toContain(`filename="${letter.slug}-draft-en.pdf"`);
  expect(
    (
      await fetch(`${product.url}/api/letters/${path}`, {
        headers: { 'If-None-Match': headers.get('etag')! },
      })
    ).status,
  ).toBe(304);

  await approved(product, letter.id, 'Gamma');
  await product.db.letter.update({
    where: { id: letter.id },
    data: { publicVersion: { increment: 1 }, publicUpdatedAt: new Date() },
  });
  expect((await fetched(product, path)).bytes).not.toEqual(bytes);

  const draft = await aLetterIn(product.db, { opensAt: null });
  expect((await fetch(`${product.url}/api/letters/${draft.slug}/letter.pdf`)).status).toBe(404);
  expect((await fetch(`${product.url}/api/letters/${path}?language=ja`)).status).toBe(404);
  expect((await fetch(`${product.url}/api/letters/${path}?language=xx`)).status).toBe(400);
});

test('the draft PDF is refused with a message for a letter with too many names, which can still be delivered', async ({
  page,
  product,
}) => {
  const letter = await aLetterIn(product.db);
  test.setTimeout(TYPESETTING.delivery.timeMs);
  await manySignatories(product.db, letter, Math.ceil(DRAFT_NAMES / 0.95) - 1); // every 20th is withheld
  const link = page.getByRole('link', { name: 'Draft PDF' }).filter({ visible: true });
  await page.goto(`/en/letters/${letter.slug}`);
  await expect(link).toHaveCount(1);

  await approved(product, letter.id, 'One more');
  const response = await fetch(`${product.url}/api/letters/${letter.slug}/letter.pdf`);
  expect([response.status, await response.json()]).toEqual([
    409,
    { error: 'too-many-signatories' },
  ]);
  for (const [path, words] of [
    [
      `/en/letters/${letter.slug}`,
      'There is no draft PDF: it is made only for letters with up to 10,000 named organizations.',
    ],
    [
      `/ja/letters/${letter.slug}`,
      '名称を公表する団体が10,000団体を超えるため、提出前のPDFは作成していません。',
    ],
  ] as const) {
    await expect(async () => {
      await page.goto(path);
      await expect(page.getByText(words).filter({ visible: true })).toHaveCount(1, {
        timeout: 1_000,
      });
    }).toPass();
    await expect(page.locator(`a[href*="${letter.slug}/letter.pdf"]`)).toHaveCount(0);
  }

  await signIn(page, product);
  await page.goto(`/en/admin/letters/${letter.slug}/deliveries`);
  await expect(page.locator('main')).toContainText(
    'The draft PDF is made for letters with up to 10,000 named organizations. This one has more',
  );
  await deliver(page, letter.slug, 'final');
  expect((await fetched(product, `${letter.slug}/deliveries/1/letter.pdf`)).status).toBe(200);
});

test('draft requests beyond the queue’s limit get a Retry-After header, while other pages stay responsive', async ({
  product,
}) => {
  const letters = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const letter = await aLetterIn(product.db);
      await manyEndorsements(product.db, letter, 600);
      return letter;
    }),
  );
  let pending = letters.length;
  const asked = letters.map(async ({ slug }) => {
    const response = await fetch(`${product.url}/api/letters/${slug}/letter.pdf`);
    const said = response.ok ? null : await response.json();
    pending -= 1;
    return { status: response.status, said, retry: response.headers.get('retry-after') };
  });
  expect((await fetch(`${product.url}/api/letters/icc-japan-2025`)).status).toBe(200);
  expect(pending).toBeGreaterThan(0);
  const answers = await Promise.all(asked);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
  for (const { said, retry } of answers.filter(({ status }) => status === 503))
    expect([said, retry]).toEqual([{ error: 'busy' }, '10']);
});

test('file requests at a former slug redirect to the current slug', async ({ page, product }) => {
  const letter = await aSignedLetter(product);
  await signIn(page, product);
  await deliver(page, letter.slug, 'final');
  const old = `${letter.slug}-old`;
  await product.db.letterSlug.create({ data: { slug: old, letterId: letter.id } });
  for (const path of [
    'letter.pdf?language=en',
    'deliveries/1/letter.pdf?language=en',
    'deliveries/1/delivery.json',
  ]) {
    const response = await fetch(`${product.url}/api/letters/${old}/${path}`, {
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('location')]).toEqual([
      308,
      `/api/letters/${letter.slug}/${path}`,
    ]);
  }
  await page.goto(`/en/letters/${old}/deliveries/1`);
  await expect(page).toHaveURL(`${product.url}/en/letters/${letter.slug}/deliveries/1`);
});

test('a delivery is refused with a message if the list changed while the page was open, and succeeds afterwards', async ({
  page,
  product,
}) => {
  const letter = await aSignedLetter(product);
  await signIn(page, product);
  await page.goto(`/en/admin/letters/${letter.slug}/deliveries`);
  await page.locator('[name="tally"][value="other"]').check();
  await page.locator('[name="addresseeEn"]').fill('The Minister');
  await page.locator('[name="confirmation"]').fill('the  MINISTER');
  await page.locator('[name="labelEn"]').fill('For the committee');
  await approved(product, letter.id, 'Gamma');
  await press(page);
  await expect(page.getByRole('alert').first()).toContainText(
    'It is now revision 1, with 4 organizations. Nothing was recorded.',
  );
  await expect(page.locator('main dl')).toContainText('4: 3 named');
  await expect(page.locator('[name="labelEn"]')).toHaveValue('For the committee');
  await expect(page.locator('[name="tally"][value="other"]')).toBeChecked();
  await press(page);
  await expect(page).toHaveURL(/notice=1$/);
  await page.goto(`/ja/letters/${letter.slug}/deliveries/1`);
  await expect(page.locator('h1 , h1 *').first()).toContainText('For the committee');
});

test('the delivery form shows errors beside the fields for a missing delivery type and addressee', async ({
  page,
  product,
}) => {
  const letter = await aSignedLetter(product);
  await signIn(page, product);
  await page.goto(`/ja/admin/letters/${letter.slug}/deliveries`);
  await press(page);
  await expect(page.locator('#tally-error')).toHaveText('どの提出かを選んでください。');
  await page.locator('[name="tally"][value="final"]').check();
  await press(page);
  await expect(page.locator('#addresseeJa-error')).toHaveText(
    '提出先を、少なくとも一つの言語で入力してください。',
  );
  expect(await product.db.delivery.count({ where: { letterId: letter.id } })).toBe(0);
});

test('the delivery page explains why a letter that has not opened, or has no endorsements, cannot be delivered', async ({
  page,
  product,
}) => {
  await signIn(page, product);
  const draft = await aLetterIn(product.db, { opensAt: null });
  await page.goto(`/en/admin/letters/${draft.slug}/deliveries`);
  await expect(page.locator('main')).toContainText('The letter has not opened yet.');
  await expect(page.locator('main form:not(#account)')).toHaveCount(0);
  const unsigned = await aLetterIn(product.db);
  await page.goto(`/en/admin/letters/${unsigned.slug}/deliveries`);
  await expect(page.locator('main')).toContainText(
    'No organization stands behind the present text yet',
  );
  await expect(page.locator('main form:not(#account)')).toHaveCount(0);
});

test('a coordinator posts the addressee’s reply, edits it, removes it and restores it', async ({
  page,
  product,
}) => {
  const letter = await aSignedLetter(product);
  await signIn(page, product);
  const address = `/en/admin/letters/${letter.slug}/updates`;
  await page.goto(address);
  await page.locator('[name="kind"][value="reply"]').check();
  await page.locator('[name="date"]').fill('2025-05-01');
  await page.locator('[name="titleEn"]').fill('The minister answers');
  await press(page);
  await expect(page.locator('#bodyEn-error')).toHaveText('There is a title, but no text.');
  await expect(page.locator('[name="titleEn"]')).toHaveValue('The minister answers');
  await page.locator('[name="bodyEn"]').fill('We *thank* the organizations.');
  await page.locator('main form:not(#account) button[type="submit"]').first().click();
  // A reply opens the mail about it to signatories, which is not sent before it was looked at.
  await expect(page).toHaveURL(/\/mailings\/[\w-]+\?.*notice=posted$/);
  await expect(page.locator('[name="titleEn"]')).toHaveValue('The minister answers');
  await page.goto(address);
  await expect(page.locator('[name="titleEn"]')).toHaveValue('');
  const posted = page.locator('section[aria-labelledby="posted"] li');
  await expect(posted).toContainText('May 1, 2025');
  await expect(posted.locator('em')).toHaveText('thank');

  await page.getByRole('link', { name: 'Edit: The minister answers' }).click();
  await expect(page.locator('[name="titleEn"]')).toHaveValue('The minister answers');
  await page.locator('[name="titleJa"]').fill('大臣の回答');
  await page.locator('[name="bodyJa"]').fill('ご賛同の団体の皆さまへ。');
  await page.locator('main form:not(#account) button[type="submit"]').first().click();
  await expect(page).toHaveURL(/notice=edited$/);
  await page.goto(address.replace('/en/', '/ja/'));
  await expect(posted).toContainText('大臣の回答');

  await page.getByRole('button', { name: '削除：大臣の回答' }).click();
  await expect(page.getByRole('status').filter({ hasText: '削除しました' })).toBeVisible();
  await page.getByRole('button', { name: '元に戻す：大臣の回答' }).click();
  await expect(page.getByRole('status').filter({ hasText: '元に戻しました' })).toBeVisible();
  expect(
    (
      await product.db.auditEvent.findMany({
        where: { letterId: letter.id },
        orderBy: { id: 'asc' },
      })
    ).map(({ action }) => action),
  ).toEqual(['post_update', 'edit_update', 'remove_update', 'restore_update']);
});

test('saving an update that a colleague has changed keeps the input and overwrites nothing', async ({
  page,
  product,
}) => {
  const letter = await aSignedLetter(product);
  const { id: createdById } = await product.db.coordinator.findFirstOrThrow();
  const { id } = await product.db.update.create({
    data: {
      letterId: letter.id,
      kind: 'update',
      date: new Date('2025-05-01'),
      texts: { create: { language: 'en', title: 'News', body: 'Text' } },
      createdById,
    },
  });
  await signIn(page, product);
  await page.goto(`/en/admin/letters/${letter.slug}/updates?edit=${id}`);
  await page.locator('[name="bodyEn"]').fill('Mine');
  await product.db.update.update({
    where: { id },
    data: { version: 2, texts: { updateMany: { where: {}, data: { body: 'Theirs' } } } },
  });
  await page.locator('main form:not(#account) button[type="submit"]').first().click();
  await expect(page.getByRole('alert').first()).toContainText('A colleague changed this update');
  await expect(page.locator('main form:not(#account)').first()).toContainText('Theirs');
  await expect(page.locator('[name="bodyEn"]')).toHaveValue('Mine');
  await page.locator('main form:not(#account) button[type="submit"]').first().click();
  await expect(page).toHaveURL(/notice=edited$/);
  expect(await product.db.updateText.findFirstOrThrow({ where: { updateId: id } })).toMatchObject({
    body: 'Mine',
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a coordinator delivers a letter and posts an update', async ({ page, product }) => {
    const letter = await aSignedLetter(product);
    await signIn(page, product);
    await page.goto(`/en/admin/letters/${letter.slug}/deliveries`);
    await press(page);
    await expect(page.locator('#tally-error')).toBeVisible();
    await page.locator('[name="tally"][value="final"]').check();
    await page.locator('[name="addresseeEn"]').fill('The Minister');
    await page.locator('[name="confirmation"]').fill('The Committee');
    await press(page);
    await expect(page.locator('#confirmation-error')).toContainText('not the name');
    await expect(page.locator('[name="confirmation"]')).toHaveValue('The Committee');
    await expect(page.locator('[name="tally"][value="final"]')).toBeChecked();
    await page.locator('[name="confirmation"]').fill('The Minister');
    // The page still has the counts from before.
    await approved(product, letter.id, 'Gamma');
    await press(page);
    await expect(page.locator('main')).toContainText('with 4 organizations. Nothing was recorded.');
    await expect(page.locator('[name="addresseeEn"]')).toHaveValue('The Minister');
    await press(page);
    await expect(page).toHaveURL(/notice=1$/);
    await page.goto(`/en/admin/letters/${letter.slug}/updates`);
    await page.locator('[name="titleEn"]').fill('News');
    await page.locator('[name="bodyEn"]').fill('Text');
    await page.locator('main form:not(#account) button[type="submit"]').first().click();
    await expect(page).toHaveURL(/notice=posted$/);
  });
});
