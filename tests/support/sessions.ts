import pg from 'pg';
import { onTestFinished } from 'vitest';

/** PostgreSQL's error on a statement: the constraint or the code, and the message. */
export interface Refused {
  code: string;
  constraint?: string;
  message: string;
}

/**
 * A separate connection to this worker's database, for interleaving transactions in a given order.
 */
export async function aSession(): Promise<{
  run(sql: string, values?: unknown[]): Promise<void>;
  /** Runs a statement that must fail, and returns PostgreSQL's error. */
  refused(sql: string, values?: unknown[]): Promise<Refused>;
}> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  onTestFinished(() => client.end());
  return {
    run: async (sql, values) => void (await client.query(sql, values)),
    refused: (sql, values) =>
      client.query(sql, values).then(
        () => {
          throw new Error(`PostgreSQL did not refuse: ${sql}`);
        },
        (error: Refused) => error,
      ),
  };
}
