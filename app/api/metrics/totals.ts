import { endorsementTotals } from '@/lib/endorsement/totals/queries';
import { errorName, log } from '@/lib/platform/log';
import { mailTotals } from '@/lib/platform/mail/totals';
import type { Metric } from '@/lib/platform/metrics/open-metrics';

/** How long totals are served again: they read whole tables, and several may scrape. */
const KEPT_MS = 30_000;

const byState = (counts: Record<string, number>) =>
  Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }));

async function read(): Promise<Metric[]> {
  const [mails, endorsements] = await Promise.all([mailTotals(), endorsementTotals()]);
  return [
    {
      name: 'undersigned_mails',
      help: 'Mails of the instance by state; sent and failed ones of the last 30 days.',
      type: 'gauge',
      samples: byState(mails.counts),
    },
    {
      name: 'undersigned_mail_oldest_waiting_seconds',
      help: 'How long the oldest mail that should have left has waited.',
      type: 'gauge',
      unit: 'seconds',
      samples: [{ value: mails.oldestWaitingSeconds }],
    },
    {
      name: 'undersigned_endorsements',
      help: 'Sign-ups of the instance by state; submitted ones are not confirmed yet.',
      type: 'gauge',
      samples: byState(endorsements),
    },
  ];
}

let kept: { until: number; metrics: Promise<Metric[]> } | undefined;

/**
 * What the database says, at most half a minute old, and whether it answers. Without it only that
 * it does not.
 */
export async function totals(now = performance.now()): Promise<Metric[]> {
  if (!kept || kept.until <= now) kept = { until: now + KEPT_MS, metrics: read() };
  const metrics = await kept.metrics.catch((error: unknown) => {
    kept = undefined;
    log('error', 'totals for the metrics could not be read', { error: errorName(error) });
    return null;
  });
  return [
    {
      name: 'undersigned_database_answers',
      help: 'Whether the database answered this process.',
      type: 'gauge',
      samples: [{ value: metrics === null ? 0 : 1 }],
    },
    ...(metrics ?? []),
  ];
}
