/** SIGTERM while requests are under way, some of which cannot end yet. */
import pg from 'pg';
import { formOf } from './client';
import { LETTER, startInstance, type Instance } from './instance';
import { addressOf, signUpOf } from './people';
import { finding, type Row } from './row';
import { atRate, until } from './waiting';

const WAITING = 5;
const PER_SECOND = 50;

/** Entries that wait for approval. */
async function verified({ client, servers, db }: Instance): Promise<string[]> {
  for (let n = 0; n < WAITING; n += 1)
    await client.postJson(
      servers[1].port,
      `/api/letters/${LETTER}/endorsements`,
      signUpOf(`waiting${n}`),
    );
  await db.$executeRaw`UPDATE endorsement SET state = 'verified', verified_at = now() WHERE state = 'submitted'`;
  const entries = await db.endorsement.findMany({
    where: { state: 'verified' },
    select: { id: true },
  });
  return entries.map(({ id }) => id);
}

/** Presses “approve” at each entry, at the first server process; whether each was carried out. */
async function approve(instance: Instance, ids: string[]): Promise<Promise<boolean>[]> {
  const { client, servers, cookie } = instance;
  const headers = { Cookie: cookie };
  const forms = await Promise.all(
    ids.map(async (id) => {
      const page = `/en/admin/letters/${LETTER}/review?entry=${id}`;
      const { text } = await client.ask(servers[0].port, page, { headers });
      return { page, form: formOf(text, { step: '^approve$', id })! };
    }),
  );
  return forms.map(({ page, form }) =>
    client.submit(servers[0].port, page, form, headers).then(
      ({ location }) => location.includes('notice=approve'),
      () => false,
    ),
  );
}

export const drain: Row = {
  name: 'drain',
  fault: `SIGTERM under ${PER_SECOND} sign-ups/s and ${WAITING} approvals that wait for a lock`,
  goal: 'what was asked for before it is answered and done; nothing acknowledged lost',
  async run() {
    const instance = await startInstance();
    const { client, servers, db } = instance;
    const [{ port }] = servers;
    const locking = new pg.Client({ connectionString: instance.databaseUrl });
    const wrong: string[] = [];
    try {
      const ids = await verified(instance);
      await locking.connect();
      await locking.query(`BEGIN`);
      await locking.query(`SELECT FROM letter FOR NO KEY UPDATE`);
      const approvals = await approve(instance, ids);
      await until(
        'approvals that wait',
        async () => {
          const [{ waiting } = { waiting: 0 }] = await db.$queryRaw<{ waiting: number }[]>`
            SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0`;
          return waiting === WAITING;
        },
        20_000,
      );
      const taken: string[] = [];
      const answers: Record<string, number> = {};
      const stop = atRate(PER_SECOND, async (n) => {
        const said = await client
          .postJson(port, `/api/letters/${LETTER}/endorsements`, signUpOf(`f${n}`))
          .then(
            ({ status }) => String(status),
            (error: NodeJS.ErrnoException) => error.code ?? error.message,
          );
        answers[said] = (answers[said] ?? 0) + 1;
        if (said === '202') taken.push(`f${n}`);
      });
      await until('sign-ups', () => taken.length > PER_SECOND, 30_000);

      const begun = performance.now();
      const replaced = servers[0].replace();
      await until('that it takes no more connections', () => 'ECONNREFUSED' in answers, 10_000);
      await locking.query('COMMIT');
      const done = (await Promise.all(approvals)).filter(Boolean).length;
      await replaced;
      const took = (performance.now() - begun) / 1_000;
      await stop();
      const approved = await db.auditEvent.count({ where: { action: 'approve' } });
      if (done !== WAITING || approved !== WAITING)
        wrong.push(`of ${WAITING} approvals ${done} were answered, and ${approved} carried out`);
      const { 202: ok, ECONNREFUSED: refused = 0, ...others } = answers;
      if (Object.keys(others).length > 0) wrong.push(`cut off: ${JSON.stringify(others)}`);
      const kept = await db.contact.findMany({ select: { emailKey: true } });
      const known = new Set(kept.map(({ emailKey }) => emailKey));
      wrong.push(
        ...taken.filter((who) => !known.has(addressOf(who))).map((who) => `${who} was lost`),
      );
      return finding(
        `${done} of ${WAITING} approvals under way were answered and carried out; ${ok} sign-ups taken and there, ${refused} refused a connection until the next process listened (${took.toFixed(1)} s), ${Object.values(others).reduce((sum, count) => sum + count, 0)} cut off`,
        wrong,
      );
    } finally {
      await locking.end();
      await instance.stop();
    }
  },
};
