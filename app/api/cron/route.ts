import { backgroundRound } from '@/lib/background/round';
import { bearerRefusal } from '@/lib/platform/bearer';
import { env } from '@/lib/platform/env';

export const dynamic = 'force-dynamic';
/** In seconds, for hosts that end what takes longer (docs/deploy/vercel.md). */
export const maxDuration = 300;

/**
 * A round of the background jobs, for hosts where no process stays, by whoever knows CRON_SECRET.
 * Says how much of each was done; 500 if one failed, so that whoever calls notices.
 */
export async function GET(request: Request): Promise<Response> {
  const refusal = bearerRefusal(request, env().CRON_SECRET);
  if (refusal) return refusal;
  const begun = performance.now();
  const done = await backgroundRound();
  return Response.json(
    { done, ms: Math.round(performance.now() - begun) },
    {
      status: Object.values(done).includes(null) ? 500 : 200,
      headers: { 'Cache-Control': 'no-store' },
    },
  );
}
