import type { Instrumentation } from 'next';

/**
 * Ends the process if a variable is missing or malformed, with what it should be. `npm start` has
 * said so before; `next start` and the standalone build would stay, and fail at every request.
 */
async function requireEnvironment(): Promise<void> {
  const { env, EnvError } = await import('@/lib/platform/env');
  try {
    env();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.explanation}\n`);
    process.exit(1);
  }
}

/** Runs once per server process, before its first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  await requireEnvironment();
  // Not in development, where full stack traces are useful.
  if (process.env.NODE_ENV === 'production') {
    (await import('@/lib/platform/process-log')).takeOverStandardError();
    (await import('@/lib/platform/request-log')).logRequests();
  }
  (await import('@/lib/platform/connection')).stampConnections();
  (await import('@/lib/background/server')).startBackground();
}

/**
 * Called by Next for every request that failed. Of the request itself only its id is logged, because
 * it can contain mail addresses and tokens.
 */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ log }, { errorFacts }] = await Promise.all([
    import('@/lib/platform/log'),
    import('@/lib/platform/process-log'),
  ]);
  log('error', 'a request failed', {
    ...errorFacts(error),
    route: context.routePath,
    type: context.routeType,
  });
};
