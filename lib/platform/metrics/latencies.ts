import type { RouteKind } from '@/lib/platform/route-kind';
import type { Metric } from './open-metrics';

/** Upper bounds of the buckets, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Others are counted together, so that nobody can make up more. */
const METHODS = new Set(['GET', 'POST']);

interface Histogram {
  kind: RouteKind;
  method: string;
  /** How many took at most as long as each bucket, but longer than the one before; last, longer than all. */
  counts: number[];
  sum: number;
}

// Next bundles this module several times; all copies in a process count together.
const store = globalThis as { undersignedLatencies?: Map<string, Histogram> };
const histograms = (store.undersignedLatencies ??= new Map<string, Histogram>());

/** Counts a request that was answered after `seconds`. */
export function countRequest(kind: RouteKind, given: string | undefined, seconds: number): void {
  const method = given !== undefined && METHODS.has(given) ? given : 'other';
  const key = `${kind} ${method}`;
  const histogram = histograms.get(key) ?? {
    kind,
    method,
    counts: new Array<number>(BUCKETS.length + 1).fill(0),
    sum: 0,
  };
  histograms.set(key, histogram);
  const at = BUCKETS.findIndex((bound) => seconds <= bound);
  histogram.counts[at === -1 ? BUCKETS.length : at]! += 1;
  histogram.sum += seconds;
}

function samplesOf({ kind, method, counts, sum }: Histogram): Metric['samples'] {
  const labels = { kind, method };
  let total = 0;
  const buckets = counts.map((count, at) => ({
    suffix: '_bucket' as const,
    labels: { ...labels, le: at < BUCKETS.length ? String(BUCKETS[at]) : '+Inf' },
    value: (total += count),
  }));
  return [
    ...buckets,
    { suffix: '_count', labels, value: total },
    { suffix: '_sum', labels, value: sum },
  ];
}

/** How long the requests of this process took. */
export const requestDurations = (): Metric => ({
  name: 'undersigned_request_duration_seconds',
  help: 'How long this process took to answer requests, by kind of route and method.',
  type: 'histogram',
  unit: 'seconds',
  samples: [...histograms.values()].flatMap(samplesOf),
});
