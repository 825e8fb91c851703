import pg from 'pg';
import { onTestFinished } from 'vitest';

/** What PostgreSQL says against a statement: the constraint or the code, and the message. */
export interface Refused {
  code: string;
  constraint?: string;
  message: string;
}

/** A connection of the test's own to this worker's database, to run transactions beside each other in a chosen order. */
export async function aSession(): Promise<{
  run(sql: string, values?: unknown[]): Promise<void>;
  /** Runs what must be refused, and returns what PostgreSQL says. */
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
