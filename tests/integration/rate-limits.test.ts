import { beforeAll, describe, expect, it } from 'vitest';
import { clientFrom } from '@/lib/platform/client-address';
import { db } from '@/lib/platform/db/client';
import { nominate, nominateAgain } from '@/lib/endorsement/representatives/nominations/commands';
import { RATE_LIMITS } from '@/lib/platform/limits';
import { closeRateLimits, countUses } from '@/lib/platform/rate-limits';
import { requestEntryLinks } from '@/lib/endorsement/entry/links/commands';
import { confirm } from '@/lib/endorsement/verification/commands';
import { confirmation, type KnownConfirmation } from '@/lib/endorsement/verification/queries';
import { aLetter, anAddress, anEndorsement, anEntryLink, aSignUp } from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import { aClient, endorse, sendNewLink } from '@/tests/support/sign-up';

beforeAll(() => {
  process.env.RATE_LIMITS = 'on'; // before anything reads the environment
});

/** An address of a mail domain that no other test uses. */
const anOwnDomain = () =>
  anAddress().replace('example.org', `${anAddress('d').split('@')[0]}.example`);
const someone = () => aSignUp({ representativeEmail: anOwnDomain() });

const times = async <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> => {
  const answers: T[] = [];
  for (let n = 0; n < count; n += 1) answers.push(await work(n));
  return answers;
};
const reasons = (answers: ({ ok: true } | { ok: false; reason: string })[]) =>
  answers.map((answer) => (answer.ok ? 'ok' : answer.reason));

describe('a flood from one network', () => {
  it('requests beyond the limit are refused with the time to wait, and another network is not affected', async () => {
    const letter = await aLetter();
    const flooder = aClient();
    const { points } = RATE_LIMITS.signUpNetwork;
    const answers = await times(points + 3, () => endorse(letter.slug, someone(), null, flooder));
    expect(reasons(answers)).toEqual([...Array(points).fill('ok'), ...Array(3).fill('too-many')]);
    const last = answers.at(-1)!;
    expect(
      last.ok === false && last.reason === 'too-many' && last.retryAfterSeconds,
    ).toBeGreaterThan(RATE_LIMITS.signUpNetwork.seconds - 600);
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(points);
    expect(await endorse(letter.slug, someone())).toEqual({ ok: true });
  });

  it('many addresses of one wider network are refused beyond its limit', async () => {
    const letter = await aLetter();
    const { points } = RATE_LIMITS.signUpNeighbourhood;
    const answers = await times(points + 1, (n) =>
      endorse(letter.slug, someone(), null, clientFrom(`203.0.113.${n % 250}`)!),
    );
    expect(reasons(answers)).toEqual([...Array(points).fill('ok'), 'too-many']);
  });

  it('requests refused for one address do not count against its wider network', async () => {
    const letter = await aLetter();
    await times(100, () => endorse(letter.slug, someone(), null, clientFrom('198.51.100.7')!));
    expect(await endorse(letter.slug, someone(), null, clientFrom('198.51.100.8')!)).toEqual({
      ok: true,
    });
  });

  it('limits persist when the server restarts', async () => {
    const letter = await aLetter();
    const flooder = aClient();
    await times(RATE_LIMITS.signUpNetwork.points, () =>
      endorse(letter.slug, someone(), null, flooder),
    );
    await closeRateLimits();
    expect(await endorse(letter.slug, someone(), null, flooder)).toMatchObject({
      ok: false,
      reason: 'too-many',
    });
  });

  it('concurrent requests of one network cannot exceed its limit', async () => {
    const letter = await aLetter();
    const flooder = aClient();
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => endorse(letter.slug, someone(), null, flooder)),
    );
    expect(reasons(answers).filter((reason) => reason === 'ok')).toHaveLength(
      RATE_LIMITS.signUpNetwork.points,
    );
  });
});

