import { requestId } from './request-id';

/**
 * Bidirectional and other invisible controls, line separators: terminals and log viewers interpret
 * them. JSON escapes all others.
 */
const INVISIBLE_CONTROLS = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Writes a log message as one line of JSON to standard error, with the id of the request that is
 * being answered, if any. Must not be given addresses, names or tokens.
 */
export function log(
  level: 'info' | 'warn' | 'error',
  message: string,
  facts: Record<string, unknown> = {},
): void {
  const line = JSON.stringify({
    at: new Date().toISOString(),
    level,
    message,
    requestId: requestId(),
    ...facts,
  });
  process.stderr.write(
    `${line.replace(INVISIBLE_CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`,
  );
}

/** The message of a caught value, for a log line. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The class or code of a caught value, for log lines about user input: the message of a database
 * error can contain it.
 */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
