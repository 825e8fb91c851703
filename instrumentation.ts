/** Runs once in every server process, before its first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('./lib/background.ts')).startBackground();
}
