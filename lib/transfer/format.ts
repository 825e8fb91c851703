import type { Db } from '@/lib/platform/db/client';

export const FORMAT = 'undersigned/letter-export/1';

/** What a file says of itself first. */
export interface Head {
  format: typeof FORMAT;
  madeAt: string;
  /** The letter, its address, and all addresses that it has had. */
  letter: { id: string; slug: string; slugs: string[] };
  /** The migrations of the database, which say what its tables are like. */
  migrations: string[];
}

/** The names of a database's migrations. */
export async function migrationsOf(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`;
  return rows.map(({ name }) => name);
}
