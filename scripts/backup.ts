/**
 * `npm run backup -- FILE`: writes everything in the database to a file, while the product runs
 * (docs/operations.md).
 */
import { generateClient } from './build';
import { openDatabase } from './with-database';

const [file, ...more] = process.argv.slice(2);
if (!file || more.length > 0) {
  process.stderr.write('Usage: npm run backup -- FILE\n');
  process.exit(2);
}

generateClient();
const database = await openDatabase();
let code = 0;
try {
  const { backUp } = await import('@/lib/platform/db/backup');
  const rows = await backUp(database.url, file);
  process.stdout.write(
    `${rows} rows are in ${file}. Keep APP_SECRET, too, but apart: without it, what is sealed cannot be read.\n`,
  );
} catch (error) {
  process.stderr.write(`There is no backup: ${(error as Error).message}.\n`);
  code = 1;
}
await database.stop();
process.exit(code);
