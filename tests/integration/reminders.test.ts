import { beforeEach, describe, expect, test, vi } from 'vitest';
import { GET, POST } from '@/app/api/unsubscribe/[token]/route';
import { renderMail } from '@/emails/render';
import { endReminders, remindUnconfirmed } from '@/lib/endorsement/reminders/commands';
import { remindersOf } from '@/lib/endorsement/reminders/queries';
import { confirm } from '@/lib/endorsement/verification/commands';
import { confirmation } from '@/lib/endorsement/verification/queries';
import { setReminders } from '@/lib/letter/commands';
import { connect, db } from '@/lib/platform/db/client';
import { env, parseEnv } from '@/lib/platform/env';
import { dispatchDue } from '@/lib/platform/mail/dispatcher';
import { derivedToken, hashToken, newToken } from '@/lib/platform/tokens';
import { aLetter, anAddress, anEndorsement, anOwner } from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import { resendServer } from '@/tests/support/resend-server';
import { smtpServer } from '@/tests/support/smtp-server';

const DAY = 24 * 3_600_000;
const ago = (days: number) => new Date(Date.now() - days * DAY);

beforeEach(async () => {
  // Reminders are those of all letters.
  await db().mail.deleteMany();
  await db().letter.updateMany({ data: { reminds: false } });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

type Over = Parameters<typeof anEndorsement>[1] & { mailed?: boolean };

/** An unconfirmed sign-up of some days ago that was mailed a link. */
async function aSignUpOf(
  letter: { id: string },
  days: number,
  { mailed = true, ...over }: Over = {},
) {
  const submittedAt = ago(days);
  const signUp = await anEndorsement(letter.id, { state: 'submitted', submittedAt, ...over });
  const token = newToken();
  if (mailed)
    await db().verification.create({
      data: {
        endorsementId: signUp.id,
        tokenHash: hashToken(token),
        expiresAt: new Date(submittedAt.getTime() + 7 * DAY),
      },
    });
  return { ...signUp, token };
}

const reminders = async (email: string) =>
  (await mailsTo(email)).filter(({ kind }) => kind === 'reminder');

describe('an unconfirmed sign-up', () => {
  test('of three days is reminded once, in its language, with a link of its own that confirms', async () => {
    const letter = await aLetter();
    const { email, token } = await aSignUpOf(letter, 3, { language: 'ja' });
    const fresh = await aSignUpOf(letter, 1);
    expect(await remindUnconfirmed()).toBe(1);
    expect(await remindUnconfirmed()).toBe(0);
    expect(await reminders(fresh.email)).toEqual([]);
    const [mail, ...more] = await reminders(email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ language: 'ja', letterId: letter.id });
    expect(tokenOf(mail!)).not.toBe(token);
    expect((await confirmation(token)).state).toBe('ready');
    expect(await confirm(tokenOf(mail!), 1)).toMatchObject({ ok: true });
  });

  test('is reminded once more before the deadline, and no more', async () => {
    const letter = await aLetter({ closesAt: new Date(Date.now() + 5 * DAY) });
    const { email } = await aSignUpOf(letter, 3);
    const inDays = (days: number) => remindUnconfirmed(new Date(Date.now() + days * DAY));
    expect([await inDays(0), await inDays(1), await inDays(4.5), await inDays(4.9)]).toEqual([
      1, 0, 1, 0,
    ]);
    expect(await reminders(email)).toHaveLength(2);
  });

  test('is reminded once by many server processes at the same time', async () => {
    const letter = await aLetter();
    const signUps = await Promise.all(Array.from({ length: 30 }, () => aSignUpOf(letter, 3)));
    const written = await Promise.all(Array.from({ length: 6 }, () => remindUnconfirmed()));
    expect(written.reduce((sum, count) => sum + count)).toBe(30);
    for (const { email } of signUps) expect(await reminders(email)).toHaveLength(1);
  });

  test('is reminded after a crash that undid the reminder, once', async () => {
    const letter = await aLetter();
    const { email } = await aSignUpOf(letter, 3);
    // The connection is lost while the statement waits for the sign-up's row.
    const other = connect(env().DATABASE_URL, 1);
    await other
      .$transaction(async (tx) => {
        await tx.$executeRaw`SELECT FROM endorsement WHERE letter_id = ${letter.id}::uuid FOR UPDATE`;
        const waiting = remindUnconfirmed().catch(() => 'lost');
        await vi.waitFor(
          async () => {
            // By another connection: a transaction sees the activity of its first look only.
            const [ended] = await db().$queryRaw<{ count: number }[]>`
              SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
              WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO reminder%' AND datname = current_database()`;
            expect(ended!.count).toBe(1);
          },
          { timeout: 5_000 },
        );
        expect(await waiting).toBe('lost');
      })
      .finally(() => other.$disconnect());
    expect(await reminders(email)).toEqual([]);
    expect(await remindUnconfirmed()).toBe(1);
    expect(await reminders(email)).toHaveLength(1);
  });

  test('is not reminded if it was confirmed; an unsent reminder goes with the confirmation', async () => {
    const letter = await aLetter();
    await anEndorsement(letter.id, { state: 'verified', submittedAt: ago(3) });
    const { email, token } = await aSignUpOf(letter, 3);
    await remindUnconfirmed();
    expect(await reminders(email)).toHaveLength(1);
    await confirm(token, 1);
    expect(await reminders(email)).toEqual([]);
  });

  test('that got no mail for too many of them is not reminded', async () => {
    await aSignUpOf(await aLetter(), 3, { mailed: false });
    expect(await remindUnconfirmed()).toBe(0);
  });

  test('of an address with several gets one reminder a letter, about the newest', async () => {
    const [letter, other] = [await aLetter(), await aLetter()];
    const email = anAddress();
    await aSignUpOf(letter, 4, { email, nameEn: 'One' });
    const newest = await aSignUpOf(letter, 3, { email, nameEn: 'Two' });
    await aSignUpOf(other, 3, { email });
    expect(await remindUnconfirmed()).toBe(2);
    expect(await remindUnconfirmed()).toBe(0);
    expect((await reminders(email)).map(({ endorsementId }) => endorsementId)).toContain(newest.id);
  });

  test('is not reminded where the owner has turned reminders off', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    await aSignUpOf(letter, 3);
    await setReminders(owner, false);
    await setReminders(owner, false);
    expect(await remindUnconfirmed()).toBe(0);
    await setReminders(owner, true);
    expect(await remindUnconfirmed()).toBe(1);
    const events = await db().auditEvent.findMany({
      where: { letterId: letter.id, action: 'set_reminders' },
    });
    expect(events).toHaveLength(2);
  });
});

