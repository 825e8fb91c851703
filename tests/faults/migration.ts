/** A migration that expands the schema, while a long transaction holds its table. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { applyMigrations } from '@/lib/platform/db/migrate';
import { dangersIn } from '@/tests/support/migration-lint';
import { LETTER, startInstance } from './instance';
import { signUpOf } from './people';
import { finding, pick, type Row } from './row';
import { atRate } from './waiting';

const SECONDS = 15;
const PER_SECOND = 50;

/** As the next release might ship them. */
const SAMPLES = {
  '99990101000000_expand': `ALTER TABLE "endorsement" ADD COLUMN "sample" TEXT, ADD COLUMN "sampled" BOOLEAN NOT NULL DEFAULT false;
    CREATE TABLE "sample" ("id" UUID NOT NULL PRIMARY KEY, "letter_id" UUID NOT NULL REFERENCES "letter" ("id"));`,
  '99990101000001_index': 'CREATE INDEX CONCURRENTLY "sample_of" ON "endorsement" ("sample");',
};

function nextRelease(): string {
  const prisma = mkdtempSync(path.join(tmpdir(), 'undersigned-next-'));
  cpSync('prisma/migrations', path.join(prisma, 'migrations'), { recursive: true });
  for (const [name, sql] of Object.entries(SAMPLES)) {
    const folder = path.join(prisma, 'migrations', name);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'migration.sql'), sql);
  }
  return prisma;
}

export const migration: Row = {
  name: 'migration',
  fault: `an expanding migration under ${PER_SECOND} requests/s, while a transaction holds its table for ${SECONDS} s`,
  goal: 'no request fails; the migration is applied',
  async run(chance) {
    const instance = await startInstance({ MAIL_PER_SECOND: '10' });
    const prisma = nextRelease();
    const long = new pg.Client({ connectionString: instance.databaseUrl });
    try {
      for (const sql of Object.values(SAMPLES))
        if ((await dangersIn(sql)).length > 0) throw new Error('the samples are dangerous');
      // The first answers of a process take longer than all later ones.
      for (const { port } of instance.servers)
        for (const path of ['', '/signatories'])
          await instance.client.ask(port, `/api/letters/${LETTER}${path}`);
      const answers: Record<string, number> = {};
      let slowest = 0;
      const stop = atRate(PER_SECOND, async (n) => {
        const { port } = pick(chance, instance.servers);
        const begun = performance.now();
        const path = `/api/letters/${LETTER}`;
        const asked =
          n % 5
            ? instance.client.ask(port, n % 2 ? path : `${path}/signatories`)
            : instance.client.postJson(port, `${path}/endorsements`, signUpOf(`m${n}`));
        const said = await asked.then(
          ({ status }) => String(status),
          (error: NodeJS.ErrnoException) => error.code ?? error.message,
        );
        slowest = Math.max(slowest, performance.now() - begun);
        answers[said] = (answers[said] ?? 0) + 1;
      });
      await long.connect();
      await long.query('BEGIN');
      // As a report or a dump would; and it writes, for which a concurrent index waits, too.
      await long.query('SELECT count(*) FROM endorsement');
      await long.query('UPDATE endorsement SET pin = pin WHERE false');
      const begun = performance.now();
      let isApplied = false;
      const migrating = applyMigrations(instance.databaseUrl, prisma).then((names) => {
        isApplied = true;
        return names;
      });
      await sleep(SECONDS * 1_000);
      const wasEarly = isApplied;
      await long.query('COMMIT');
      const applied = await migrating;
      const took = (performance.now() - begun) / 1_000;
      await sleep(2_000);
      const all = await stop();
      const { 200: reads = 0, 202: signUps = 0, ...others } = answers;
      return finding(
        `${all} requests while it waited and was applied (${took.toFixed(1)} s), ${all - reads - signUps} failed; the slowest took ${(slowest / 1_000).toFixed(1)} s`,
        [
          ...(Object.keys(others).length > 0 ? [`failed: ${JSON.stringify(others)}`] : []),
          ...(wasEarly ? ['the table was not held'] : []),
          ...(applied.length === 2 ? [] : [`applied: ${applied.join()}`]),
        ],
      );
    } finally {
      await long.end();
      await instance.stop();
      rmSync(prisma, { recursive: true });
    }
  },
};
