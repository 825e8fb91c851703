import { db } from '@/lib/platform/db/client';

/** Writes one row and nothing else. */
export async function insertOne(body: string): Promise<void> {
  await db().$executeRaw`INSERT INTO bench (body) VALUES (${body})`;
}
