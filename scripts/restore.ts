/**
 * `npm run restore -- FILE`: writes what `npm run backup` made into an empty database
 * (docs/operations.md).
 */
import path from 'node:path';
import { generateClient, root } from './build';
import { openDatabase } from './with-database';

const [file, ...more] = process.argv.slice(2);
if (!file || more.length > 0) {
  process.stderr.write('Usage: npm run restore -- FILE\n');
  process.exit(2);
}

generateClient();
const database = await openDatabase();
let code = 0;
try {
  const { restore } = await import('@/lib/platform/db/backup');
  const rows = await restore(database.url, file, path.join(root, 'prisma'));
  process.stdout.write(`${rows} rows of ${file} are in the database.\n`);
} catch (error) {
  process.stderr.write(`Nothing was restored: ${(error as Error).message}.\n`);
  code = 1;
}
await database.stop();
process.exit(code);
