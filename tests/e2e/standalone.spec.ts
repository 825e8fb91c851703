import { existsSync } from 'node:fs';
import { test } from '@/tests/support/e2e';
import { STANDALONE_SERVER } from '@/tests/support/server';
import { servesTheProduct } from '@/tests/support/serves-the-product';

test.use({ instance: 'standalone', serverKind: 'standalone' });

// Skipped by `npm test`: it needs a second build, which takes as long as the first.
test.skip(!existsSync(STANDALONE_SERVER), 'needs `npm run build:standalone`');

servesTheProduct('standalone');
