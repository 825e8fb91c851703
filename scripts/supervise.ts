/**
 * Supervises the processes of `npm start`: restarts them after failures with exponential back-off,
 * and gives up after too many.
 */
import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** Restart policy: the maximum number of failures, and the first delay, which doubles each time. */
export interface RestartPolicy {
  firstDelayMs: number;
  longestDelayMs: number;
  /** Number of failures within the window after which to give up. */
  failures: number;
  windowMs: number;
}

/**
 * Delays of 0.5, 1, 2, 4 and 8 s: temporary failures recover, permanent ones are given up within a
 * minute.
 */
export const RESTARTS: RestartPolicy = {
  firstDelayMs: 500,
  longestDelayMs: 10_000,
  failures: 6,
  windowMs: 300_000,
};

/**
 * Orphaned backends of a killed database can use its data for a while: up to a minute of further
 * attempts.
 */
export const DATABASE_RESTARTS: RestartPolicy = { ...RESTARTS, failures: 10 };

/** Thresholds for a server process that hangs. */
export interface Watchdog {
  pingMs: number;
  /** How long the event loop may leave pings unanswered. */
  silenceMs: number;
}

/** Longer than any legitimate computation in the server process, shorter than users wait. */
export const WATCHDOG: Watchdog = { pingMs: 1_000, silenceMs: 15_000 };

/** Timeout for a server process to listen. */
export const START_MS = 60_000;

/** Timeout for a process to exit after SIGTERM. */
const STOP_MS = 30_000;

/** One run of a supervised process. */
export interface Run {
  /** Resolves when it has exited, with the cause as a predicate: "was killed (SIGKILL)". */
  ended: Promise<string>;
  stop(): Promise<void>;
}

export interface Supervisor {
  /** Settles with the first start. If that fails, there is no restart. */
  started: Promise<void>;
  /** Stops it permanently, also while it is starting. */
  stop(): Promise<void>;
}

export interface Supervision {
  /** Its name at the start of a sentence: "The server process". */
  name: string;
  policy: RestartPolicy;
  /** Starts it; resolves when it works. May return early if the signal is aborted. */
  start(signal: AbortSignal): Promise<Run>;
  /** Called with a one-line message at each restart. */
  say(line: string): void;
  /** Called once with a one-line message after too many failures. */
  giveUp(line: string): void;
}

const firstLine = (error: unknown) =>
  String((error as Error | undefined)?.message ?? error).split('\n')[0]!;

const seconds = (ms: number) => `${Number((ms / 1000).toFixed(1))} s`;

/** Starts a process and restarts it after failures until the returned supervisor is stopped. */
export function supervise({ name, policy, start, say, giveUp }: Supervision): Supervisor {
  const stopped = new AbortController();
  let current = start(stopped.signal);

  const keepRunning = async () => {
    let failures: number[] = [];
    for (;;) {
      const why = await current.then(
        (run) => run.ended,
        (error: unknown) => `could not start: ${firstLine(error)}`,
      );
      if (stopped.signal.aborted) return;
      const now = performance.now();
      failures = [...failures.filter((at) => now - at < policy.windowMs), now];
      if (failures.length >= policy.failures) {
        giveUp(
          `${name} ${why}, and failed ${failures.length} times within ${seconds(policy.windowMs)}. Giving up.`,
        );
        return;
      }
      const wait = Math.min(
        policy.longestDelayMs,
        policy.firstDelayMs * 2 ** (failures.length - 1),
      );
      say(`${name} ${why}. Starting it again in ${seconds(wait)}.`);
      await delay(wait, undefined, { signal: stopped.signal }).catch(() => {});
      if (stopped.signal.aborted) return;
      current = start(stopped.signal);
    }
  };
  const started = current.then(() => {});
  const kept = started.then(keepRunning, () => {});

  return {
    started,
    async stop() {
      stopped.abort();
      await current.then(
        (run) => run.stop(),
        () => {},
      );
      await kept;
    },
  };
}

export interface ServerProcess {
  script: string;
  args: string[];
  options: ForkOptions;
  /** Called with every new process, so that the caller can handle its output. */
  onFork(child: ChildProcess): void;
  /** Null if long pauses are normal, as in development (compiling, breakpoints). */
  watchdog: Watchdog | null;
  startMs: number | null;
  /** Aborts a start in progress. */
  signal: AbortSignal;
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Terminates a process: SIGTERM, then SIGKILL after a timeout. */
async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const killTimer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(killTimer);
}

/**
 * Kills a process that leaves pings unanswered for too long, and then calls `onStuck`. Counts timer
 * ticks instead of wall time, so that a suspended machine does not count as a hang.
 */
function watch(child: ChildProcess, { pingMs, silenceMs }: Watchdog, onStuck: () => void): void {
  let unanswered = 0;
  child.on('message', (message) => {
    if (message === 'pong') unanswered = 0;
  });
  const interval = setInterval(() => {
    if (unanswered * pingMs >= silenceMs) {
      clearInterval(interval);
      onStuck();
      child.kill('SIGKILL'); // a blocked event loop handles no other signal
      return;
    }
    // The pipe of a hanging process fills up, so only one ping is sent at a time.
    if (unanswered++ === 0 && child.connected) child.send('ping', () => {});
  }, pingMs);
  child.once('exit', () => clearInterval(interval));
}

/**
 * Starts a server process, which sends 'ready' over IPC when it listens and answers 'ping' with
 * 'pong'.
 */
export async function startServerProcess({
  script,
  args,
  options,
  onFork,
  watchdog,
  startMs,
  signal,
}: ServerProcess): Promise<Run> {
  const child = fork(script, args, options);
  let stuck = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`failed: ${firstLine(error)}`));
    child.once('exit', (code, killedBy) => {
      if (stuck) resolve(`did not answer for ${seconds(watchdog!.silenceMs)} and was killed`);
      else resolve(killedBy ? `was killed (${killedBy})` : `ended with ${code}`);
    });
  });
  onFork(child);
  const stop = () => end(child);
  const abort = () => void stop();
  signal.addEventListener('abort', abort);
  const tooLong = startMs === null ? undefined : setTimeout(() => child.kill('SIGKILL'), startMs);
  try {
    await Promise.race([
      new Promise<void>((resolve) =>
        child.on('message', (message) => message === 'ready' && resolve()),
      ),
      ended.then((why) => Promise.reject(new Error(`it ${why} before it listened`))),
    ]);
  } finally {
    clearTimeout(tooLong);
    signal.removeEventListener('abort', abort);
  }
  if (watchdog) watch(child, watchdog, () => (stuck = true));
  return { ended, stop };
}

export interface WatchedDatabase {
  isAlive(): boolean;
  /** Restarts it with the same port and data after it has died. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * How often to check the database's main process; it is not a child process, so there is no exit
 * event.
 */
export const DATABASE_CHECK_MS = 500;

/** One run of the embedded database: the first is already running, later ones restart it. */
export function databaseRuns(database: WatchedDatabase, checkMs: number): () => Promise<Run> {
  let first = true;
  return async () => {
    if (!first) await database.restart();
    first = false;
    let settle: (how: string) => void;
    const ended = new Promise<string>((resolve) => (settle = resolve));
    const checking = setInterval(() => {
      if (!database.isAlive()) settle('has died');
    }, checkMs);
    void ended.then(() => clearInterval(checking));
    return {
      ended,
      async stop() {
        settle('was stopped');
        await database.stop();
      },
    };
  };
}
