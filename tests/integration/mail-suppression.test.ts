import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { renderMail } from '@/emails/render';
import { endorse } from '@/lib/endorsement/commands';
import { signedLetter } from '@/lib/letter/queries';
import { liftSuppression } from '@/lib/endorsement/review/mails/commands';
import { db } from '@/lib/platform/db/client';
import type { MailKind, MailOutcome } from '@/lib/platform/db/generated/enums';
import { env } from '@/lib/platform/env';
import { dispatchDue } from '@/lib/platform/mail/dispatcher';
import { retryMail } from '@/lib/platform/mail/failures';
import { recordReport } from '@/lib/platform/mail/reports';
import { suppressionOf } from '@/lib/platform/mail/suppression';
import { newToken, seal } from '@/lib/platform/tokens';
import { aLetter, anAddress, anEndorsement, aReviewer, aSignUp } from '@/tests/support/factories';
import { mailsTo } from '@/tests/support/mail';

const CLIENT = { kind: 'unknown' } as never;

/** The mails that were handed to the provider, by their ids. */
let sent: string[];

beforeEach(async () => {
  await db().mail.deleteMany();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  sent = [];
});

const dispatch = () =>
  dispatchDue({
    db: db(),
    env: { ...env(), MAIL_PER_SECOND: 500 },
    render: renderMail,
    transport: {
      send: ({ id }) => {
        sent.push(id);
        return Promise.resolve({ providerId: `provider ${id}` });
      },
    },
  });

/** A mail that is due; a notice to a coordinator unless said otherwise. */
const aMail = (to: string, over: { kind?: MailKind; letterId?: string } = {}) =>
  db().mail.create({
    data: {
      kind: 'review_notice',
      language: 'en',
      to,
      toKey: to.toLowerCase(),
      props: { letterSlug: 'a-letter', letterTitle: 'A letter' },
      sealedToken: seal(newToken(), env().APP_SECRET),
      ...over,
    },
  });

/** A provider's report about a mail to the address. */
async function reported(to: string, outcome: MailOutcome): Promise<void> {
  const { id } = await db().mail.create({
    data: { kind: 'review_notice', language: 'en', to, toKey: to, props: {}, sentAt: new Date() },
  });
  const report = { id: randomUUID(), mailId: id, providerId: 'none', outcome, at: new Date() };
  await recordReport(report);
}

const row = ({ id }: { id: string }) => db().mail.findUniqueOrThrow({ where: { id } });

describe('an address', () => {
  test.each(['bounced', 'complained'] as const)('that %s is not mailed again', async (outcome) => {
    const to = anAddress();
    await reported(to, outcome);
    const mail = await aMail(to.toUpperCase());
    await dispatch();
    expect(sent).toEqual([]);
    expect(await row(mail)).toMatchObject({ outcome: 'suppressed', sentAt: null, lastError: null });
    expect((await row(mail)).failedAt).not.toBeNull();
  });

  test.each(['delayed', 'delivered', 'returned'] as const)(
    'of which a mail was %s is mailed again',
    async (outcome) => {
      const to = anAddress();
      await reported(to, outcome);
      const mail = await aMail(to);
      await dispatch();
      expect(sent).toEqual([mail.id]);
    },
  );

  test('that complained and bounced has complained, in either order', async () => {
    const [one, other] = [anAddress(), anAddress()];
    await reported(one, 'complained');
    await reported(one, 'bounced');
    await reported(other, 'bounced');
    await reported(other, 'complained');
    for (const to of [one, other])
      expect((await suppressionOf(db(), to))?.reason).toBe('complained');
  });

  test('is not stored in the clear', async () => {
    const to = anAddress('unmistakable');
    await reported(to, 'bounced');
    const rows = await db().$queryRaw<{ text: string }[]>`
      SELECT suppressed_address::text || encode(address_hash, 'escape') AS text FROM suppressed_address`;
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ text }) => text.includes('unmistakable'))).toEqual([]);
  });

  test('is not mailed after the secret was replaced, as long as the former one is kept', async () => {
    const to = anAddress();
    await reported(to, 'bounced');
    const { APP_SECRET, PREVIOUS_SECRETS } = env();
    try {
      Object.assign(env(), { APP_SECRET: 'another secret, of thirty-two characters or more' });
      expect(await suppressionOf(db(), to)).toBeNull();
      Object.assign(env(), { PREVIOUS_SECRETS: [APP_SECRET] });
      await aMail(to);
      await dispatch();
      expect(sent).toEqual([]);
      // A complaint under the new secret outweighs the bounce under the former one.
      await reported(to, 'complained');
      expect((await suppressionOf(db(), to))?.reason).toBe('complained');
    } finally {
      Object.assign(env(), { APP_SECRET, PREVIOUS_SECRETS });
    }
  });

  test('of a coordinator still gets sign-in links, so that nobody is locked out', async () => {
    const to = anAddress();
    await reported(to, 'complained');
    const [notice, link] = [await aMail(to), await aMail(to, { kind: 'sign_in' })];
    await dispatch();
    expect(sent).toEqual([link.id]);
    expect((await row(notice)).outcome).toBe('suppressed');
  });
});

