/** The two kinds of retention rules: expired rows of a table, and what ends with a letter. */
import { lockLetter } from '@/lib/letter/lock';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { Term } from '@/lib/platform/personal-data';

/** How much of what a rule deletes is due now, and since when the oldest of it has been kept. */
export interface Due {
  count: number;
  oldest: Date | null;
}

export interface Rule {
  name: string;
  /** The term of the privacy page that it carries out; null if it deletes nothing that one speaks of. */
  term: Term | null;
  due(now: Date): Promise<Due>;
  /**
   * Carries it out in batches, each in a transaction of its own: a run that is interrupted has done
   * some of them. What others are changing is left to the next run. Returns how much was done.
   */
  carryOut(now: Date): Promise<number>;
}

/** Rows in a batch, so that nothing is locked for long. */
const AT_ONCE = 1_000;

async function inBatches(batch: () => Promise<number>): Promise<number> {
  for (let all = 0; ;) {
    const count = await batch();
    all += count;
    if (count < AT_ONCE) return all;
  }
}

async function dueOf(since: Prisma.Sql, found: Prisma.Sql): Promise<Due> {
  const [due] = await db().$queryRaw<
    Due[]
  >`SELECT count(*)::int AS count, min(${since}) AS oldest ${found}`;
  return due!;
}

/**
 * A rule for rows of a table that have expired, whatever letter they are of.
 * @param from the table
 * @param since the column from which the term runs
 * @param expired the condition
 * @param set what is written into them; they are deleted otherwise
 */
export function rows({
  name,
  term,
  from,
  since,
  expired,
  set,
}: Pick<Rule, 'name' | 'term'> & {
  from: string;
  since: Prisma.Sql;
  expired: (now: Date) => Prisma.Sql;
  set?: Prisma.Sql;
}): Rule {
  const table = Prisma.raw(from);
  const change = set ? Prisma.sql`UPDATE ${table} SET ${set}` : Prisma.sql`DELETE FROM ${table}`;
  return {
    name,
    term,
    due: (now) => dueOf(since, Prisma.sql`FROM ${table} WHERE ${expired(now)}`),
    carryOut: (now) =>
      inBatches(
        () => db().$executeRaw`
          ${change} WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM ${table} WHERE ${expired(now)} LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED))`,
      ),
  };
}

/**
 * A rule for what ends some time after its letter has closed: letter by letter, under the letter's
 * lock, with an event in its audit that says how much, and of nobody.
 * @param since from when it was kept
 * @param found `FROM … WHERE …` over `letter` among others
 * @param chosen selects a column of those of a batch
 */
export function ofLetters({
  name,
  term,
  since,
  found,
  act,
  isDeletion = true,
}: Pick<Rule, 'name' | 'term'> & {
  since: Prisma.Sql;
  found: (now: Date) => Prisma.Sql;
  act: (tx: Db, chosen: (column: Prisma.Sql) => Prisma.Sql, now: Date) => Promise<number>;
  /** Whether the audit says that something was deleted. */
  isDeletion?: boolean;
}): Rule {
  const batch = (letterId: string, now: Date) =>
    db().$transaction(async (tx) => {
      await lockLetter(tx, letterId);
      const chosen = (column: Prisma.Sql) =>
        Prisma.sql`SELECT ${column} ${found(now)} AND letter.id = ${letterId}::uuid LIMIT ${AT_ONCE}`;
      const count = await act(tx, chosen, now);
      if (count > 0 && isDeletion)
        await audit(tx, {
          letterId,
          actor: { kind: 'system' },
          action: 'delete_personal_data',
          after: { what: name, count },
        });
      return count;
    });
  return {
    name,
    term,
    due: (now) => dueOf(since, found(now)),
    async carryOut(now) {
      const letters = await db().$queryRaw<
        { id: string }[]
      >`SELECT DISTINCT letter.id ${found(now)} ORDER BY 1`;
      let all = 0;
      for (const { id } of letters) all += await inBatches(() => batch(id, now));
      return all;
    },
  };
}