describe('sign-ups by a stranger with somebody’s address', () => {
  it('a stranger’s attempts, including `+tag` variants, count for their own network only', async () => {
    const letter = await aLetter();
    const email = anOwnDomain();
    const stranger = aClient();
    const tagged = (n: number) => email.replace('@', `+${n}@`);
    const answers = await times(RATE_LIMITS.signUpMailboxFromNetwork.points + 1, (n) =>
      endorse(letter.slug, aSignUp({ representativeEmail: tagged(n) }), null, stranger),
    );
    expect(reasons(answers).at(-1)).toBe('too-many');
    expect(await endorse(letter.slug, aSignUp({ representativeEmail: email }))).toEqual({
      ok: true,
    });
    expect(await mailsTo(email)).toHaveLength(1);
  });

  it('a stranger from many networks can stop the mails, but the owner can confirm by any link received before', async () => {
    const letter = await aLetter();
    const email = anOwnDomain();
    const { points } = RATE_LIMITS.mailbox;
    const attacks = await times(points + 5, (n) =>
      endorse(letter.slug, aSignUp({ representativeEmail: email, nameEn: `Stranger ${n}` })),
    );
    expect(new Set(reasons(attacks))).toEqual(new Set(['ok']));
    expect(await mailsTo(email)).toHaveLength(points);
    expect(
      await endorse(letter.slug, aSignUp({ representativeEmail: email, nameEn: 'The Owner' })),
    ).toEqual({ ok: true });
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(points);
    const link = tokenOf(mails[0]!);
    const [newest] = ((await confirmation(link)) as KnownConfirmation).others;
    expect(newest).toMatchObject({ names: { en: 'The Owner' } });
    expect(await confirm(link, 1, newest!.id)).toMatchObject({ ok: true });
    expect(
      await db().endorsement.findMany({
        where: { letterId: letter.id },
        select: { state: true, names: { where: { language: 'en' }, select: { name: true } } },
      }),
    ).toEqual([{ state: 'verified', names: [{ name: 'The Owner' }] }]);
  });

  it('a stranger cannot flood an organization’s domain from one wider network', async () => {
    const letter = await aLetter();
    const domain = anOwnDomain().split('@')[1]!;
    const client = aClient();
    const answers = await times(RATE_LIMITS.signUpDomainFromNeighbourhood.points + 1, (n) =>
      endorse(letter.slug, aSignUp({ representativeEmail: `office${n}@${domain}` }), null, client),
    );
    expect(reasons(answers).at(-1)).toBe('too-many');
    expect(
      await endorse(letter.slug, aSignUp({ representativeEmail: `office@${domain}` })),
    ).toEqual({ ok: true });
  });

  it('requests for new links have the same limits', async () => {
    const letter = await aLetter();
    const signUp = someone();
    await endorse(letter.slug, signUp);
    const [mail] = await mailsTo(signUp.representativeEmail);
    const client = aClient();
    const answers = await times(RATE_LIMITS.signUpMailboxFromNetwork.points + 1, () =>
      sendNewLink(tokenOf(mail!), client),
    );
    expect(reasons(answers).at(-1)).toBe('too-many');
    expect(await mailsTo(signUp.representativeEmail)).toHaveLength(
      1 + RATE_LIMITS.signUpMailboxFromNetwork.points,
    );
  });

  it('addresses that have signed have the same limits as others', async () => {
    const letter = await aLetter();
    const known = anOwnDomain();
    await endorse(letter.slug, aSignUp({ representativeEmail: known }));
    await confirm(tokenOf((await mailsTo(known))[0]!), 1);
    const [onKnown, onUnknown] = [aClient(), aClient()];
    const unknown = anOwnDomain();
    for (let n = 0; n < RATE_LIMITS.signUpMailboxFromNetwork.points + 2; n += 1) {
      const [a, b] = await Promise.all([
        endorse(letter.slug, aSignUp({ representativeEmail: known }), null, onKnown),
        endorse(letter.slug, aSignUp({ representativeEmail: unknown }), null, onUnknown),
      ]);
      expect(reasons([a])).toEqual(reasons([b]));
    }
  });
});

