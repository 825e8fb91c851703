import { db } from './client';

/** How long the database may take to answer a health check. Load balancers ask every few seconds. */
const ANSWER_MS = 2_000;

let asking: Promise<boolean> | undefined;

/**
 * Whether the database answers in time. While one question waits for its answer nobody asks another, so that checks do
 * not use up the connections of a database that hangs.
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
