import { connect } from '@/lib/platform/db/client';
import type { PrismaClient } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env';

/** Runs `work` as an instance with another database and, if given, another secret would. */
export async function asInstance<T>(
  url: string,
  work: () => Promise<T>,
  secret = env().APP_SECRET,
): Promise<T> {
  const store = globalThis as { undersignedDb?: PrismaClient };
  const [own, ownSecret] = [store.undersignedDb, env().APP_SECRET];
  const other = connect(url, 3);
  store.undersignedDb = other;
  env().APP_SECRET = secret;
  try {
    return await work();
  } finally {
    store.undersignedDb = own;
    env().APP_SECRET = ownSecret;
    await other.$disconnect();
  }
}
