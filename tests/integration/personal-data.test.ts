import { expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { COLUMNS, PERSONAL_DATA } from '@/lib/platform/personal-data';

it('the table of personal data names every column of the database that can hold words', async () => {
  const columns = await db().$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS table, column_name AS column
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'
      AND data_type IN ('text', 'bytea', 'json', 'jsonb', 'character', 'character varying', 'ARRAY')`;
  const inDatabase = columns.map(({ table, column }) => `${table}.${column}`).sort();
  const inTable = Object.entries(COLUMNS).flatMap(([table, of]) =>
    Object.keys(of).map((column) => `${table}.${column}`),
  );
  expect(inTable.sort()).toEqual(inDatabase);
});

it('no other type of column can hold words', async () => {
  const types = await db().$queryRaw<{ type: string }[]>`
    SELECT DISTINCT data_type AS type FROM information_schema.columns WHERE table_schema = 'public'`;
  expect(types.map(({ type }) => type).sort()).toEqual([
    'ARRAY',
    'USER-DEFINED', // enums
    'bigint',
    'boolean',
    'bytea',
    'character',
    'character varying',
    'date',
    'integer',
    'jsonb',
    'text',
    'timestamp with time zone',
    'uuid',
  ]);
});

it('every kind of personal data is somewhere', () => {
  const kinds = new Set(Object.values(COLUMNS).flatMap((columns) => Object.values(columns)));
  for (const kind of Object.keys(PERSONAL_DATA)) expect(kinds).toContain(kind);
});
