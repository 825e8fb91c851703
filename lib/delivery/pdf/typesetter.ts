import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { TYPESETTING } from '@/lib/platform/limits';
import { fontFolders } from './fonts';

/**
 * Why a letter was not set: others were waiting already, or for too long (`busy`); it took more time (`too-long`) or
 * memory (`too-big`) than it may; the child process died (`crashed`); Typst refused the letter (`refused`); or there is
 * no Typst for this machine's platform (`no-engine`).
 */
export type TypesettingProblem =
  'busy' | 'too-long' | 'too-big' | 'crashed' | 'refused' | 'no-engine';

/** A letter was not set. Its name, which the log gives, holds the reason and nothing of the letter. */
export class TypesettingError extends Error {
  override name: string;

  constructor(
    readonly problem: TypesettingProblem,
    options?: ErrorOptions,
  ) {
    super(`The letter was not set: ${problem}`, options);
    this.name = `TypesettingError(${problem})`;
  }
}

/**
 * Why a letter was not set, or null when the error is another. By its name, not its class: Next bundles modules more than
 * once, and the one typesetter of a process throws the class of the bundle that made it.
 */
export function typesettingProblem(error: unknown): TypesettingProblem | null {
  return error instanceof Error && error.name.startsWith('TypesettingError(')
    ? (error as TypesettingError).problem
    : null;
}

/** What a job may use. */
export interface JobLimits {
  /** Time from when the child is given it. */
  timeMs: number;
  /** Memory of the whole child process. */
  memoryMiB: number;
  /** Time in the queue. */
  waitMs: number;
  /** Goes before those that are not urgent. */
  urgent: boolean;
}

/** A letter as the template reads it, as JSON, and when the PDF says it was made, in seconds. */
export interface Job {
  letter: string;
  creationTimestamp: number;
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
  /** The child process, if one runs. */
  pid: () => number | undefined;
}

interface TypesetterOptions {
  /** The child's program. */
  script?: string;
  /** The child's whole environment: none of the server's secrets. */
  env?: Record<string, string>;
  /** How many jobs of a kind, urgent or not, may wait. */
  waiting?: number;
  idleMs?: number;
  keptMiB?: number;
}

/** Not from `import.meta`: in the server's bundle that is another folder. The server runs in the project's folder. */
const SCRIPT = path.join(
  /* turbopackIgnore: true */ process.cwd(),
  'lib/delivery/pdf/typst-child.mjs',
);

/**
 * Sets letters in a child process, one at a time; others wait in a queue. The child is kept for the next letter until it
 * has been idle for a while. It never outlives this process, nor does it keep it from ending.
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

  /** Ends a child process at once, even while Typst blocks it. */
  const discard = (unwanted: ChildProcess) => unwanted.kill('SIGKILL');

  function start(): ChildProcess {
    const started = fork(
      /* turbopackIgnore: true */ script,
      [String(process.pid), ...fontFolders()],
      {
        env: env as NodeJS.ProcessEnv,
        execArgv: [],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      },
    );
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
      // Not all memory once taken is given back: the next letter gets a new child.
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
      // Whoever waits gets a child once this one is gone: there is never more than one at work.
      taker.once('exit', () => finish((entry) => entry.reject(new TypesettingError('too-long'))));
      if (child === taker) child = undefined;
      discard(taker);
    }, limits.timeMs);
    // A child that cannot be told is gone, and `exit` says so.
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

/** The one typesetter of this server process. In development modules are loaded anew after each change; it stays. */
export function typesetter(): Typesetter {
  return (store.undersignedTypesetter ??= createTypesetter());
}
