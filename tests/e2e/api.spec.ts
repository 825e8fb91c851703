import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { expect, test } from '@/tests/support/e2e';
import { aLetterIn } from '@/tests/support/factories';

const valid = {
  nameEn: 'API Society',
  website: 'example.org',
  country: 'JP',
  representativeName: 'A',
  representativeRole: 'A',
  representativeEmail: 'api@example.org',
  visibility: 'named',
  mayEndorse: true,
  privacyConsent: true,
  language: 'en',
};

test('the API serves a letter and its signatories to other origins', async ({ product }) => {
  const response = await fetch(`${product.url}/api/letters/icc-japan-2025`);
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  const letter = (await response.json()) as Record<string, unknown>;
  expect(Object.keys(letter).sort()).toEqual([
    'authoritativeLanguage',
    'contact',
    'counts',
    'date',
    'deadlines',
    'deliveries',
    'languages',
    'revision',
    'signing',
    'slug',
    'status',
    'timeZone',
    'title',
    'updatedAt',
  ]);
  expect(letter).toMatchObject({
    slug: 'icc-japan-2025',
    status: 'open',
    languages: ['en'],
    authoritativeLanguage: 'en',
    title: { en: 'Joint Letter to the Japanese Government:' },
    date: '2025-04-23',
  });

  const revision = await product.db.revision.findFirstOrThrow({
    where: { letter: { slug: 'icc-japan-2025' } },
  });
  expect(letter.revision).toEqual({
    number: 1,
    hash: createHash('sha256').update(revision.canonical).digest('hex'),
    publishedAt: '2025-03-31T15:00:00.000Z',
  });

  const etag = response.headers.get('etag')!;
  expect((await fetch(response.url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  expect((await fetch(response.url, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);

  const items: { names: { en?: string } }[] = [];
  let next: string | null = null;
  do {
    const page = (await (
      await fetch(
        `${product.url}/api/letters/icc-japan-2025/signatories?limit=7${next ? `&cursor=${next}` : ''}`,
      )
    ).json()) as { items: { names: { en?: string } }[]; next: string | null };
    items.push(...page.items);
    next = page.next;
  } while (next);
  expect(items[0]).toEqual({
    names: {
      ja: 'アクティブ・ミュージアム「女たちの戦争と平和資料館」(wam)',
      en: "Women's Active Museum on War and Peace (WAM)",
    },
    coordinating: false,
    list: 'listed',
  });
  expect(JSON.stringify(items)).not.toMatch(/signatory-|@|withheld|not named/);
});

test('the API responds to unknown resources and invalid parameters with a JSON error', async ({
  product,
}) => {
  for (const [path, status, error] of [
    ['no-such-letter', 404, 'not-found'],
    ['no-such-letter/signatories', 404, 'not-found'],
    ['icc-japan-2025/signatories?limit=0', 400, 'invalid-limit'],
    ['icc-japan-2025/signatories?limit=many', 400, 'invalid-limit'],
    ['icc-japan-2025/signatories?cursor=x', 400, 'invalid-cursor'],
    ['icc-japan-2025/signatories?list=withheld', 400, 'invalid-list'],
  ] as const) {
    const response = await fetch(`${product.url}/api/letters/${path}`);
    expect([response.status, await response.json()], path).toEqual([status, { error }]);
  }
});

test('the API responds to a valid sign-up with 202 and to invalid ones with a status and error codes', async ({
  product,
}) => {
  const post = (slug: string, body: BodyInit, type = 'application/json') =>
    fetch(`${product.url}/api/letters/${slug}/endorsements`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': type },
    });
  const accepted = await post('icc-japan-2025', JSON.stringify(valid));
  expect([accepted.status, await accepted.json()]).toEqual([202, { status: 'check-your-email' }]);
  const invalid = await post(
    'icc-japan-2025',
    JSON.stringify({ ...valid, website: 'x', nameJa: '平和' }),
  );
  expect([invalid.status, await invalid.json()]).toEqual([
    422,
    { errors: { reading: ['readingRequired'], website: ['invalidWebsite'] } },
  ]);
  expect((await post('no-such-letter', JSON.stringify(valid))).status).toBe(404);
  expect((await post('icc-japan-2025', JSON.stringify(valid), 'text/plain')).status).toBe(415);
  expect((await post('icc-japan-2025', '{not json')).status).toBe(415);
  expect(
    (await post('icc-japan-2025', JSON.stringify({ ...valid, nameEn: 'x'.repeat(40_000) }))).status,
  ).toBe(413);
  expect((await post('icc-japan-2025', '[]')).status).toBe(422);
  for (const revision of [1.5, '1', [], {}, true, 0, -1, 1e99]) {
    const wrong = await post('icc-japan-2025', JSON.stringify({ ...valid, revision }));
    expect([wrong.status, await wrong.json()], JSON.stringify(revision)).toEqual([
      422,
      { errors: { revision: ['invalidChoice'] } },
    ]);
  }
  await aLetterIn(product.db, { slug: 'closed-letter', closesAt: new Date('2025-05-01') });
  expect((await post('closed-letter', JSON.stringify(valid))).status).toBe(409);
});

test('every page links to the source code of the running version, as the AGPL requires', async ({
  page,
  product,
}) => {
  await page.goto('/ja');
  await expect(page.getByRole('link', { name: 'ソースコード' })).toHaveAttribute(
    'href',
    '/api/source',
  );
  await page.goto('/en/letters/icc-japan-2025');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Source code' }).click();
  expect((await download).suggestedFilename()).toBe('undersigned-source.tar.gz');
  const response = await fetch(`${product.url}/api/source`);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'application/gzip',
  ]);
  const listed = execFileSync('tar', ['-tzf', '-'], {
    input: new Uint8Array(await response.arrayBuffer()),
    encoding: 'utf8',
  }).split('\n');
  expect(listed).toEqual(
    expect.arrayContaining([
      'undersigned/LICENSE',
      'undersigned/package-lock.json',
      'undersigned/app/api/source/route.ts',
    ]),
  );
  expect(listed.filter((name) => /\.env$|node_modules|\.data/.test(name))).toEqual([]);
});

test('the local mailbox cannot be read from other machines, whatever headers they send', async ({
  product,
}) => {
  const mailbox = `${product.url}/dev/mailbox.json`;
  expect((await fetch(mailbox)).status).toBe(200);
  const { request } = await import('node:http');
  const status = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) =>
      request(mailbox, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      })
        .once('error', reject)
        .end(),
    );
  expect(await status({ 'X-Forwarded-For': '203.0.113.9' })).toBe(404);
  expect(await status({ 'X-Forwarded-For': '127.0.0.1' })).toBe(404);
  expect(await status({ Host: 'rebound.example.org' })).toBe(404);
  expect(await status({ 'X-Undersigned-Connection': 'guess 203.0.113.9 forwarded' })).toBe(200); // ours replaces it: the socket decides
});

