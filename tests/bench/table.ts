/** What a benchmark has measured, beside its goal. */
import { cpus, totalmem } from 'node:os';

export interface Row {
  what: string;
  measured: string;
  goal: string;
  /** Whether the goal is met; undefined where there is none. */
  holds?: boolean;
}

/** What everything ran on, since figures mean nothing without it. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node.js ${process.version}, ${process.platform}; PostgreSQL and the load on the same machine`;

const line = (...cells: string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);

/**
 * Prints rows as a table of Markdown, as docs/performance.md has them, each when it is measured.
 * @returns how many goals are missed; what cannot be measured misses one, and ends its table
 */
export async function printTable(title: string, rows: AsyncIterable<Row>): Promise<number> {
  let missed = 0;
  process.stdout.write(`\n## ${title}\n\n`);
  line('what', 'measured', 'goal', 'holds');
  line('---', '---', '---', '---');
  try {
    for await (const { what, measured, goal, holds } of rows) {
      line(what, measured, goal, holds === undefined ? '' : holds ? 'yes' : 'NO');
      if (holds === false) missed += 1;
    }
  } catch (error) {
    line('what follows', `failed: ${(error as Error).message}`, '', 'NO');
    missed += 1;
  }
  return missed;
}

/** The `part` (0 to 1) of numbers in ascending order: 0.5 is the median. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}

/** Milliseconds, to read. */
export const ms = (milliseconds: number): string =>
  `${milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`;
