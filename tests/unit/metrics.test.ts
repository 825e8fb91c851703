import { describe, expect, it } from 'vitest';
import { bearerRefusal } from '@/lib/platform/bearer';
import { countRequest, requestDurations } from '@/lib/platform/metrics/latencies';
import { openMetrics } from '@/lib/platform/metrics/open-metrics';
import { processMetrics } from '@/lib/platform/metrics/process';

describe('a door for machines', () => {
  const SECRET = 's'.repeat(32);
  const status = (authorization: string | null, secret: string | undefined = SECRET) =>
    bearerRefusal(
      new Request('http://localhost', { headers: authorization === null ? {} : { authorization } }),
      secret,
    )?.status ?? null;
  it('opens with the secret only', () => {
    expect(status(`Bearer ${SECRET}`)).toBeNull();
    for (const wrong of [null, '', 'Bearer', 'Bearer ', `Bearer ${SECRET}s`, SECRET, `bearer x`])
      expect(status(wrong), String(wrong)).toBe(401);
  });
  it('does not exist without one', () => {
    for (const given of [null, 'Bearer', 'Bearer undefined', `Bearer ${SECRET}`])
      expect(
        bearerRefusal(
          new Request('http://localhost', { headers: { authorization: given ?? '' } }),
          undefined,
        )?.status,
      ).toBe(404);
  });
});

it('metrics are written as OpenMetrics asks', () => {
  expect(
    openMetrics([
      {
        name: 'a_seconds',
        help: 'A "word" \\ and\nline.',
        type: 'gauge',
        unit: 'seconds',
        samples: [{ value: 1.5 }],
      },
      {
        name: 'b',
        help: 'B.',
        type: 'counter',
        samples: [{ labels: { x: 'a"b\\c\nd', y: '' }, value: 2 }],
      },
      { name: 'c', help: 'C.', type: 'gauge', samples: [] },
    ]),
  ).toBe(
    [
      '# TYPE a_seconds gauge',
      '# UNIT a_seconds seconds',
      '# HELP a_seconds A \\"word\\" \\\\ and\\nline.',
      'a_seconds 1.5',
      '# TYPE b counter',
      '# HELP b B.',
      'b_total{x="a\\"b\\\\c\\nd",y=""} 2',
      '# TYPE c gauge',
      '# HELP c C.',
      '# EOF',
      '',
    ].join('\n'),
  );
});

it('requests are counted in buckets that include the smaller ones', () => {
  for (const seconds of [0.001, 0.005, 0.2, 60]) countRequest('letter', 'GET', seconds);
  countRequest('letter', 'POST', 1);
  for (const method of ['BREW', 'HEAD', undefined]) countRequest('letter', method, 1);
  const text = openMetrics([requestDurations()]);
  const bucket = (le: string, method = 'GET') =>
    Number(
      new RegExp(
        `_bucket\\{kind="letter",method="${method}",le="${le.replace('+', '\\+')}"\\} (\\d+)`,
      ).exec(text)?.[1],
    );
  expect(['0.005', '0.1', '0.25', '10', '+Inf'].map((le) => bucket(le))).toEqual([2, 2, 3, 3, 4]);
  expect(text).toContain('_count{kind="letter",method="GET"} 4\n');
  expect(text).toMatch(/_sum\{kind="letter",method="GET"\} 60\.20/);
  expect(bucket('1', 'POST')).toBe(1);
  expect(text).toContain('_count{kind="letter",method="other"} 3\n');
  expect(text).not.toContain('BREW');
});

it('a process tells its memory, and how late its event loop was', async () => {
  const value = (of: string) => {
    const metric = processMetrics().find(
      ({ name }) => name === 'undersigned_event_loop_delay_seconds',
    )!;
    return metric.samples.find(({ labels }) => labels?.of === of)!.value;
  };
  value('max');
  const pause = () => new Promise((resolve) => setTimeout(resolve, 40));
  await pause();
  const until = performance.now() + 300;
  while (performance.now() < until); // nothing else can run
  await pause();
  expect(value('max')).toBeGreaterThan(0.2);
  await pause();
  expect(value('max')).toBeLessThan(0.2);
  expect(processMetrics()[0]!.samples[0]!.value).toBeGreaterThan(10_000_000);
});
