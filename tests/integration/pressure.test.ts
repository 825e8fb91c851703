/** Sign-ups under pressure: solved challenges count once, others wait, and what is far above usual is noticed. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { endorse, type Endorsed, type Sending } from '@/lib/endorsement/commands';
import { signedLetter } from '@/lib/letter/queries';
import { solvedChallenge } from '@/lib/endorsement/pressure/challenge';
import { setPressure } from '@/lib/endorsement/pressure/commands';
import type { SignUp } from '@/lib/endorsement/schema';
import { lockLetter } from '@/lib/letter/lock';
import { auditSides } from '@/lib/platform/audit';
import { clientFrom, type Client } from '@/lib/platform/client-address';
import { db } from '@/lib/platform/db/client';
import { CHALLENGE, PRESSURE, RATE_LIMITS, SLOW_MAIL_MINUTES } from '@/lib/platform/limits';
import { signUpChecks } from '@/lib/platform/metrics/sign-up-checks';
import { retain } from '@/lib/retention/commands';
import { aLetter, anAddress, anOwner, aSignUp } from '@/tests/support/factories';
import { mailsTo } from '@/tests/support/mail';
import { aClient, solutionOf } from '@/tests/support/sign-up';

beforeAll(() => {
  process.env.RATE_LIMITS = 'on'; // before anything reads the environment
});

const MINUTE = 60_000;

const underPressure = () => aLetter({ pressure: 'on' });

/** Somebody with an address of a domain that no other test uses. */
const someone = () => {
  const address = anAddress();
  return aSignUp({ representativeEmail: `who@${address.split('@')[0]}.example` });
};

const send = async (
  letter: { slug: string },
  over: Partial<Sending> = {},
  { signUp = someone(), client = aClient() }: { signUp?: SignUp; client?: Client } = {},
) =>
  endorse(await signedLetter(letter.slug), signUp, client, null, null, {
    solution: null,
    slow: false,
    trapped: false,
    ...over,
  });

/** The challenge of an answer. */
function challengeIn(answer: Endorsed) {
  if (answer.ok || answer.reason !== 'pressure') throw new Error('no challenge was given');
  return answer.challenge;
}

const aSolution = async (letter: { slug: string }) => solutionOf(challengeIn(await send(letter)));

const entriesOf = (letter: { id: string }) =>
  db().endorsement.count({ where: { letterId: letter.id } });