describe('a representative who unsubscribes', () => {
  async function reminded() {
    const letter = await aLetter({ closesAt: new Date(Date.now() + 5 * DAY) });
    const signUp = await aSignUpOf(letter, 3);
    await remindUnconfirmed();
    const [mail] = await reminders(signUp.email);
    return { ...signUp, letter, mail: mail!, ending: derivedToken(tokenOf(mail!), 'unsubscribe') };
  }

  const oneClick = (
    token: string,
    body: BodyInit = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  ) =>
    POST(new Request('http://localhost/api/unsubscribe/x', { method: 'POST', body }), {
      params: Promise.resolve({ token }),
    });

  test('by one click gets no more reminders of the letter; the sign-up can still be confirmed', async () => {
    const { email, token, letter, ending } = await reminded();
    const another = await aSignUpOf(letter, 3, { email, nameEn: 'Another' });
    const response = await oneClick(ending);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([200, null]);
    expect(await remindersOf(ending)).toMatchObject({ state: 'ended' });
    expect(await reminders(email)).toEqual([]); // it had not been sent
    expect(await remindUnconfirmed(new Date(Date.now() + 4.5 * DAY))).toBe(0);
    expect((await confirmation(token)).state).toBe('ready');
    expect((await confirmation(another.token)).state).toBe('ready');
  });

  test('in a multipart form, too', async () => {
    const { ending } = await reminded();
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    expect((await oneClick(ending, form)).status).toBe(200);
    expect((await remindersOf(ending)).state).toBe('ended');
  });

  test('changes nothing by GET, by another body or with the link that confirms', async () => {
    const { ending, mail } = await reminded();
    const got = await GET(new Request('http://localhost/'), {
      params: Promise.resolve({ token: ending }),
    });
    expect([got.status, got.headers.get('location')]).toEqual([303, `/unsubscribe/${ending}`]);
    const statuses = await Promise.all([
      oneClick(ending, 'List-Unsubscribe=One-Click'), // text/plain
      oneClick(ending, new URLSearchParams({ 'List-Unsubscribe': 'No' })),
      oneClick(ending, 'x'.repeat(5_000)),
      oneClick(tokenOf(mail)),
      oneClick(newToken()),
      oneClick('no token'),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([400, 400, 413, 200, 200, 200]);
    expect((await remindersOf(ending)).state).toBe('on');
    expect(await endReminders(tokenOf(mail))).toBe(false);
    expect(await confirm(ending, 1)).toEqual({ ok: false, reason: 'unknown' });
  });

  test('finds the headers for it in the reminder, by Resend, by SMTP and in the local mailbox', async () => {
    const { mail, ending } = await reminded();
    const url = `${env().APP_URL}/api/unsubscribe/${ending}`;
    const [resend, smtp] = [await resendServer(), await smtpServer()];
    const send = async (variables: Record<string, string>) => {
      await db().mail.update({
        where: { id: mail.id },
        data: { sentAt: null, sealedToken: mail.sealedToken, props: mail.props! },
      });
      await dispatchDue({
        db: db(),
        render: renderMail,
        env: parseEnv({
          DATABASE_URL: env().DATABASE_URL,
          APP_URL: env().APP_URL,
          APP_SECRET: env().APP_SECRET,
          MAIL_FROM: 'letters@example.org',
          ...variables,
        }),
      });
    };
    try {
      await send({ RESEND_API_KEY: 're_test', RESEND_BASE_URL: resend.url });
      await send({ SMTP_URL: smtp.url });
      await send({ MAIL_TRANSPORT: 'mailbox' });
    } finally {
      await Promise.all([resend.close(), smtp.close()]);
    }
    expect(JSON.parse(resend.requests[0]!.body)).toMatchObject({
      headers: {
        'List-Unsubscribe': `<${url}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
      tags: [{ name: 'mail', value: mail.id }],
    });
    const unfolded = smtp.mails[0]!.replace(/\r?\n\s+/g, ' ');
    expect(unfolded).toMatch(new RegExp(`^List-Unsubscribe: ?<${url}>`, 'm'));
    expect(unfolded).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const kept = await db().mailboxMessage.findUniqueOrThrow({ where: { id: mail.id } });
    expect(kept.oneClickUrl).toBe(url);
    expect(kept.html).toContain(`/ja/unsubscribe/${ending}`);
  });
});
