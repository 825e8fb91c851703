import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { db } from '../../lib/platform/db/client.ts';
import { applyMigrations } from '../../lib/platform/db/migrate.ts';

describe('an operator migrates', () => {
  it('and Prisma’s own table holds each migration whole, with the checksum that `prisma migrate deploy` compares', async () => {
    const folders = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    const rows = await db().$queryRaw<{ migration_name: string; checksum: string; applied_steps_count: number; finished: boolean }[]>`
      SELECT migration_name, checksum, applied_steps_count, finished_at IS NOT NULL AND rolled_back_at IS NULL AS finished
      FROM _prisma_migrations ORDER BY migration_name`;
    expect(rows).toEqual(
      folders.sort().map((name) => ({
        migration_name: name,
        checksum: createHash('sha256').update(readFileSync(`prisma/migrations/${name}/migration.sql`)).digest('hex'),
        applied_steps_count: 1,
        finished: true,
      })),
    );
  });

  it('again, and from several processes at once: nothing more is applied', async () => {
    const answers = await Promise.all(Array.from({ length: 3 }, () => applyMigrations(process.env.DATABASE_URL!, 'prisma')));
    expect(answers).toEqual([[], [], []]);
  });
});
