/** What the driver adapter knows of PostgreSQL's error; Prisma has it in `meta`, or at COMMIT as the error's own cause. */
interface FromDatabase {
  cause?: { originalCode?: string; originalMessage?: string };
  meta?: { driverAdapterError?: { cause?: { originalCode?: string; originalMessage?: string } } };
}

/**
 * What PostgreSQL says against `attempt`, code before message; fails where it does not refuse it. Unlike a pattern for
 * `toThrow` this cannot match the lines of the test itself, which Prisma puts into its messages.
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
