import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET } from '@/app/api/cron/route';
import { JOBS, type Job } from '@/lib/background/jobs';
import { backgroundRound, type Done } from '@/lib/background/round';
import { db } from '@/lib/platform/db/client';
import { hashToken } from '@/lib/platform/tokens';
import { aCoordinator, aLetter, anEndorsement } from '@/tests/support/factories';

const SECRET = vi.hoisted(() => {
  const secret = 'a secret of the cron jobs, for tests only';
  Object.assign(process.env, { CRON_SECRET: secret, MAIL_PER_SECOND: '20' });
  return secret;
});

const DAY_MS = 86_400_000;
let logged = '';

beforeEach(async () => {
  await db().mail.deleteMany();
  logged = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => Boolean((logged += line)));
});
afterEach(() => vi.restoreAllMocks());

const ask = (secret: string) =>
  GET(new Request('http://localhost/api/cron', { headers: { Authorization: `Bearer ${secret}` } }));
const inMailbox = (to: string) => db().mailboxMessage.count({ where: { to } });

/** A coordinator who has just asked for a link to sign in. */
async function whoAskedForALink(): Promise<string> {
  const { email } = await aCoordinator(await aLetter());
  await db().signInRequest.create({
    data: { email, language: 'en', browserHash: hashToken('browser') },
  });
  return email;
}

describe('a round', () => {
  it('does what a server process does: answers requests, mails, and deletes what is due', async () => {
    const email = await whoAskedForALink();
    const letter = await aLetter();
    const { id } = await anEndorsement(letter.id, {
      state: 'submitted',
      submittedAt: new Date(Date.now() - 100 * DAY_MS),
    });
    const answer = await ask(SECRET);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { done, ms } = (await answer.json()) as { done: Done; ms: number };
    expect(Object.keys(done)).toEqual([...JOBS.map(({ name }) => name), 'mails']);
    expect(done).toMatchObject({ 'sign-in links': 1, mails: 1 });
    expect(done.retention).toBeGreaterThanOrEqual(1);
    expect(ms).toBeGreaterThan(0);
    expect(await inMailbox(email)).toBe(1);
    expect(await db().endorsement.findUnique({ where: { id } })).toBeNull();
    expect(((await (await ask(SECRET)).json()) as { done: Done }).done).toMatchObject({
      'sign-in links': 0,
      mails: 0,
    });
  });

  it('beside others sends each mail once', async () => {
    const emails = await Promise.all(Array.from({ length: 5 }, whoAskedForALink));
    const rounds = await Promise.all([ask(SECRET), ask(SECRET), ask(SECRET)]);
    expect(rounds.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await Promise.all(emails.map(inMailbox))).toEqual([1, 1, 1, 1, 1]);
  });

  it('is for nobody else', async () => {
    const email = await whoAskedForALink();
    expect((await ask('a secret of somebody else, of no use here')).status).toBe(401);
    expect(await inMailbox(email)).toBe(0);
    await db().signInRequest.deleteMany({ where: { email } });
  });

  it('begins nothing new when its time is over, and goes on at the next', async () => {
    let left = 100;
    const job: Job = {
      name: 'long',
      when: 'always',
      async run() {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return left > 0 ? left-- && 1 : 0;
      },
    };
    const first = await backgroundRound({ budgetMs: 100, jobs: [job] });
    expect(first.long).toBeGreaterThan(0);
    expect(first.long).toBeLessThan(10);
    expect((await backgroundRound({ budgetMs: 10_000, jobs: [job] })).long).toBe(100 - first.long!);
  });

  it('in which a job fails does the others, and says so without its words', async () => {
    const failing: Job = {
      name: 'failing',
      when: 'hourly',
      run: () => Promise.reject(new TypeError('row of victim@mailbox.example')),
    };
    const fine: Job = { name: 'fine', when: 'hourly', run: async () => 3 };
    expect(await backgroundRound({ jobs: [failing, fine] })).toEqual({
      failing: null,
      fine: 3,
      mails: 0,
    });
    expect(logged).toContain('"job":"failing","error":"TypeError"');
    expect(logged).not.toContain('victim');
  });
});
