import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { TYPESETTING } from '@/lib/platform/limits';

/**
 * Why typesetting failed: the queue was full or the wait too long (`busy`); the job exceeded its
 * limit of time (`too-long`) or memory (`too-big`); the child process died (`crashed`); Typst
 * reported an error (`refused`); or there is no Typst for this platform (`no-engine`).
 */
export type TypesettingProblem =
  'busy' | 'too-long' | 'too-big' | 'crashed' | 'refused' | 'no-engine';

/** Typesetting failed. The name, which is logged, has the reason and nothing of the letter. */
export class TypesettingError extends Error {
  override name: string;

  constructor(
    readonly problem: TypesettingProblem,
    options?: ErrorOptions,
  ) {
    super(`Typesetting failed: ${problem}`, options);
    this.name = `TypesettingError(${problem})`;
  }
}

/**
 * Why typesetting failed, or null for any other error. Checks the name instead of using
 * `instanceof`: Next bundles this module more than once, and the process's only typesetter throws
 * the class of the bundle that created it.
 */
export function typesettingProblem(error: unknown): TypesettingProblem | null {
  return error instanceof Error && error.name.startsWith('TypesettingError(')
    ? (error as TypesettingError).problem
    : null;
}

/** The limits of a job. */
export interface JobLimits {
  /** Time in the child process. */
  timeMs: number;
  /** Resident memory of the child process. */
  memoryMiB: number;
  /** Time in the queue. */
  waitMs: number;
  /** Queued before jobs that are not urgent. */
  urgent: boolean;
}

/**
 * The template's input as JSON, the PDF's creation time in seconds, and the folders of the fonts
 * that it needs.
 */
export interface Job {
  document: string;
  creationTimestamp: number;
  fontPaths: string[];
}

interface Entry {
  job: Job;
  limits: JobLimits;
  resolve: (pdf: Uint8Array<ArrayBuffer>) => void;
  reject: (error: Error) => void;
  timer?: NodeJS.Timeout;
}

type Answer = { pdf: Uint8Array; memoryMiB: number } | { failed: string } | { missing: string };

export interface Typesetter {
  /** @throws {TypesettingError} */
  set: (job: Job, limits: JobLimits) => Promise<Uint8Array<ArrayBuffer>>;
  /** The process ID of the child, if one is running. */
  pid: () => number | undefined;
}

interface TypesetterOptions {
  /** The script of the child process. */
  script?: string;
  /** The complete environment of the child, without the server's secrets. */
  env?: Record<string, string>;
  /** Limit of the queue, separately for urgent and other jobs. */
  waiting?: number;
  idleMs?: number;
  keptMiB?: number;
}

/**
 * Relative to the working directory, which is the project's. In the server's bundle, `import.meta`
 * names another folder.
 */
const SCRIPT = path.join(
  /* turbopackIgnore: true */ process.cwd(),
  'lib/delivery/pdf/typst-child.mjs',
);

/**
 * Typesets letters in a child process, one at a time, and queues the others. The child is reused
 * until it has been idle for `idleMs`. It ends with this process and does not keep it alive.
 */
export function createTypesetter({
  script = SCRIPT,
  env = {},
  waiting = TYPESETTING.waiting,
  idleMs = TYPESETTING.idleMs,
  keptMiB = TYPESETTING.keptMiB,
}: TypesetterOptions = {}): Typesetter {
  const queue: Entry[] = [];
  let child: ChildProcess | undefined;
  let current: Entry | undefined;
  let idle: NodeJS.Timeout | undefined;

  /** SIGKILL, since the child handles no other signal while Typst blocks its thread. */
  const discard = (unwanted: ChildProcess) => unwanted.kill('SIGKILL');

  function start(): ChildProcess {
    const started = fork(/* turbopackIgnore: true */ script, [String(process.pid)], {
      env: env as NodeJS.ProcessEnv,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    started.unref();
    started.channel?.unref();
    const gone = (problem: TypesettingProblem, cause?: unknown) => {
      if (child !== started) return;
      child = undefined;
      finish((entry) => entry.reject(new TypesettingError(problem, { cause })));
    };
    started.on('error', (error) => gone('crashed', error));
    started.on('exit', (_code, signal) => gone(signal === 'SIGUSR2' ? 'too-big' : 'crashed'));
    started.on('message', (answer: Answer) => {
      if (child !== started) return;
      if ('pdf' in answer && answer.memoryMiB <= keptMiB)
        return finish((entry) => entry.resolve(new Uint8Array(answer.pdf)));
      if ('failed' in answer)
        return finish((entry) =>
          entry.reject(new TypesettingError('refused', { cause: answer.failed })),
        );
      // The process does not return all memory to the system, so the next letter gets a new child.
      child = undefined;
      discard(started);
      finish((entry) =>
        'pdf' in answer
          ? entry.resolve(new Uint8Array(answer.pdf))
          : entry.reject(new TypesettingError('no-engine', { cause: answer.missing })),
      );
    });
    return started;
  }

  function finish(settle: (entry: Entry) => void): void {
    const entry = current;
    current = undefined;
    if (entry) {
      clearTimeout(entry.timer);
      settle(entry);
    }
    next();
  }

  function next(): void {
    if (current) return;
    clearTimeout(idle);
    current = queue.shift();
    if (!current) {
      idle = setTimeout(() => {
        if (child) discard(child);
        child = undefined;
      }, idleMs).unref();
      return;
    }
    const { job, limits, timer } = current;
    clearTimeout(timer);
    const taker = (child ??= start());
    current.timer = setTimeout(() => {
      // The next job starts after this child has exited, so that never more than one is at work.
      taker.once('exit', () => finish((entry) => entry.reject(new TypesettingError('too-long'))));
      if (child === taker) child = undefined;
      discard(taker);
    }, limits.timeMs);
    // Sending fails only if the child has exited, which the `exit` event handles.
    taker.send({ ...job, memoryMiB: limits.memoryMiB }, () => {});
  }

  return {
    set: (job, limits) =>
      new Promise((resolve, reject) => {
        const alike = queue.filter(({ limits: { urgent } }) => urgent === limits.urgent).length;
        if (current && alike >= waiting) return reject(new TypesettingError('busy'));
        const entry: Entry = { job, limits, resolve, reject };
        entry.timer = setTimeout(() => {
          queue.splice(queue.indexOf(entry), 1);
          reject(new TypesettingError('busy'));
        }, limits.waitMs);
        const place = limits.urgent ? queue.findIndex(({ limits: { urgent } }) => !urgent) : -1;
        queue.splice(place < 0 ? queue.length : place, 0, entry);
        next();
      }),
    pid: () => child?.pid,
  };
}

const store = globalThis as { undersignedTypesetter?: Typesetter };

/**
 * The typesetter of this server process. On `globalThis`, so that it survives hot reloading in
 * development.
 */
export function typesetter(): Typesetter {
  return (store.undersignedTypesetter ??= createTypesetter());
}
