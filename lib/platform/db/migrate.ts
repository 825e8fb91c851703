import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { SchemaEngine as Engine, MigrationList } from '@prisma/schema-engine-wasm';
import pg from 'pg';

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

/**
 * Prisma's driver adapter splits scripts at every semicolon, even within function bodies;
 * PostgreSQL itself does not.
 */
class WholeScriptPrismaPg extends PrismaPg {
  constructor(private readonly pool: pg.Pool) {
    super(pool);
  }
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => void (await this.pool.query(script));
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
): Promise<T> {
  await (engineLoaded ??= loadEngine());
  // A single connection, since the engine's advisory lock belongs to a connection; closed
  // immediately to release the lock.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScriptPrismaPg(pool));
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

function readMigrations(prismaDir: string): MigrationList {
  const baseDir = path.join(prismaDir, 'migrations');
  const lockfile = path.join(baseDir, 'migration_lock.toml');
  const directories = existsSync(baseDir)
    ? readdirSync(baseDir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: directories.map((name) => ({
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
 * processes concurrently: the engine takes Prisma's advisory lock. Returns the names of the applied
 * migrations. Throws with the engine's message if one fails.
 */
export async function applyMigrations(databaseUrl: string, prismaDir: string): Promise<string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: readMigrations(prismaDir),
      filters: noFilter,
    });
    return appliedMigrationNames;
  });
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