test('API requests to a former slug of a letter redirect to its current slug', async ({
  page,
  product,
}) => {
  const letter = await aLetterIn(product.db, { slug: 'new-address' });
  await product.db.letterSlug.create({ data: { slug: 'old-address', letterId: letter.id } });
  for (const [path, to] of [
    ['/api/letters/old-address', '/api/letters/new-address'],
    [
      '/api/letters/old-address/signatories?limit=7',
      '/api/letters/new-address/signatories?limit=7',
    ],
    ['/api/letters/%6fld-address', '/api/letters/new-address'],
    ['/en/letters/old-address', '/en/letters/new-address'],
    ['/ja/letters/old-address/endorse', '/ja/letters/new-address/endorse'],
  ] as const) {
    const response = await fetch(`${product.url}${path}`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')], path).toEqual([308, to]);
  }
  await page.goto('/en/letters/old-address');
  await expect(page).toHaveURL(/\/en\/letters\/new-address$/);

  // The slug of an unopened letter is not revealed.
  const draft = await aLetterIn(product.db, { slug: 'secret-address', opensAt: null });
  await product.db.letterSlug.create({ data: { slug: 'draft-address', letterId: draft.id } });
  for (const path of [
    '/api/letters/draft-address',
    '/api/letters/draft-address/letter.pdf',
    '/en/letters/draft-address',
    '/en/letters/draft-address/revisions',
  ]) {
    expect((await fetch(`${product.url}${path}`, { redirect: 'manual' })).status, path).toBe(404);
  }
});

test('a form that exceeds the size limit is refused with a message, with or without Content-Length, and the server keeps running', async ({
  product,
}) => {
  const post = (
    path: string,
    size: number,
    more: RequestInit & { duplex?: 'half' } = {},
    headers = {},
  ) =>
    fetch(`${product.url}${path}`, {
      method: 'POST',
      body: 'x'.repeat(size),
      ...more,
      headers: {
        'Content-Type': 'multipart/form-data; boundary=x',
        Origin: product.url,
        ...headers,
      },
    });
  const chunked = (size: number) => ({
    body: new Blob(['x'.repeat(size)]).stream(),
    duplex: 'half' as const,
  });
  const session = { Cookie: 'next-auth.session-token=anything' };
  const [kB, MB] = [1024, 1024 * 1024];
  for (const [path, size, headers, limit] of [
    ['/letters/icc-japan-2025/endorse', 65 * kB, {}, /64 kB/],
    ['/admin/letters/new', 5 * MB, {}, /64 kB/],
    ['/admin/sign-in', 65 * kB, session, /64 kB/],
    ['/admin/letters/new', 5 * MB, session, /4 MB/],
  ] as const) {
    for (const [locale, words] of [
      ['en', 'Nothing was saved. Go back'],
      ['ja', '何も保存されていません'],
    ] as const) {
      for (const more of [{}, chunked(size)]) {
        const response = await post(`/${locale}${path}`, size, more, headers);
        const [first] = (await response.text()).split('\n');
        expect([response.status, first], `${locale}${path} ${Object.keys(more)}`).toEqual([
          413,
          expect.stringContaining(words),
        ]);
        expect(first).toMatch(limit);
      }
    }
  }
  expect((await post('/en/admin/letters/new', 3 * MB, {}, session)).status).toBe(400); // small enough, but no form
  expect((await fetch(`${product.url}/en`)).status).toBe(200);
});
