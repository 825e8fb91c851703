import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { migrationNames } from '@/lib/platform/db/migrate';
import { dangersIn } from '@/tests/support/migration-lint';

/** The newest migration from before the lint: nobody ran two versions at once until then. */
const BASELINE = '20261130180000_review_at_scale';

describe('migrations while the product runs', () => {
  it('no migration since the baseline does what readers and signers would have to wait for', async () => {
    const names = migrationNames('prisma');
    expect(names).toContain(BASELINE);
    for (const name of names.filter((each) => each > BASELINE)) {
      const sql = readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8');
      expect(await dangersIn(sql), name).toEqual([]);
    }
  });

  it.each([
    ['an index', 'CREATE INDEX "i" ON "mail" ("kind")', 'builds an index'],
    ['a unique index', 'CREATE UNIQUE INDEX "i" ON "mail" ("kind")', 'builds an index'],
    [
      'an index CONCURRENTLY beside something else',
      'CREATE INDEX CONCURRENTLY "i" ON "mail" ("kind"); CREATE TABLE "t" ()',
      'not alone',
    ],
    [
      'a column that must have a value',
      'ALTER TABLE "mail" ADD COLUMN "c" TEXT NOT NULL',
      'without a default',
    ],
    [
      'a default for each row',
      'ALTER TABLE "mail" ADD COLUMN "c" UUID NOT NULL DEFAULT gen_random_uuid()',
      'for each row',
    ],
    [
      'a generated column',
      'ALTER TABLE "mail" ADD COLUMN "c" TEXT GENERATED ALWAYS AS (lower("to")) STORED',
      'computed',
    ],
    ['a unique column', 'ALTER TABLE "mail" ADD COLUMN "c" TEXT UNIQUE', 'with an index'],
    ['a type', 'ALTER TABLE "mail" ALTER COLUMN "to" TYPE VARCHAR(9)', 'changes a type'],
    ['NOT NULL', 'ALTER TABLE "mail" ALTER COLUMN "batch_id" SET NOT NULL', 'NOT NULL'],
    [
      'a foreign key',
      'ALTER TABLE "mail" ADD CONSTRAINT "f" FOREIGN KEY ("batch_id") REFERENCES "letter" ("id")',
      'without NOT VALID',
    ],
    ['a check', `ALTER TABLE "mail" ADD CONSTRAINT "c" CHECK ("to" <> '')`, 'without NOT VALID'],
    [
      'a check that is validated at once',
      `ALTER TABLE "mail" ADD CONSTRAINT "c" CHECK ("to" <> '') NOT VALID; ALTER TABLE "mail" VALIDATE CONSTRAINT "c"`,
      'next migration',
    ],
    ['a unique constraint', 'ALTER TABLE "mail" ADD CONSTRAINT "u" UNIQUE ("to")', 'USING INDEX'],
    ['a column that goes', 'ALTER TABLE "mail" DROP COLUMN "to"', 'version before'],
    ['a new name', 'ALTER TABLE "mail" RENAME COLUMN "to" TO "for"', 'version before'],
    ['a table that goes', 'DROP TABLE "mail"', 'version before'],
    ['all rows written', `UPDATE "mail" SET "language" = 'en'`, 'in parts'],
    ['all rows deleted', 'DELETE FROM "mail"', 'in parts'],
    ['a lock', 'LOCK TABLE "mail"', 'locks'],
    ['the end of the transaction', 'COMMIT', 'ends the transaction'],
    ['a block of code', 'DO $$ BEGIN END $$', 'cannot be judged'],
  ])('%s is dangerous', async (_what, sql, expected) => {
    expect(await dangersIn(sql)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    ['a column without a value', 'ALTER TABLE "mail" ADD COLUMN "c" TEXT'],
    [
      'columns with constant defaults',
      `ALTER TABLE "mail" ADD COLUMN "a" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[], ADD COLUMN "b" INTEGER NOT NULL DEFAULT 0,
       ADD COLUMN "c" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, ADD COLUMN "d" JSONB NOT NULL DEFAULT '{}'`,
    ],
    [
      'a column that refers to another table',
      'ALTER TABLE "mail" ADD COLUMN "c" UUID REFERENCES "letter" ("id")',
    ],
    [
      'a table with its indexes, its foreign keys and its rows',
      `CREATE TABLE "t" ("id" UUID NOT NULL, "letter_id" UUID NOT NULL); CREATE INDEX "i" ON "t" ("letter_id");
       ALTER TABLE "t" ADD CONSTRAINT "f" FOREIGN KEY ("letter_id") REFERENCES "letter" ("id");
       INSERT INTO "t" SELECT "id", "id" FROM "letter"; UPDATE "t" SET "id" = "letter_id"`,
    ],
    ['an index CONCURRENTLY by itself', 'CREATE INDEX CONCURRENTLY "i" ON "mail" ("kind")'],
    ['an index that goes', 'DROP INDEX "mail_due"'],
    [
      'a constraint for what comes',
      `ALTER TABLE "mail" ADD CONSTRAINT "c" CHECK ("to" <> '') NOT VALID`,
    ],
    ['a constraint of an earlier migration', 'ALTER TABLE "mail" VALIDATE CONSTRAINT "c"'],
    ['a value of an enumeration', `ALTER TYPE "mail_kind" ADD VALUE 'x'`],
    [
      'a function and its trigger',
      `CREATE FUNCTION "f"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE "mail" SET "to" = ''; RETURN NULL; END $$;
       CREATE TRIGGER "t" AFTER INSERT ON "mail" FOR EACH STATEMENT EXECUTE FUNCTION "f"()`,
    ],
    [
      'what somebody has thought about',
      `-- Seven rows, 日本.\n-- safe: a letter has few of them\nUPDATE "letter_round" SET "number" = 1`,
    ],
  ])('%s is not', async (_what, sql) => {
    expect(await dangersIn(sql)).toEqual([]);
  });

  it('a thought is about the statement that follows it alone', async () => {
    expect(
      await dangersIn(
        '-- safe: 少ない\nDELETE FROM "a"; -- not about the next\nDELETE FROM "b";\n-- safe: \nDELETE FROM "c"',
      ),
    ).toHaveLength(2);
  });
});
