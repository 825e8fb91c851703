import type { Instrumentation } from 'next';

/** Runs once in every server process, before its first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  // In development its stacks are what somebody wants to see.
  if (process.env.NODE_ENV === 'production')
    (await import('@/lib/platform/process-log')).takeOverStandardError();
  (await import('@/lib/platform/connection')).stampConnections();
  (await import('@/lib/background')).startBackground();
}

/** Called by Next with every error that a request ended in. The request itself may hold addresses and tokens. */
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
