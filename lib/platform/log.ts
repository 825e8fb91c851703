/** Bidirectional and other invisible controls, line separators: a terminal or a log viewer would act on them. JSON escapes the rest. */
const ACTS_ON_READERS = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** One line of JSON a message to standard error, whatever the facts hold. Never give it an address, a name or a token. */
export function log(
  level: 'info' | 'warn' | 'error',
  message: string,
  facts: Record<string, unknown> = {},
): void {
  const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...facts });
  process.stderr.write(
    `${line.replace(ACTS_ON_READERS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`,
  );
}

/** What a caught value says, for a log line. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a caught value is, for a log line about what people did: the message of a database's error can hold their data. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
