export const dynamic = 'force-dynamic';

/** Liveness probe: whether this process responds at all. Does not query the database. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } });
}
