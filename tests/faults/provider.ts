/** A mail provider that fails for 30 % of calls, in all the ways that providers do, and then works again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { resendServer, type ResendServer } from '@/tests/support/resend-server';
import { startInstance } from './instance';
import { through } from './kill';
import { addressOf, signUpOf } from './people';
import { finding, pick, type Chance, type Row } from './row';
import { LETTER } from './instance';
import { atRate, until } from './waiting';

const PART = 0.3;
/** Long enough for mails that fail three times, whose next attempt would be ten minutes later. */
const SECONDS = 200;
const PER_SECOND = 1;
const GOAL_SECONDS = 90;

const FAULTS = ['429', '500', 'nothing', 'accepted, then nothing'] as const;

type Fate = ReturnType<ResendServer['fate']>;

const FATES: Record<(typeof FAULTS)[number], Fate> = {
  '429': {
    status: 429,
    body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests' },
    headers: { 'retry-after': '1' },
  },
  '500': {
    status: 500,
    body: { statusCode: 500, name: 'internal_server_error', message: 'Something went wrong' },
  },
  nothing: 'ignore',
  'accepted, then nothing': 'hold',
};

/** Lets the provider fail by chance; the counts of how. */
function failing(provider: ResendServer, chance: Chance): Record<string, number> {
  const counts: Record<string, number> = {};
  provider.fate = () => {
    if (chance() >= PART) return null;
    const fault = pick(chance, FAULTS);
    counts[fault] = (counts[fault] ?? 0) + 1;
    return FATES[fault];
  };
  return counts;
}

export const provider: Row = {
  name: 'provider',
  fault: `the mail provider answers 30 % of calls with 429, 500, nothing, or accepts and times out, for ${SECONDS} s`,
  goal: `each mail once, none left ${GOAL_SECONDS} s after it recovers`,
  async run(chance) {
    const server = await resendServer();
    const instance = await startInstance(through(server));
    try {
      const counts = failing(server, chance);
      const signed: string[] = [];
      const signUps = atRate(PER_SECOND, async (n) => {
        const { port } = pick(chance, instance.servers);
        const path = `/api/letters/${LETTER}/endorsements`;
        const answer = await instance.client.postJson(port, path, signUpOf(`p${n}`));
        if (answer.status === 202) signed.push(`p${n}`);
      });
      await sleep(SECONDS * 1_000);
      await signUps();
      const unsent = { where: { sentAt: null } };
      const left = await instance.db.mail.count(unsent);
      const later = await instance.db.mail.count({
        where: { ...unsent.where, sendAfter: { gt: new Date(Date.now() + GOAL_SECONDS * 1_000) } },
      });

      server.fate = () => null;
      const recovered = performance.now();
      await until(
        'all mails sent',
        async () => (await instance.db.mail.count(unsent)) === 0,
        GOAL_SECONDS * 1_000 * 8,
        500,
      ).catch(() => {});
      const took = (performance.now() - recovered) / 1_000;
      const times = (address: string) => server.left.filter((to) => to === address).length;
      const wrong = [
        ...(took > GOAL_SECONDS ? [`mails were left ${took.toFixed(0)} s after recovery`] : []),
        ...signed
          .map((who) => [who, times(addressOf(who))] as const)
          .filter(([, count]) => count !== 1)
          .map(([who, count]) => `the mail to ${who} left ${count} times`),
        ...(signed.length < SECONDS * PER_SECOND * 0.9
          ? [`only ${signed.length} sign-ups were taken`]
          : []),
      ];
      const faults = Object.entries(counts).map(([fault, count]) => `${count} × ${fault}`);
      return finding(
        `${signed.length} mails, ${server.requests.length} calls, of them ${faults.join(', ')}; at recovery ${left} mails waited, ${later} of them for longer than ${GOAL_SECONDS} s more; all had left after ${took.toFixed(0)} s`,
        wrong,
      );
    } finally {
      await instance.stop();
      await server.close();
    }
  },
};