describe('a sign-up under pressure', () => {
  it('is asked for a solution, which lets it pass; its mail leaves at once', async () => {
    const letter = await underPressure();
    const signUp = someone();
    const asked = await send(letter, {}, { signUp });
    expect(asked).toMatchObject({ ok: false, reason: 'pressure' });
    expect(await entriesOf(letter)).toBe(0);
    expect(await mailsTo(signUp.representativeEmail)).toEqual([]);
    const solution = await solutionOf(challengeIn(asked));
    expect(await send(letter, { solution }, { signUp })).toEqual({ ok: true });
    const [mail] = await mailsTo(signUp.representativeEmail);
    expect(mail).toMatchObject({ kind: 'confirm' });
    expect(mail!.sendAfter.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it('is asked anew for a solution that was used before', async () => {
    const letter = await underPressure();
    const solution = await aSolution(letter);
    expect(await send(letter, { solution })).toEqual({ ok: true });
    expect(await send(letter, { solution })).toMatchObject({ reason: 'pressure' });
    expect(await entriesOf(letter)).toBe(1);
  });

  it('with one solution sent twenty times at once passes exactly once', async () => {
    const letter = await underPressure();
    const solution = await aSolution(letter);
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(letter, { solution })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await entriesOf(letter)).toBe(1);
  });

  it('is asked anew for a solution that came too late', async () => {
    const letter = await underPressure();
    const solution = await aSolution(letter);
    vi.useFakeTimers({ now: Date.now() + CHALLENGE.minutes * MINUTE + 2_000, toFake: ['Date'] });
    try {
      expect(await send(letter, { solution })).toMatchObject({ reason: 'pressure' });
    } finally {
      vi.useRealTimers();
    }
    expect(await send(letter, { solution })).toEqual({ ok: true });
  });

  it('is asked anew for a solution for another letter, of another secret, or of less work', async () => {
    const [letter, other] = [await underPressure(), await underPressure()];
    const solution = await aSolution(letter);
    expect(await solvedChallenge(solution, other.id)).toBeNull();
    const said = JSON.parse(Buffer.from(solution, 'base64').toString()) as {
      challenge: { parameters: Record<string, unknown>; signature: string };
      solution: { counter: number; derivedKey: string };
    };
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
    const { challenge } = said;
    const changed = [
      { ...said, challenge: { ...challenge, signature: '00'.repeat(32) } },
      { ...said, challenge: { ...challenge, parameters: { ...challenge.parameters, cost: 1 } } },
      {
        ...said,
        challenge: {
          ...challenge,
          parameters: { ...challenge.parameters, expiresAt: Date.now() + 1e6 },
        },
      },
      {
        ...said,
        challenge: {
          ...challenge,
          parameters: { ...challenge.parameters, data: { letter: other.id } },
        },
      },
      { ...said, solution: { ...said.solution, derivedKey: '00'.repeat(32) } },
      { challenge },
      'nothing',
      null,
    ];
    for (const one of changed)
      for (const on of [letter, other])
        expect(await solvedChallenge(encoded(one), on.id)).toBeNull();
    for (const text of ['', '{', '=', 'x'.repeat(1_000_000)])
      expect(await solvedChallenge(text, letter.id)).toBeNull();
    expect(await solvedChallenge(encoded(said), letter.id)).not.toBeNull();
  });

  it('stores of a solved challenge nothing but a hash, and not longer than it could be used', async () => {
    const letter = await underPressure();
    const challenge = challengeIn(await send(letter));
    const before = new Set((await db().usedChallenge.findMany()).map(({ hash }) => String(hash)));
    await send(letter, { solution: await solutionOf(challenge) });
    const [used, ...others] = (await db().usedChallenge.findMany()).filter(
      ({ hash }) => !before.has(String(hash)),
    );
    expect(others).toEqual([]);
    expect(Buffer.from(used!.hash).toString('hex')).not.toContain(challenge.parameters.nonce);
    expect(used!.expiresAt.getTime()).toBe(challenge.parameters.expiresAt! * 1_000);
    await retain(new Date(used!.expiresAt.getTime() - 1));
    expect(await db().usedChallenge.count({ where: { hash: used!.hash } })).toBe(1);
    await retain(used!.expiresAt);
    expect(await db().usedChallenge.count({ where: { hash: used!.hash } })).toBe(0);
  });

  it('answers alike for an address that has signed and one that has not', async () => {
    const letter = await underPressure();
    const signUp = someone();
    await send(letter, { solution: await aSolution(letter) }, { signUp });
    const [known, unknown] = [await send(letter, {}, { signUp }), await send(letter)];
    const shape = (answer: Endorsed) => Object.keys(challengeIn(answer).parameters).sort();
    expect(shape(known)).toEqual(shape(unknown));
    const slow = [
      await send(letter, { slow: true }, { signUp }),
      await send(letter, { slow: true }),
    ];
    expect(slow.map((answer) => Object.keys(answer))).toEqual([
      ['ok', 'mailAt'],
      ['ok', 'mailAt'],
    ]);
  });
});

describe('a sign-up under pressure without a solution', () => {
  it('is recorded all the same, and its mail waits', async () => {
    const letter = await underPressure();
    const signUp = someone();
    const answer = await send(letter, { slow: true }, { signUp });
    expect(answer).toMatchObject({ ok: true });
    expect(await entriesOf(letter)).toBe(1);
    const [mail] = await mailsTo(signUp.representativeEmail);
    expect(mail!.sendAfter).toEqual(answer.ok && answer.mailAt);
    expect(mail!.sendAfter.getTime()).toBeGreaterThan(
      Date.now() + (SLOW_MAIL_MINUTES - 1) * MINUTE,
    );
  });

  it('passes a few times an hour from one network, and without pressure is like any other', async () => {
    const letter = await underPressure();
    const client = aClient();
    for (let n = 0; n < RATE_LIMITS.slowNetwork.points; n += 1)
      expect(await send(letter, { slow: true }, { client })).toMatchObject({ ok: true });
    expect(await send(letter, { slow: true }, { client })).toMatchObject({ reason: 'too-many' });
    expect(await send(letter, { slow: true })).toMatchObject({ ok: true });
    // Whoever solves something is not affected.
    const solution = await aSolution(letter);
    expect(await send(letter, { solution }, { client })).toEqual({ ok: true });
    expect(await send(await aLetter(), { slow: true })).toEqual({ ok: true });
  });

  it('of a letter leave one after the other', async () => {
    const letter = await underPressure();
    const times: number[] = [];
    for (let n = 0; n < 60; n += 1) {
      const client = clientFrom(`192.${n}.2.1`)!;
      const answer = await send(letter, { slow: true }, { client });
      times.push(answer.ok ? answer.mailAt!.getTime() : 0);
    }
    // Sixty take a tenth of the hour that six hundred may take.
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(30_000);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

describe('a letter that has far more sign-ups than usual', () => {
  /** Sign-ups that a letter had, some minutes ago. */
  async function hadSignUps(letter: { id: string }, count: number, minutes: number) {
    await db().$executeRaw`
      WITH one AS (
        INSERT INTO endorsement (letter_id, revision, signed_revision, name_key, country, sort_key, search_text)
        SELECT ${letter.id}::uuid, 1, 1, 'x', 'JP', 'x', 'x' FROM generate_series(1, ${count}::int) RETURNING id
      ), named AS (
        INSERT INTO endorsement_name (endorsement_id, language, name) SELECT id, 'en', 'X' FROM one
      )
      INSERT INTO sign_up_origin (endorsement_id, letter_id, at, network, domain)
      SELECT id, ${letter.id}::uuid, now() - ${minutes}::int * interval '1 minute', '\\x01', '\\x01' FROM one`;
  }
  const untilOf = async ({ id }: { id: string }) =>
    (await db().letter.findUniqueOrThrow({ where: { id } })).pressureUntil;
  /** Sends until the letter's count is looked at. */
  async function sendUntilLooked(letter: { slug: string }) {
    let answer = await send(letter);
    for (let n = 0; n < PRESSURE.least + 20 && answer.ok; n += 1) answer = await send(letter);
    return answer;
  }

  it('comes under pressure by itself, which ends by itself', async () => {
    const letter = await aLetter();
    expect(await sendUntilLooked(letter)).toMatchObject({ ok: false, reason: 'pressure' });
    const until = (await untilOf(letter))!.getTime();
    expect(until).toBeGreaterThan(Date.now() + (PRESSURE.lastsMinutes - 1) * MINUTE);
    vi.useFakeTimers({ now: until, toFake: ['Date'] });
    try {
      expect(await send(letter)).toEqual({ ok: true });
    } finally {
      vi.useRealTimers();
    }
  }, 60_000);

  it('does not, if it had as many before', async () => {
    const letter = await aLetter();
    await hadSignUps(letter, 2_500, 60);
    expect(await sendUntilLooked(letter)).toEqual({ ok: true });
    expect(await untilOf(letter)).toBeNull();
  }, 60_000);

  it('does not against an owner’s word', async () => {
    const letter = await aLetter({ pressure: 'off' });
    expect(await sendUntilLooked(letter)).toEqual({ ok: true });
  }, 60_000);

  it('stays so while nobody solves anything', async () => {
    const soon = new Date(Date.now() + MINUTE);
    const letter = await aLetter({ pressureUntil: soon });
    for (let n = 0; n < PRESSURE.least + 20; n += 1)
      expect(await send(letter)).toMatchObject({ reason: 'pressure' });
    expect((await untilOf(letter))!.getTime()).toBeGreaterThan(soon.getTime());
  }, 60_000);

  it('takes sign-ups while a coordinator holds the letter’s lock', async () => {
    const letter = await aLetter();
    await hadSignUps(letter, PRESSURE.least, 1);
    await db().$transaction(
      async (tx) => {
        await lockLetter(tx, letter.id);
        expect(await sendUntilLooked(letter)).toEqual({ ok: true });
        expect(await untilOf(letter)).toBeNull();
      },
      { timeout: 50_000 },
    );
  }, 60_000);
});

describe('a sign-up with the field that people do not see filled in', () => {
  const trapped = () =>
    signUpChecks().samples.find(({ labels }) => labels?.of === 'trapped')!.value;

  it('is answered like any other, writes and mails nothing, and is counted', async () => {
    const letter = await aLetter();
    const signUp = someone();
    const before = trapped();
    expect(await send(letter, { trapped: true }, { signUp })).toEqual(await send(letter));
    expect(await mailsTo(signUp.representativeEmail)).toEqual([]);
    expect(await entriesOf(letter)).toBe(1);
    expect(await db().contact.count({ where: { email: signUp.representativeEmail } })).toBe(0);
    expect(trapped()).toBe(before + 1);
  });

  it('is refused where any other is, under pressure, too', async () => {
    const letter = await underPressure();
    expect(await send(letter, { trapped: true })).toMatchObject({ reason: 'pressure' });
    expect(await send(letter, { trapped: true, slow: true })).toMatchObject({ ok: true });
    const client = aClient();
    const open = await aLetter();
    for (let n = 0; n < RATE_LIMITS.signUpNetwork.points; n += 1)
      await send(open, { trapped: true }, { client });
    expect(await send(open, { trapped: true }, { client })).toMatchObject({ reason: 'too-many' });
    expect([await entriesOf(letter), await entriesOf(open)]).toEqual([0, 0]);
  });
});

it('an owner sets whether sign-ups have to show work, which is audited', async () => {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  expect(await setPressure(owner, 'on')).toBe(true);
  expect(await setPressure(owner, 'on')).toBe(false);
  expect(await send(letter)).toMatchObject({ reason: 'pressure' });
  expect(await setPressure(owner, 'automatic')).toBe(true);
  expect(await send(letter)).toEqual({ ok: true });
  const events = await db().auditEvent.findMany({
    where: { letterId: letter.id, action: 'set_pressure' },
    orderBy: { id: 'asc' },
    include: { values: true },
  });
  expect(events.map(({ canonical, values }) => auditSides(canonical, values))).toMatchObject([
    { before: { pressure: 'automatic' }, after: { pressure: 'on' } },
    { before: { pressure: 'on' }, after: { pressure: 'automatic' } },
  ]);
});
