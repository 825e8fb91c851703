import { db } from '@/lib/platform/db/client';

/** Inserts one row. */
export async function insertOne(body: string): Promise<void> {
  await db().$executeRaw`INSERT INTO bench (body) VALUES (${body})`;
}