describe('a limit', () => {
  it('a limit that refuses keeps later shared ones from being counted, also when all ask at once', async () => {
    const mine = aClient().network;
    const shared = `shared by ${mine}`;
    await Promise.all(
      Array.from({ length: 100 }, () =>
        countUses(
          [{ limit: 'signInNetwork', of: mine }],
          [{ limit: 'signInNeighbourhood', of: shared }],
        ),
      ),
    );
    expect(await countUses([{ limit: 'signInNeighbourhood', of: shared }])).toMatchObject({
      ok: true,
      counts: { signInNeighbourhood: { points: RATE_LIMITS.signInNetwork.points + 1 } },
    });
  });

  it('a limit’s period begins with its first use, and another when it is over', async () => {
    const use = { limit: 'invitationMailbox', of: anOwnDomain() } as const;
    const { points, seconds } = RATE_LIMITS.invitationMailbox;
    const before = new Set((await db().rateLimit.findMany()).map(({ key }) => key));
    const answers = await times(points + 1, () => countUses([use]));
    expect(answers.map(({ ok }) => ok)).toEqual([...Array(points).fill(true), false]);
    const made = (await db().rateLimit.findMany()).find(({ key }) => !before.has(key))!;
    expect(Number(made.expire) - Date.now()).toBeGreaterThan((seconds - 60) * 1_000);

    await closeRateLimits(); // another process, which has not seen the refusal
    expect(await countUses([use])).toMatchObject({ ok: false, limit: 'invitationMailbox' });
    await db().rateLimit.update({ where: { key: made.key }, data: { expire: Date.now() - 1 } });
    await closeRateLimits();
    expect(await countUses([use])).toMatchObject({
      ok: true,
      counts: { invitationMailbox: { points: 1 } },
    });
  });

  it('stored counters contain no address', async () => {
    const client = aClient();
    const email = anOwnDomain();
    await endorse((await aLetter()).slug, aSignUp({ representativeEmail: email }), null, client);
    const keys = JSON.stringify((await db().rateLimit.findMany()).map(({ key }) => key));
    expect(keys).not.toContain(email.split('@')[0]);
    expect(keys).not.toContain(client.neighbourhood.split('/')[0]);
  });
});

describe('requests for links to entries', () => {
  it('are refused beyond the limit of a mailbox from one network, whether or not it has signed', async () => {
    const [mine, other] = [aClient(), aClient()];
    const { points } = RATE_LIMITS.entryLinksMailboxFromNetwork;
    const email = anOwnDomain();
    const answers = await times(points + 1, () => requestEntryLinks(email, 'ja', mine));
    expect(reasons(answers)).toEqual([...Array(points).fill('ok'), 'too-many']);
    expect(await requestEntryLinks(anOwnDomain(), 'ja', mine)).toEqual({ ok: true });
    expect(await requestEntryLinks(email, 'ja', other)).toEqual({ ok: true });
    expect(await db().entryLinkRequest.count({ where: { emailKey: email } })).toBe(points + 1);
  });
});

describe('a representative who nominates a colleague', () => {
  it('is refused after as many mails to the address as a sign-up from the network, and other addresses of theirs are not', async () => {
    const letter = await aLetter();
    const { id } = await anEndorsement(letter.id);
    const token = await anEntryLink(id);
    const client = aClient();
    const nominee = (representativeEmail: string) => ({
      kind: 'add' as const,
      representativeName: 'A colleague',
      representativeRole: 'Chair',
      representativeEmail,
      language: 'en',
    });
    expect(await nominate(token, nominee(anOwnDomain()), client)).toEqual({ ok: true });
    const [pending] = await db().nomination.findMany({ where: { endorsementId: id } });
    for (let n = 1; n < RATE_LIMITS.signUpMailboxFromNetwork.points; n += 1)
      expect(await nominateAgain(token, pending!.id, client)).toEqual({ ok: true });
    expect(await nominateAgain(token, pending!.id, client)).toMatchObject({ reason: 'too-many' });
    expect(await nominate(token, nominee(anOwnDomain()), client)).toEqual({ ok: true });
  });

  it('of an address that got too many mails is told nothing, and no mail is written', async () => {
    const letter = await aLetter();
    const email = anOwnDomain();
    for (let n = 0; n < RATE_LIMITS.mailbox.points; n += 1)
      await endorse(letter.slug, aSignUp({ nameEn: `Club ${n}`, representativeEmail: email }));
    const before = (await mailsTo(email)).length;
    const { id } = await anEndorsement(letter.id);
    const answer = await nominate(
      await anEntryLink(id),
      {
        kind: 'hand_over',
        representativeName: 'A colleague',
        representativeRole: 'Chair',
        representativeEmail: email,
        language: 'en',
      },
      aClient(),
    );
    expect(answer).toEqual({ ok: true });
    expect(await mailsTo(email)).toHaveLength(before);
    expect(await db().nomination.count({ where: { endorsementId: id } })).toBe(1);
  });
});
