/** Numbers in the text format of OpenMetrics 1.0, which Prometheus and others read. */

export const OPEN_METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

type Labels = Record<string, string>;

export interface Sample {
  labels?: Labels;
  value: number;
}

/** Several numbers of one kind. */
export interface Metric {
  /** Ends with its unit, if it has one; without the suffixes that the format adds. */
  name: string;
  /** One sentence without line breaks. */
  help: string;
  type: 'gauge' | 'counter' | 'histogram';
  unit?: 'seconds' | 'bytes';
  samples: readonly (Sample & { suffix?: '_bucket' | '_count' | '_sum' })[];
}

const escaped = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const labelled = (labels: Labels = {}) => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
};

function linesOf({ name, help, type, unit, samples }: Metric): string[] {
  return [
    `# TYPE ${name} ${type}`,
    ...(unit ? [`# UNIT ${name} ${unit}`] : []),
    `# HELP ${name} ${escaped(help)}`,
    ...samples.map(
      ({ suffix = type === 'counter' ? '_total' : '', labels, value }) =>
        `${name}${suffix}${labelled(labels)} ${value}`,
    ),
  ];
}

/** Metrics as one text. */
export function openMetrics(metrics: readonly Metric[]): string {
  return [...metrics.flatMap(linesOf), '# EOF'].map((line) => `${line}\n`).join('');
}
