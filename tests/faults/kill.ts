/** `kill -9` of whatever runs, while people sign, confirm, are approved, withdraw and read. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { resendServer, type ResendServer } from '@/tests/support/resend-server';
import { damage, shortfalls } from './books';
import { LETTER, startInstance, type Instance } from './instance';
import { Ledger } from './ledger';
import { liveThrough, type World } from './people';
import { finding, pick, type Chance, type Row } from './row';
import { atRate, persistently, until } from './waiting';

/** How many kills; tests of the tests use fewer. */
const KILLS = Number(process.env.FAULTS_KILLS ?? 200);
/** So that all rows take less than half an hour; on a slow machine fewer are killed by then, which falls short. */
const LONGEST_MS = 15 * 60_000;
const LONGEST_PAUSE_MS = 2_000;
const PEOPLE_PER_SECOND = 1.5;
/** Nobody else comes while so many are on their way, who may wait for a lease of a killed dispatcher. */
const MOST_PEOPLE = 40;
const READS_PER_SECOND = 5;

/** For a provider: settings with which server processes send through it. */
export const through = (provider: ResendServer) => ({
  RESEND_BASE_URL: provider.url,
  MAIL_FROM: 'Letters <letters@example.org>',
  MAIL_TRANSPORT: '',
  MAIL_PER_SECOND: '10',
});

const TARGETS = ['server', 'dispatcher', 'PostgreSQL'] as const;

/**
 * Kills the server process that is just sending a mail: half of the time the provider has accepted it,
 * and nobody has been told. False if none does within two seconds.
 */
async function killSender({ servers }: Instance, provider: ResendServer, chance: Chance) {
  const isAccepted = chance() < 0.5;
  let killed = false;
  provider.fate = ({ apiKey }) => {
    if (killed || !servers.find((server) => server.apiKey === apiKey)?.kill()) return null;
    killed = true;
    return isAccepted ? 'hold' : 'ignore';
  };
  await until('a mail', () => killed, 2_000).catch(() => {});
  provider.fate = () => null;
  return killed;
}

type Kills = Record<(typeof TARGETS)[number], number>;

async function killAtRandom({ instance, provider, chance }: World): Promise<Kills> {
  const kills: Kills = { server: 0, dispatcher: 0, PostgreSQL: 0 };
  for (let n = 0; n < KILLS;) {
    await sleep(chance() * LONGEST_PAUSE_MS);
    const target = pick(chance, TARGETS);
    const isKilled =
      target === 'server'
        ? pick(chance, instance.servers).kill()
        : target === 'PostgreSQL'
          ? instance.killPostgres()
          : await killSender(instance, provider, chance);
    if (!isKilled) continue;
    kills[target] += 1;
    n += 1;
    // Mostly the next one comes before this one is over.
    if (chance() < 0.1) await instance.ready();
    if (n % 20 === 0) process.stderr.write(`  ${n} kills\n`);
  }
  return kills;
}

export const kill: Row = {
  name: 'kill',
  fault: `${KILLS} random kill -9 of server, dispatcher and PostgreSQL during mixed load`,
  goal: 'nothing acknowledged lost, nothing doubled',
  async run(chance) {
    const provider = await resendServer();
    const instance = await startInstance(through(provider));
    const ledger = new Ledger(
      path.join(mkdtempSync(path.join(tmpdir(), 'undersigned-ledger-')), 'ledger.jsonl'),
    );
    const world: World = { instance, provider, ledger, chance };
    const stuck: string[] = [];
    let [reads, failed] = [0, 0];
    try {
      let underWay = 0;
      let lived = 0;
      const people = atRate(PEOPLE_PER_SECOND, async () => {
        if (underWay >= MOST_PEOPLE) return;
        underWay += 1;
        await liveThrough(world, `s${(lived += 1)}`)
          .catch((error: Error) => void stuck.push(error.message))
          .finally(() => (underWay -= 1));
      });
      let reading = 0;
      const readers = atRate(READS_PER_SECOND, async (n) => {
        if (reading >= READS_PER_SECOND) return;
        reading += 1;
        const { port } = pick(chance, instance.servers);
        const path = n % 2 ? `/en/letters/${LETTER}` : `/api/letters/${LETTER}`;
        reads += 1;
        const answer = await instance.client.ask(port, path).catch(() => null);
        reading -= 1;
        if (answer?.status !== 200) failed += 1;
      });
      const kills = await killAtRandom(world);
      await instance.ready();
      await readers();
      await people();
      // Others wait by intention: a notice to coordinators covers all entries of a quarter of an hour.
      const unsent = () =>
        persistently(() => {
          const isDue = {
            OR: [{ attempts: { gt: 0 } }, { sendAfter: { lt: new Date(Date.now() + 10_000) } }],
          };
          return instance.db.mail.count({ where: { sentAt: null, ...isDue } });
        });
      await until('all mails sent', async () => (await unsent()) === 0, 180_000, 1_000).catch(
        (error: Error) => stuck.push(error.message),
      );
      const accounts = [...ledger.accounts().values()].flatMap((of) => Object.values(of));
      const acknowledged = accounts.reduce((sum, of) => sum + of.acknowledged, 0);
      const unanswered = accounts.reduce((sum, of) => sum + of.asked, 0) - acknowledged;
      const repeated = provider.requests.length - provider.accepted.size;
      const killed = kills.server + kills.dispatcher + kills.PostgreSQL;
      const wrong = [
        ...(killed < KILLS ? [`only ${killed} kills in ${LONGEST_MS / 60_000} minutes`] : []),
        ...stuck,
        ...(await shortfalls(ledger, instance.db, provider)),
        ...(await damage(instance.db)),
      ];
      return finding(
        `${killed} kills: ${kills.server} of servers, ${kills.dispatcher} of dispatchers, ${kills.PostgreSQL} of PostgreSQL; ${lived} organizations, ${acknowledged} acts acknowledged, ${unanswered} without an answer; ${provider.accepted.size} mails, ${repeated} calls repeated; ${failed} of ${reads} reads failed; ${wrong.length} things wrong`,
        wrong,
      );
    } finally {
      await instance.stop();
      await provider.close();
    }
  },
};
