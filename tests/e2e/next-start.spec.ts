import { readFileSync } from 'node:fs';
import { routeOf } from '@/lib/public-addresses';
import { expect, test } from '@/tests/support/e2e';
import { TEST_DIST_DIR } from '@/tests/support/server';
import { servesTheProduct } from '@/tests/support/serves-the-product';

test.use({ instance: 'next_start', serverKind: 'next start' });

servesTheProduct('next start');

test('the proxy knows every page of the build', () => {
  const routes = Object.values(
    JSON.parse(readFileSync(`${TEST_DIST_DIR}/app-path-routes-manifest.json`, 'utf8')) as Record<
      string,
      string
    >,
  );
  const unknown: string[] = [];
  for (const route of routes) {
    const path = /^\/\[locale\](?:\/(.*))?$/.exec(route)?.[1] ?? '';
    // Files such as feeds and those of an entry answer for themselves, 404 included.
    if (/^\[\.\.\.rest\]$|^missing\/|\.xml$|\.(?:json|pdf|png)\//.test(path)) continue;
    const answers = ['affirmed', 'accepted'];
    if (!answers.some((answer) => routeOf(path.replace('[answer]', answer)))) unknown.push(route);
  }
  expect(unknown).toEqual([]);
});
