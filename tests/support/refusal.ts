/**
 * The driver adapter's version of PostgreSQL's error; Prisma puts it in `meta`, or at COMMIT in
 * `cause`.
 */
interface FromDatabase {
  cause?: { originalCode?: string; originalMessage?: string };
  meta?: { driverAdapterError?: { cause?: { originalCode?: string; originalMessage?: string } } };
}

/**
 * PostgreSQL's error on `attempt`, code before message; fails if there is none. Unlike a pattern
 * for `toThrow`, it cannot match the test's own source lines, which Prisma includes in its
 * messages.
 */
export async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => null,
    (thrown: FromDatabase) => thrown,
  );
  if (!error) throw new Error('PostgreSQL did not refuse it');
  const cause = error.meta?.driverAdapterError?.cause ?? error.cause;
  if (!cause?.originalCode) throw error;
  return `${cause.originalCode} ${cause.originalMessage}`;
}
