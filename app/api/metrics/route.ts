import { bearerRefusal } from '@/lib/platform/bearer';
import { env } from '@/lib/platform/env';
import { requestDurations } from '@/lib/platform/metrics/latencies';
import { OPEN_METRICS_TYPE, openMetrics } from '@/lib/platform/metrics/open-metrics';
import { processMetrics } from '@/lib/platform/metrics/process';
import { signUpChecks } from '@/lib/platform/metrics/sign-up-checks';
import { totals } from './totals';

export const dynamic = 'force-dynamic';

/** Numbers about the instance and this process, for whoever knows METRICS_TOKEN. */
export async function GET(request: Request): Promise<Response> {
  const refusal = bearerRefusal(request, env().METRICS_TOKEN);
  if (refusal) return refusal;
  const metrics = [...(await totals()), requestDurations(), signUpChecks(), ...processMetrics()];
  return new Response(openMetrics(metrics), {
    headers: { 'Content-Type': OPEN_METRICS_TYPE, 'Cache-Control': 'no-store' },
  });
}
