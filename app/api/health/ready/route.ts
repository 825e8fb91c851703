import { databaseAnswers } from '@/lib/platform/db/health';

export const dynamic = 'force-dynamic';

/** Whether this server process can do its work: the database answers. Says no more, since anybody may ask. */
export async function GET(): Promise<Response> {
  const ready = await databaseAnswers();
  return Response.json(
    { status: ready ? 'ok' : 'unavailable' },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