test('a stranger who signs with a suppressed address gets the same answer', async () => {
  const letter = await aLetter();
  const [suppressed, other] = [anAddress(), anAddress()];
  await reported(suppressed, 'bounced');
  await db().mail.deleteMany();
  const answers = await Promise.all(
    [suppressed, other].map(async (representativeEmail) =>
      endorse(await signedLetter(letter.slug), aSignUp({ representativeEmail }), CLIENT),
    ),
  );
  expect(answers).toEqual([{ ok: true }, { ok: true }]);
  expect(await mailsTo(suppressed)).toMatchObject([{ kind: 'confirm' }]);
  await dispatch();
  expect(await mailsTo(suppressed)).toMatchObject([{ outcome: 'suppressed' }]);
  expect(await mailsTo(other)).toMatchObject([{ outcome: null, failedAt: null }]);
});

describe('a reviewer', () => {
  test('lifts the suppression of an entry’s address, and sends the mail after all', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const email = anAddress();
    const entry = await anEndorsement(letter.id, { email });
    await reported(email, 'bounced');
    const mail = await aMail(email, { letterId: letter.id });
    await dispatch();
    expect(await liftSuppression(reviewer, entry.id)).toBe(true);
    expect(await liftSuppression(reviewer, entry.id)).toBe(false);
    expect(await suppressionOf(db(), email)).toBeNull();
    expect(await retryMail(mail.id, letter.id)).toBe(true);
    await dispatch();
    expect(sent).toEqual([mail.id]);
    expect(await row(mail)).toMatchObject({ outcome: null, failedAt: null });
    const events = await db().auditEvent.findMany({ where: { endorsementId: entry.id } });
    expect(events.map(({ action }) => action)).toEqual(['lift_suppression']);
    expect(events[0]!.canonical).not.toContain(email);
  });

  test('lifts that of a complaint only for an address from which somebody has confirmed', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const email = anAddress();
    const entry = await anEndorsement(letter.id, { email });
    await reported(email, 'complained');
    const { contact } = await db().representative.findFirstOrThrow({
      where: { endorsementId: entry.id },
      include: { contact: true },
    });
    await db().contact.update({ where: { id: contact!.id }, data: { verifiedAt: null } });
    expect(await liftSuppression(reviewer, entry.id)).toBe(false);
    expect(await suppressionOf(db(), email)).not.toBeNull();
    await db().contact.update({ where: { id: contact!.id }, data: { verifiedAt: new Date() } });
    expect(await liftSuppression(reviewer, entry.id)).toBe(true);
    expect(await suppressionOf(db(), email)).toBeNull();
  });

  test('cannot lift that of an entry of another letter', async () => {
    const email = anAddress();
    const entry = await anEndorsement((await aLetter()).id, { email });
    await reported(email, 'bounced');
    expect(await liftSuppression(await aReviewer(await aLetter()), entry.id)).toBe(false);
    expect(await suppressionOf(db(), email)).not.toBeNull();
  });
});
