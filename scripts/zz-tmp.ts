import { build, needsBuild } from '@/scripts/build';
import { TEST_DIST_DIR } from '@/tests/support/server';
if (needsBuild(TEST_DIST_DIR)) await build(TEST_DIST_DIR);
