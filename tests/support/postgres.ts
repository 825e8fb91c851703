import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedDatabase } from '@/lib/platform/db/embedded';
import { applyMigrations } from '@/lib/platform/db/migrate';

const TEMPLATE = 'template_migrated';

/**
 * A PostgreSQL server for a test run, with a migrated template database for each worker to copy.
 */
export interface TestServer {
  /** Creates the database `name` with only the migrations. Returns its URL. */
  create(name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Creates the database `name` on the server of `serverUrl` (the URL of any of its databases):
 * migrated, or empty with `from: 'template0'`.
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

/**
 * Starts a PostgreSQL server for a test run in a temporary folder.
 * @param durable waits for the disk, as in production, which tests need not
 */
export async function startTestServer({ durable = false } = {}): Promise<
  TestServer & { url: string }
> {
  const folder = mkdtempSync(path.join(tmpdir(), 'undersigned-test-'));
  chmodSync(folder, 0o711); // run by root, the server is another user, who must get through to its data
  const server = await startEmbeddedDatabase(folder, !durable);
  const template = await server.database(TEMPLATE);
  await applyMigrations(template, path.resolve('prisma'));
  // The template's URL stays private: it cannot be copied while anyone is connected to it.
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
