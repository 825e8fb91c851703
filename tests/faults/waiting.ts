import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer; throws after `withinMs`. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs: number,
  everyMs = 100,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (performance.now() > end) throw new Error(`in vain for ${withinMs / 1_000} s: ${what}`);
    await sleep(everyMs);
  }
}

/** Runs `query` until it works: the database may be restarting. */
export function persistently<T>(query: () => Promise<T>): Promise<T> {
  return until(
    'an answer of the database',
    () =>
      query()
        .then((value) => ({ value }))
        .catch(() => null),
    120_000,
    300,
  ).then(({ value }) => value);
}

/** Runs `act` at a steady rate until `stop` is called, which waits for those under way. */
export function atRate(
  perSecond: number,
  act: (n: number) => Promise<void>,
): () => Promise<number> {
  const running = new Set<Promise<void>>();
  const begun = performance.now();
  let count = 0;
  const timer = setInterval(() => {
    while (count < ((performance.now() - begun) / 1_000) * perSecond) {
      const one: Promise<void> = act((count += 1)).finally(() => running.delete(one));
      running.add(one);
    }
  }, 10);
  return async () => {
    clearInterval(timer);
    while (running.size > 0) await Promise.all(running);
    return count;
  };
}
