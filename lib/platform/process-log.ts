/**
 * Redirects everything that a server process writes to standard error to log.ts: output of Next and
 * other libraries through `console`, and Node's reports of unhandled rejections and uncaught
 * exceptions. Such texts can contain untrusted input.
 */
import { errorName, log } from './log';

const LENGTH_MAX = 300;

/**
 * A library's message for the log: without anything that could be a mail address, a path (ours
 * contain tokens) or a token, and only its first line, since a stack follows.
 */
export function withoutSecrets(text: string): string {
  return text
    .slice(0, 4 * LENGTH_MAX)
    .replace(/\u001b\[[\d;]*m/g, '') // ANSI colours
    .trim()
    .split(/[\r\n\u2028\u2029]/, 1)[0]!
    .replace(/[^\s@]{1,200}@[^\s@]{1,200}/g, '[address]')
    .replace(/(?<![\w.])\/[^\s"'`]+/g, '[path]')
    .replace(/[\w-]{24,}/g, '[token]')
    .slice(0, LENGTH_MAX);
}

/**
 * An error for the log without its message: names, codes and Next's digest, which browsers receive
 * too.
 */
export function errorFacts(error: unknown): Record<string, unknown> {
  const { code, digest } = (error ?? {}) as { code?: unknown; digest?: unknown };
  const short = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number'
      ? withoutSecrets(String(value))
      : undefined;
  return { error: errorName(error), code: short(code), digest: short(digest) };
}

/** Where an error was thrown: one frame of its stack, without the file's folder. */
export function frameOf(error: unknown): string | undefined {
  const frame =
    error instanceof Error
      ? /^\s+at (?:([\w.$<> ]{1,80}) \()?.{0,400}?([^/\\():]{1,80}:\d+:\d+)\)?$/m.exec(
          error.stack?.slice(0, 4_000) ?? '',
        )
      : null;
  return frame ? [frame[1], frame[2]].filter(Boolean).join(' ') : undefined;
}

/**
 * The fields of a log line for a `console` call: the first error and the first string among its
 * arguments.
 */
export function consoleFacts(given: unknown[]): Record<string, unknown> {
  const error = given.find((value) => value instanceof Error);
  const text = given.find((value) => typeof value === 'string' && value.trim() !== '') as
    string | undefined;
  return {
    ...(error === undefined ? {} : { ...errorFacts(error), where: frameOf(error) }),
    said: text === undefined ? undefined : withoutSecrets(text),
  };
}

let taken = false;

/** Redirects output to log.ts. Runs once per process; later calls do nothing. */
export function takeOverStandardError(): void {
  if (taken) return;
  taken = true;
  // Once nobody reads the log, as when the supervisor was killed, every line fails, and to log that
  // would fail, too, for ever: the process could not shut down.
  process.stderr.on('error', () => {});
  const said =
    (level: 'warn' | 'error') =>
    (...given: unknown[]) =>
      log(level, 'console output of a library', consoleFacts(given));
  Object.assign(console, { error: said('error'), trace: said('error'), warn: said('warn') });
  process.removeAllListeners('warning');
  process.on('warning', (warning) =>
    log('warn', 'Node.js warning', {
      ...errorFacts(warning),
      said: withoutSecrets(warning.message),
    }),
  );
  process.on('unhandledRejection', (reason) =>
    log('error', 'unhandled rejection', errorFacts(reason)),
  );
  // As with `next start`, the process continues: otherwise a malformed request that throws in a
  // stream could end it.
  process.on('uncaughtException', (error) =>
    log('error', 'uncaught exception', { ...errorFacts(error), where: frameOf(error) }),
  );
}
