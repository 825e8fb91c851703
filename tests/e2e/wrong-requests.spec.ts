import { readFileSync } from 'node:fs';
import { expect, test } from '@/tests/support/e2e';
import { sendRaw } from '@/tests/support/raw-http';
import { TEST_DIST_DIR } from '@/tests/support/server';
import { actionsOf, FORGED, SECRETS, wrongRequests } from '@/tests/support/wrong-requests';

const SEED = 20_251_008;
const COUNT = 1_500;
const AT_ONCE = 8;

test.use({ instance: 'wrong-requests' });

const actions = () =>
  actionsOf(
    JSON.parse(readFileSync(`${TEST_DIST_DIR}/server/server-reference-manifest.json`, 'utf8')),
  );

test('1,500 malformed requests cause no server error, no stack trace, and no line in the log', async ({
  product,
}) => {
  test.setTimeout(180_000);
  const port = Number(new URL(product.url).port);
  const requests = wrongRequests(SEED, COUNT, port, actions());
  const failed: string[] = [];
  const stacks: string[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const { status, body } = await sendRaw(port, request.bytes);
        // 503 is only acceptable while something is unavailable; here everything is available.
        if (status >= 500)
          failed.push(`${status} ${request.name}: ${JSON.stringify(body.slice(0, 900))}`);
        if (/\n\s+at .+:\d+:\d+/.test(body)) stacks.push(request.name);
      }
    }),
  );
  const lines = product.server.errors().split('\n').filter(Boolean);
  const foreign = lines.filter((line) => {
    try {
      const { at, level, message } = JSON.parse(line) as Record<string, unknown>;
      return (
        line === FORGED ||
        Number.isNaN(Date.parse(String(at))) ||
        typeof level !== 'string' ||
        typeof message !== 'string'
      );
    } catch {
      return true;
    }
  });
  const errors = lines.filter((line) => line.includes('"level":"error"')).join('\n');
  expect.soft(failed, `${failed.length} of ${COUNT} requests answered 5xx\n${errors}`).toEqual([]);
  expect.soft(stacks, 'stacks in answers').toEqual([]);
  expect
    .soft(foreign, `${foreign.length} of ${lines.length} lines in the log that are none of ours`)
    .toEqual([]);
  for (const secret of [...SECRETS, 'node_modules/', '    at '])
    expect
      .soft(
        lines.filter((line) => line.includes(secret)),
        secret,
      )
      .toEqual([]);
  expect((await fetch(`${product.url}/en`)).status).toBe(200);
});
