import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedDatabase } from '@/lib/platform/db/embedded';
import { applyMigrations } from '@/lib/platform/db/migrate';

const TEMPLATE = 'template_migrated';

/** A PostgreSQL server for a test run, with a migrated template that each worker's database is copied from. */
export interface TestServer {
  /** Makes the database `name`, empty but for the migrations. Returns its address. */
  create(name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Makes database `name` on the server whose address (of any of its databases) is `serverUrl`: migrated, or with `from:
 * 'template0'` empty.
 */
export async function createDatabase(
  serverUrl: string,
  name: string,
  from = TEMPLATE,
): Promise<string> {
  const admin = new URL(serverUrl);
  admin.pathname = '/postgres';
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${from}`);
  await client.end();
  admin.pathname = `/${name}`;
  return admin.href;
}

/** Starts a PostgreSQL server of the test run's own in a temporary folder. */
export async function startTestServer(): Promise<TestServer & { url: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'undersigned-test-'));
  chmodSync(folder, 0o711); // run by root, the server is another user, who must get through to its data
  const server = await startEmbeddedDatabase(folder);
  const template = await server.database(TEMPLATE);
  await applyMigrations(template, path.resolve('prisma'));
  // Nobody is told of the template's own address: while somebody is connected to it, it cannot be copied.
  const url = new URL('/postgres', template).href;
  return {
    url,
    create: (name) => createDatabase(url, name),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Vitest's global set-up: one server for all workers. */
export async function setup({
  provide,
}: {
  provide(key: 'postgresUrl', value: string): void;
}): Promise<() => Promise<void>> {
  const server = await startTestServer();
  provide('postgresUrl', server.url);
  return () => server.stop();
}

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}
