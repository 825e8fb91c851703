/**
 * `npm run migrate`: applies pending migrations. `npm run migrate -- --new NAME` instead creates a
 * migration from the difference between prisma/schema.prisma and its last committed version; review
 * it before use.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './build';
import { openDatabase, runTool } from './with-database';

const [flag, name] = process.argv.slice(2);

if (flag === '--new' && name && /^[a-z0-9_]+$/.test(name)) {
  const database = await openDatabase();
  const { proposeMigration } = await import('@/lib/platform/db/migrate');
  const before = execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], {
    cwd: root,
    encoding: 'utf8',
  });
  const after = readFileSync(path.join(root, 'prisma/schema.prisma'), 'utf8');
  const sql = await proposeMigration(database.url, before, after);
  await database.stop();
  const migrations = path.join(root, 'prisma/migrations');
  // After all others, also if one of them is dated in the future: they are applied in this order.
  const newest = Math.max(...readdirSync(migrations).map((folder) => parseInt(folder, 10) || 0));
  const now = Number(new Date().toISOString().replace(/\D/g, '').slice(0, 14));
  const folder = path.join(migrations, `${Math.max(now, newest + 1)}_${name}`);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'migration.sql'), sql);
  process.stdout.write(`${path.relative(root, folder)}/migration.sql\n`);
  process.exit(0);
} else if (flag === undefined) {
  await runTool(async () => {
    process.stdout.write('The database is up to date.\n');
    return 0;
  });
} else {
  process.stderr.write('Usage: npm run migrate [-- --new name_in_small_letters]\n');
  process.exit(2);
}
