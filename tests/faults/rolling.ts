/** Two server processes are replaced one after the other behind nginx, as deploy/ ships it. */
import { Agent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { missingForNginx, NAME, startNginx, type Nginx } from '@/tests/support/nginx';
import { LETTER, startInstance } from './instance';
import { addressOf, signUpOf } from './people';
import { finding, type Row } from './row';
import { atRate, until } from './waiting';

const PER_SECOND = 200;
/** Between two replacements; and until the process is well, as an operator waits for it. */
const BETWEEN_SECONDS = 5;
/** Requests under way when it is. */
const FEW = 10;

/** Of ten requests one is a sign-up, five go through to the product, and four are of pages that nginx keeps. */
function requestOf(n: number): { target: string; who?: string } {
  if (n % 10 === 0) return { target: `/api/letters/${LETTER}/endorsements`, who: `r${n}` };
  if (n % 2 === 0) return { target: `/${n % 4 ? 'en' : 'ja'}/letters/${LETTER}` };
  return { target: `/api/letters/${LETTER}` };
}

function send(nginx: Nginx, agent: Agent, { target, who }: ReturnType<typeof requestOf>) {
  if (!who) return nginx.ask(target, { agent });
  return nginx.ask(target, {
    agent,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(signUpOf(who)),
  });
}

export const rolling: Row = {
  name: 'rolling',
  fault: `two server processes behind the nginx of deploy/ replaced in turn, twice each, under ${PER_SECOND} requests/s`,
  goal: 'no request fails; nothing acknowledged lost',
  async run() {
    const missing = missingForNginx();
    if (missing)
      return { holds: null, measured: `not measured here: no ${missing}`, shortfalls: [] };
    const instance = await startInstance({
      APP_URL: `https://${NAME}`,
      CLIENT_ADDRESS: 'x-forwarded-for',
    });
    const nginx = await startNginx(...instance.servers.map(({ port }) => `127.0.0.1:${port}`));
    const agent = new Agent({ keepAlive: true });
    try {
      const answers: Record<string, number> = {};
      const taken: string[] = [];
      let slowest = 0;
      let underWay = 0;
      const stop = atRate(PER_SECOND, async (n) => {
        const request = requestOf(n);
        const begun = performance.now();
        underWay += 1;
        const said = await send(nginx, agent, request).then(
          ({ status }) => String(status),
          (error: NodeJS.ErrnoException) => error.code ?? error.message,
        );
        underWay -= 1;
        slowest = Math.max(slowest, performance.now() - begun);
        const kind = `${request.who ? 'sign-up' : 'read'} ${said}`;
        answers[kind] = (answers[kind] ?? 0) + 1;
        if (said === '202') taken.push(request.who!);
      });
      for (const server of [...instance.servers, ...instance.servers]) {
        await sleep(BETWEEN_SECONDS * 1_000);
        await until('that few requests wait', () => underWay <= FEW, 60_000);
        await server.replace();
      }
      await sleep(2_000);
      const all = await stop();
      const { 'sign-up 202': signUps = 0, 'read 200': reads = 0, ...others } = answers;
      const failed = all - signUps - reads;
      const kept = await instance.db.contact.findMany({ select: { emailKey: true } });
      const known = new Set(kept.map(({ emailKey }) => emailKey));
      return finding(
        `4 replacements, ${all} requests: ${reads} reads and ${signUps} sign-ups answered, ${failed} failed; the slowest took ${(slowest / 1_000).toFixed(1)} s`,
        [
          ...(failed > 0 ? [`failed: ${JSON.stringify(others)}`] : []),
          ...taken.filter((who) => !known.has(addressOf(who))).map((who) => `${who} was lost`),
        ],
      );
    } finally {
      agent.destroy();
      await nginx.stop();
      await instance.stop();
    }
  },
};
