import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { SchemaEngine as Engine, MigrationList } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { LockedOut, runWithBriefLocks } from './brief-locks';

const require = createRequire(import.meta.url);
const { SchemaEngine, __wbg_set_wasm } = engineBindings as unknown as {
  SchemaEngine: typeof Engine;
  __wbg_set_wasm(wasm: WebAssembly.Exports): void;
};

const noFilter = { externalTables: [], externalEnums: [] };

let engineLoaded: Promise<void> | undefined;

async function loadEngine(): Promise<void> {
  const file = require
    .resolve('@prisma/schema-engine-wasm')
    .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {
    './schema_engine_bg.js': engineBindings as unknown as WebAssembly.ModuleImports,
  });
  __wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/** For how long a migration waits for other transactions to release a table, in milliseconds. */
const PATIENCE_MS = 300_000;

/**
 * Prisma's driver adapter splits scripts at every semicolon, even within function bodies;
 * PostgreSQL itself does not.
 */
class WholeScriptPrismaPg extends PrismaPg {
  /** Why a script was not run; the engine only says that there was an error. */
  lockedOut: LockedOut | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly patienceMs: number,
  ) {
    super(pool);
  }
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = (script) =>
      runWithBriefLocks(this.pool, script, this.patienceMs).catch((error: unknown) => {
        if (error instanceof LockedOut) this.lockedOut = error;
        throw error;
      });
    return adapter;
  }
}

/**
 * Runs `work` with Prisma's schema engine as WebAssembly: `prisma migrate` without its binary
 * download (docs/decisions/0003).
 */
async function withEngine<T>(
  databaseUrl: string,
  work: (engine: Engine) => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  await (engineLoaded ??= loadEngine());
  // A single connection, since the engine's advisory lock belongs to a connection; closed
  // immediately to release the lock.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const connector = new WholeScriptPrismaPg(pool, patienceMs);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(connector);
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    if (!connector.lockedOut) throw error;
    // Or the engine would refuse to go on until somebody says what is left of it, which is nothing.
    await pool.query(
      'UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
    );
    throw connector.lockedOut;
  } finally {
    await pool.end();
  }
}

/** The names of the migrations under `prismaDir/migrations`, in the order they are applied. */
export function migrationNames(prismaDir: string): string[] {
  const baseDir = path.join(prismaDir, 'migrations');
  return existsSync(baseDir)
    ? readdirSync(baseDir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
}

function readMigrations(prismaDir: string): MigrationList {
  const baseDir = path.join(prismaDir, 'migrations');
  const lockfile = path.join(baseDir, 'migration_lock.toml');
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames(prismaDir).map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok',
          value: readFileSync(path.join(baseDir, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  };
}

/**
 * Applies pending migrations under `prismaDir/migrations`, each atomically. Safe to run in several
 * processes concurrently: the engine takes Prisma's advisory lock. Each
 * takes its locks at once or lets others go first, so that it can be done while the product runs.
 * Returns the names of the applied migrations. Throws with the engine's message if one fails.
 */
export async function applyMigrations(
  databaseUrl: string,
  prismaDir: string,
  patienceMs?: number,
): Promise<string[]> {
  return withEngine(
    databaseUrl,
    async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: readMigrations(prismaDir),
        filters: noFilter,
      });
      return appliedMigrationNames;
    },
    patienceMs,
  );
}

/**
 * The SQL to migrate a database from one version of `schema.prisma` to another; `before` is null
 * for an empty database. A starting point for a migration file: it does not include what only
 * migrations define (partial indexes, collations, triggers). It compares only the two texts; the
 * engine just requires `databaseUrl` to start.
 */
export async function proposeMigration(
  databaseUrl: string,
  before: string | null,
  after: string,
): Promise<string> {
  return withEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from:
        before === null
          ? { tag: 'empty' }
          : { tag: 'schemaDatamodel', files: [{ path: 'before.prisma', content: before }] },
      to: { tag: 'schemaDatamodel', files: [{ path: 'after.prisma', content: after }] },
      script: true,
      exitCode: null,
      filters: noFilter,
    });
    return stdout ?? '';
  });
}
