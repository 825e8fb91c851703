import { db } from './client';

/** Timeout of a health check's query. Load balancers check every few seconds. */
const ANSWER_MS = 2_000;

let asking: Promise<boolean> | undefined;

/**
 * Whether the database responds in time. Concurrent checks share one query, so that they do not
 * exhaust the connections of a database that hangs.
 */
export async function databaseAnswers(): Promise<boolean> {
  asking ??= db().$queryRaw`SELECT 1`
    .then(
      () => true,
      () => false,
    )
    .finally(() => (asking = undefined));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(
    (resolve) => (timer = setTimeout(() => resolve(false), ANSWER_MS)),
  );
  return Promise.race([asking, late]).finally(() => clearTimeout(timer));
}
