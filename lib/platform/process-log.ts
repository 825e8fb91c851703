/**
 * Everything a server process writes to standard error is a line of ours (log.ts): what Next and other libraries write with
 * `console`, and what Node says of rejections and exceptions nobody caught. Such texts can hold anything a stranger sent.
 */
import { errorName, log } from './log';

const LENGTH_MAX = 300;

/**
 * A library's text as the log may hold it: what could be an e-mail address, a path (ours hold tokens) or a token is left
 * out, and so is all but its first line, since stacks follow there.
 */
export function withoutSecrets(text: string): string {
  return text
    .slice(0, 4 * LENGTH_MAX)
    .replace(/\u001b\[[\d;]*m/g, '') // colours
    .trim()
    .split(/[\r\n\u2028\u2029]/, 1)[0]!
    .replace(/[^\s@]{1,200}@[^\s@]{1,200}/g, '[address]')
    .replace(/(?<![\w.])\/[^\s"'`]+/g, '[path]')
    .replace(/[\w-]{24,}/g, '[token]')
    .slice(0, LENGTH_MAX);
}

/** What an error is, for a log line, without what it says: names, codes and Next's digest, by which browsers know it. */
export function errorFacts(error: unknown): Record<string, unknown> {
  const { code, digest } = (error ?? {}) as { code?: unknown; digest?: unknown };
  const short = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number'
      ? withoutSecrets(String(value))
      : undefined;
  return { error: errorName(error), code: short(code), digest: short(digest) };
}

/** Where in the code an error was made: one frame of its stack, without the path to it. */
export function frameOf(error: unknown): string | undefined {
  const frame =
    error instanceof Error
      ? /^\s+at (?:([\w.$<> ]{1,80}) \()?.{0,400}?([^/\\():]{1,80}:\d+:\d+)\)?$/m.exec(
          error.stack?.slice(0, 4_000) ?? '',
        )
      : null;
  return frame ? [frame[1], frame[2]].filter(Boolean).join(' ') : undefined;
}

/** The facts of one `console` call: the first error among what it was given, and the first text. */
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

/** Takes over what would be written to standard error past log.ts. Once a process; later calls do nothing. */
export function takeOverStandardError(): void {
  if (taken) return;
  taken = true;
  const said =
    (level: 'warn' | 'error') =>
    (...given: unknown[]) =>
      log(level, 'a library wrote', consoleFacts(given));
  Object.assign(console, { error: said('error'), trace: said('error'), warn: said('warn') });
  process.removeAllListeners('warning');
  process.on('warning', (warning) =>
    log('warn', 'Node warned', { ...errorFacts(warning), said: withoutSecrets(warning.message) }),
  );
  process.on('unhandledRejection', (reason) =>
    log('error', 'nobody handled a rejection', errorFacts(reason)),
  );
  // As with `next start`, the process goes on: a stranger whose broken request throws somewhere in a stream would otherwise end it.
  process.on('uncaughtException', (error) =>
    log('error', 'nobody caught an exception', { ...errorFacts(error), where: frameOf(error) }),
  );
}
