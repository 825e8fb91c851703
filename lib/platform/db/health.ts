import { db } from './client';

/** For a health check: load balancers check every few seconds. */
export const PROBE_MS = 2_000;
/**
 * For a person's page. A database or server that is merely busy, as in its first seconds, answers
 * late; a page that comes late is better than an error.
 */
export const PAGE_MS = 15_000;

let asking: Promise<boolean> | undefined;

/**
 * Whether the database responds within `withinMs`. Concurrent checks share one query, so that they
 * do not exhaust the connections of a database that hangs.
 */
export async function databaseAnswers(withinMs: number): Promise<boolean> {
  asking ??= db().$queryRaw`SELECT 1`
    .then(
      () => true,
      () => false,
    )
    .finally(() => (asking = undefined));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(
    (resolve) => (timer = setTimeout(() => resolve(false), withinMs)),
  );
  return Promise.race([asking, late]).finally(() => clearTimeout(timer));
}
