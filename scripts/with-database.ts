/**
 * Runs a command-line tool with the instance's database, embedded or not, whether or not the
 * product is running.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { generateClient, root } from './build';
import { dataFolder, databaseUrlOfRunning } from './data-folder';
import { embeddedDefaults } from './embedded-defaults';

/**
 * The URL of the instance's database: DATABASE_URL, or that of the running product's embedded
 * server, or of one started temporarily, which `stop` ends.
 */
export async function openDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  if (existsSync(path.join(root, '.env'))) process.loadEnvFile(path.join(root, '.env'));
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => {} };
  const running = databaseUrlOfRunning();
  if (running) return { url: running, stop: async () => {} };
  const { startEmbeddedDatabase } = await import('@/lib/platform/db/embedded');
  const database = await startEmbeddedDatabase(dataFolder);
  return { url: await database.database('undersigned'), stop: () => database.stop() };
}

/**
 * Runs `tool` with the environment of the product and migrations applied, and exits with the code it
 * returns.
 */
export async function runTool(tool: () => Promise<number>): Promise<never> {
  generateClient();
  const database = await openDatabase();
  let code = 1;
  try {
    if (!process.env.DATABASE_URL) Object.assign(process.env, embeddedDefaults(database.url));
    const { applyMigrations } = await import('@/lib/platform/db/migrate');
    await applyMigrations(database.url, path.join(root, 'prisma'));
    code = await tool();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
  }
  await database.stop();
  process.exit(code);
}
