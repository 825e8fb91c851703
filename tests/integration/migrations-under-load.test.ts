import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { applyMigrations } from '@/lib/platform/db/migrate';
import { createDatabase } from '@/tests/support/postgres';

let made = 0;

/** A database with the table `busy`, in which a long transaction has written, and a migration for it. */
async function anInstanceWith(sql: string) {
  const name = `migrating_${process.pid}_${(made += 1)}`;
  const url = await createDatabase(inject('postgresUrl'), name, 'template0');
  const prisma = mkdtempSync(path.join(tmpdir(), 'undersigned-migrations-'));
  onTestFinished(() => rmSync(prisma, { recursive: true }));
  const write = (migration: string, script: string) => {
    const folder = path.join(prisma, 'migrations', migration);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'migration.sql'), script);
  };
  write('20260101000000_first', 'CREATE TABLE busy (id int)');
  await applyMigrations(url, prisma);
  write('20270101000000_expand', sql);
  const aClient = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  };
  const [long, other] = [await aClient(), await aClient()];
  await long.query('BEGIN; INSERT INTO busy VALUES (1)');
  return {
    long,
    other,
    migrate: (patienceMs?: number) => applyMigrations(url, prisma, patienceMs),
    /** Waits until the migration has waited for a lock for this long. */
    untilWaiting: (milliseconds: number) =>
      vi.waitFor(
        async () => {
          const { rowCount } = await other.query(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
              AND query_start < clock_timestamp() - make_interval(secs => $1 / 1000.0)`,
            [milliseconds],
          );
          expect(rowCount).toBe(1);
        },
        { timeout: 20_000, interval: 20 },
      ),
  };
}

describe('a migration while a long transaction uses its table', () => {
  it('lets others read the table meanwhile, and is applied once the transaction has ended', async () => {
    const { long, other, migrate, untilWaiting } = await anInstanceWith(
      'ALTER TABLE busy ADD COLUMN note text; CREATE TABLE beside (id int)',
    );
    const migrating = migrate();
    await untilWaiting(0);
    // Behind a migration that waits for as long as it takes, this would never be answered.
    expect((await other.query('SELECT * FROM busy')).rows).toEqual([]);
    await untilWaiting(0);
    await long.query('COMMIT');
    expect(await migrating).toEqual(['20270101000000_expand']);
    expect((await other.query('SELECT note FROM busy')).rows).toEqual([{ note: null }]);
  });

  it('gives up in the end without having changed anything, and can be applied later', async () => {
    const { long, other, migrate } = await anInstanceWith(
      'CREATE TABLE beside (id int); ALTER TABLE busy ADD COLUMN note text',
    );
    await expect(migrate(0)).rejects.toThrow(/other transactions have held a lock/);
    expect((await other.query(`SELECT to_regclass('beside') AS beside`)).rows).toEqual([
      { beside: null },
    ]);
    await long.query('COMMIT');
    expect(await migrate()).toEqual(['20270101000000_expand']);
  });

  it('waits for as long as it takes to build an index concurrently, for which nobody waits', async () => {
    const { long, other, migrate, untilWaiting } = await anInstanceWith(
      'CREATE INDEX CONCURRENTLY busy_id ON busy (id)',
    );
    const migrating = migrate(0);
    await untilWaiting(1_500);
    await other.query('INSERT INTO busy VALUES (2)');
    await long.query('COMMIT');
    expect(await migrating).toEqual(['20270101000000_expand']);
    const { rows } = await other.query(
      `SELECT indisvalid FROM pg_index WHERE indexrelid = 'busy_id'::regclass`,
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });
});
