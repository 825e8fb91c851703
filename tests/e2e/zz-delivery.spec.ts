import { expect, test } from '../support/e2e.ts';
import { aLetterIn } from '../support/factories.ts';
test('x', async ({ product }) => {
  const letter = await aLetterIn(product.db);
  await product.db.retiredSlug.create({ data: { slug: 'old-x', letterId: letter.id } });
  const { request } = await import('node:http');
  for (const p of ['/en/letters/old-x', '/en/letters/old-x', '/en/letters/old-x/signatories/2','/en/letters/old-x/deliveries/1'])
    console.log(p, await new Promise((resolve) => request(product.url + p, (r) => { r.resume(); resolve([r.statusCode, r.rawHeaders.filter((_, i, a) => /location/i.test(a[i - (i % 2)]!))]); }).end()));
  expect(1).toBe(1);
});
