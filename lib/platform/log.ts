/** One line of JSON a message to standard error. Never give it an address, a name or a token. */
export function log(level: 'info' | 'warn' | 'error', message: string, facts: Record<string, unknown> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...facts })}\n`);
}

/** What a caught value says, for a log line. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a caught value is, for a log line about what people did: the message of a database's error can hold their data. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
