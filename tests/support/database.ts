import { db } from '@/lib/platform/db/client';
import type { PrismaClient } from '@/lib/platform/db/generated/client';

/**
 * The migrated database of this worker, shared by its tests: each uses its own letters and
 * addresses.
 */
export async function testDatabase(): Promise<{ db: PrismaClient; url: string }> {
  return { db: db(), url: process.env.DATABASE_URL! };
}
