import { existsSync } from 'node:fs';
import { test } from '@/tests/support/e2e';
import { STANDALONE_SERVER } from '@/tests/support/server';
import { servesTheProduct } from '@/tests/support/serves-the-product';

test.use({ instance: 'standalone', serverKind: 'standalone' });

// A second build takes as long as the first; `npm test` does not make it.
test.skip(!existsSync(STANDALONE_SERVER), 'needs `npm run build:standalone`');

servesTheProduct('standalone');
