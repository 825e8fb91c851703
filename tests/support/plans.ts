/** What PostgreSQL does for statements. */
import pg from 'pg';
import { vi } from 'vitest';

export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

export interface Statement {
  text: string;
  values?: unknown[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** How many rows a node looked at. */
export const rowsRead = (node: PlanNode): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];

/** The queries that `work` sends, but for transaction control. */
export async function sentBy(work: () => Promise<unknown>): Promise<Statement[]> {
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return (sent.mock.calls as unknown as [Statement][]).flatMap(([statement]) =>
      /^\s*(?:\/\*.*\*\/\s*)?(?:SELECT|WITH)/i.test(statement.text) ? statement : [],
    );
  } finally {
    sent.mockRestore();
  }
}

/** Runs statements once more, without effect, and returns the nodes of the plan of each. */
export async function plansOf(statements: readonly Statement[]): Promise<PlanNode[][]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const plans: PlanNode[][] = [];
    for (const { text, values } of statements) {
      await client.query('BEGIN');
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>({
        text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        ...(values && { values }),
      });
      await client.query('ROLLBACK');
      plans.push(nodesOf(rows[0]!['QUERY PLAN'][0]!.Plan));
    }
    return plans;
  } finally {
    await client.end();
  }
}
