import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { Metric, Sample } from './open-metrics';

/** How often the event loop is looked at, in milliseconds; what is measured includes it. */
const RESOLUTION_MS = 10;

const store = globalThis as { undersignedEventLoop?: IntervalHistogram };

/** How late the event loop was since the last time this was asked, in seconds. */
function eventLoopDelays(): Sample[] {
  const histogram = (store.undersignedEventLoop ??= monitorEventLoopDelay({
    resolution: RESOLUTION_MS,
  }));
  const seconds = (percentile: number) =>
    histogram.count > 0
      ? Math.max(0, histogram.percentile(percentile) / 1e9 - RESOLUTION_MS / 1e3)
      : 0;
  const samples = (
    [
      ['median', 50],
      ['p99', 99],
      ['max', 100],
    ] as const
  ).map(([of, percentile]) => ({ labels: { of }, value: seconds(percentile) }));
  histogram.enable(); // at the first time; nothing is known then
  histogram.reset();
  return samples;
}

/** What this process uses. */
export function processMetrics(): Metric[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const [bytes, seconds] = [{ unit: 'bytes' }, { unit: 'seconds' }] as const;
  return [
    {
      name: 'process_resident_memory_bytes',
      help: 'Memory of this process.',
      type: 'gauge',
      ...bytes,
      samples: [{ value: rss }],
    },
    {
      name: 'undersigned_heap_used_bytes',
      help: 'Memory of this process that objects of JavaScript take.',
      type: 'gauge',
      ...bytes,
      samples: [{ value: heapUsed }],
    },
    {
      name: 'process_cpu_seconds',
      help: 'Processor time of this process.',
      type: 'counter',
      ...seconds,
      samples: [{ value: (user + system) / 1e6 }],
    },
    {
      name: 'undersigned_uptime_seconds',
      help: 'How long this process has run.',
      type: 'gauge',
      ...seconds,
      samples: [{ value: process.uptime() }],
    },
    {
      name: 'undersigned_event_loop_delay_seconds',
      help: 'How late the event loop of this process was since the last scrape.',
      type: 'gauge',
      ...seconds,
      samples: eventLoopDelays(),
    },
  ];
}
