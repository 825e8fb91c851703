import { db } from '@/lib/platform/db/client';
import type { PrismaClient } from '@/lib/platform/db/generated/client';

/** The migrated database of this worker, shared by its tests: each works with letters and addresses of its own. */
export async function testDatabase(): Promise<{ db: PrismaClient; url: string }> {
  return { db: db(), url: process.env.DATABASE_URL! };
}
