/** Keeps what `npm start` runs running: starts again what ended, with back-off, and gives up when that does not help. */
import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** How often something may fail, and how long to wait before it is started again: twice as long each time. */
export interface RestartPolicy {
  firstDelayMs: number;
  longestDelayMs: number;
  /** So many failures within the window are too many. */
  failures: number;
  windowMs: number;
}

/** Delays of 0.5, 1, 2, 4 and 8 s: what ends for a passing reason recovers, what cannot run is given up within a minute. */
export const RESTARTS: RestartPolicy = {
  firstDelayMs: 500,
  longestDelayMs: 10_000,
  failures: 6,
  windowMs: 300_000,
};

/** What a killed database left behind may use its data for a while yet: up to a minute of further tries. */
export const DATABASE_RESTARTS: RestartPolicy = { ...RESTARTS, failures: 10 };

/** When a server process counts as stuck. */
export interface Watchdog {
  pingMs: number;
  /** How long the event loop may leave pings unanswered. */
  silenceMs: number;
}

/** Longer than anything a request may legitimately compute in the server process, shorter than people wait. */
export const WATCHDOG: Watchdog = { pingMs: 1_000, silenceMs: 15_000 };

/** How long a server process may take until it listens. */
export const START_MS = 60_000;

/** How long a process that was asked to end may take. */
const STOP_MS = 15_000;

/** One run of something supervised. */
export interface Run {
  /** Resolves when it has ended, with how, as a predicate: "was killed (SIGKILL)". */
  ended: Promise<string>;
  stop(): Promise<void>;
}

export interface Supervisor {
  /** Settles with the first start. Something that never worked is no passing fault: it is not started again. */
  started: Promise<void>;
  /** Stops it for good, also while it is being started. */
  stop(): Promise<void>;
}

export interface Supervision {
  /** What it is, as a sentence begins: "The server process". */
  name: string;
  policy: RestartPolicy;
  /** Starts it; resolves once it works. Need not go on once the signal is aborted. */
  start(signal: AbortSignal): Promise<Run>;
  /** Called with one line for each time it is started again. */
  say(line: string): void;
  /** Called once, with one line, when it failed too often. */
  giveUp(line: string): void;
}

const firstLine = (error: unknown) =>
  String((error as Error | undefined)?.message ?? error).split('\n')[0]!;

const seconds = (ms: number) => `${Number((ms / 1000).toFixed(1))} s`;

/** Starts something and keeps it running until the returned supervisor stops it. */
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
  /** Called with every process before it works: what it prints belongs to the caller. */
  onFork(child: ChildProcess): void;
  /** Null where long pauses are usual, as in development: compiling, a debugger's breakpoint. */
  watchdog: Watchdog | null;
  startMs: number | null;
  /** Stops what is still starting. */
  signal: AbortSignal;
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Ends a process: asks it, and kills it when it does not. */
async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(impatience);
}

/**
 * Kills a process that leaves pings unanswered for too long, and then calls `onStuck`. Silence is counted in ticks of our
 * own clock, not in wall time: after a machine has slept, the process has not been silent for the whole night.
 */
function watch(child: ChildProcess, { pingMs, silenceMs }: Watchdog, onStuck: () => void): void {
  let unanswered = 0;
  child.on('message', (message) => {
    if (message === 'pong') unanswered = 0;
  });
  const ticking = setInterval(() => {
    if (unanswered * pingMs >= silenceMs) {
      clearInterval(ticking);
      onStuck();
      child.kill('SIGKILL'); // a stuck event loop hears no other signal
      return;
    }
    // The pipe of a stuck process fills up: one ping is enough to wait for.
    if (unanswered++ === 0 && child.connected) child.send('ping', () => {});
  }, pingMs);
  child.once('exit', () => clearInterval(ticking));
}

/** Starts a server process, which says 'ready' over IPC when it listens and answers 'ping' with 'pong'. */
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
  /** Starts it again where it was, after it has died. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** How often the database's main process is looked after; it is nobody's child, so nobody is told of its end. */
export const DATABASE_CHECK_MS = 500;

/** One run of the embedded database: the first is running already, later ones start it again. */
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
