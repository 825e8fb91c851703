import { databaseAnswers, PROBE_MS } from '@/lib/platform/db/health';

export const dynamic = 'force-dynamic';

/** Readiness probe: whether the database responds. Returns no details, because it is public. */
export async function GET(): Promise<Response> {
  const ready = await databaseAnswers(PROBE_MS);
  return Response.json(
    { status: ready ? 'ok' : 'unavailable' },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
