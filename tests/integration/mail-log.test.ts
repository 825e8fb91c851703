import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { queue } from '@/lib/endorsement/review/queries';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { LOG_PAGE_SIZE, mailLog, type LogPlace } from '@/lib/platform/mail/log';
import { suppress, unsuppress } from '@/lib/platform/mail/suppression';
import {
  aLetter,
  anAddress,
  anEndorsement,
  anObserver,
  aReviewer,
} from '@/tests/support/factories';
import { entryFor } from '@/tests/support/managed';

const aMail = (letterId: string, over: Partial<Prisma.MailUncheckedCreateInput> = {}) => {
  const to = anAddress();
  return db().mail.create({
    data: { kind: 'approved', language: 'en', to, toKey: to, props: {}, letterId, ...over },
  });
};

const at = new Date('2026-01-02T03:04:05.678Z');

const STANDINGS: [string, boolean, Partial<Prisma.MailUncheckedCreateInput>][] = [
  ['waiting', false, {}],
  ['trying', false, { attempts: 2 }],
  ['trying', true, { attempts: 3 }],
  ['sent', false, { sentAt: at }],
  ['failed', true, { failedAt: at, attempts: 1 }],
  ['suppressed', true, { failedAt: at, outcome: 'suppressed', outcomeAt: at }],
  ['delayed', false, { sentAt: at, outcome: 'delayed', outcomeAt: at }],
  ['delivered', false, { sentAt: at, outcome: 'delivered', outcomeAt: at }],
  ['returned', true, { sentAt: at, outcome: 'returned', outcomeAt: at }],
  ['bounced', true, { sentAt: at, outcome: 'bounced', outcomeAt: at }],
  ['complained', true, { sentAt: at, outcome: 'complained', outcomeAt: at }],
];

describe('the log of a letter’s mails', () => {
  test.each(STANDINGS)('says %s of a mail; it fails: %s', async (state, fails, over) => {
    const letter = await aLetter();
    const mail = await aMail(letter.id, over);
    const seen = await mailLog(letter.id, { failing: false, after: null });
    expect(seen.mails).toMatchObject([{ id: mail.id, to: mail.to, state }]);
    expect((await mailLog(letter.id, { failing: true, after: null })).mails).toHaveLength(
      fails ? 1 : 0,
    );
  });

  test('has every mail once on its pages, newest first, also those of one moment, and none of another letter', async () => {
    const [letter, other] = [await aLetter(), await aLetter()];
    await aMail(other.id);
    const count = 2 * LOG_PAGE_SIZE + 3;
    const ids = Array.from({ length: count }, () => randomUUID());
    await db().mail.createMany({
      data: ids.map((id, n) => ({
        id,
        kind: 'approved' as const,
        language: 'en',
        to: 'someone@example.org',
        toKey: 'someone@example.org',
        props: {},
        letterId: letter.id,
        createdAt: new Date(at.getTime() + Math.floor(n / 10)),
      })),
    });
    const seen: { id: string; createdAt: Date }[] = [];
    let pages = 0;
    for (let after: LogPlace | null = null, more = true; more; pages += 1) {
      const page = await mailLog(letter.id, { failing: false, after });
      seen.push(...page.mails);
      after = page.last;
      more = after !== null;
    }
    expect(pages).toBe(3);
    expect(seen.map(({ id }) => id).sort()).toEqual(ids.sort());
    const times = seen.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });
});

describe('an entry whose mail bounced', () => {
  const flagOf = async (access: Awaited<ReturnType<typeof anObserver>>) =>
    (await queue(access, { state: 'all', q: '', page: 1 })).rows.map(
      ({ signs }) => signs.mailFails,
    );

  test('is flagged for reviewers, with its mails and the reason, until the suppression is lifted', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const entry = await anEndorsement(letter.id);
    expect(await flagOf(reviewer)).toEqual([false]);
    const mail = await aMail(letter.id, {
      to: entry.email,
      endorsementId: entry.id,
      sentAt: at,
      outcome: 'bounced',
      outcomeAt: at,
    });
    await suppress(db(), entry.email, { reason: 'bounced', at });
    expect(await flagOf(reviewer)).toEqual([true]);
    expect(await entryFor(reviewer, entry.id)).toMatchObject({
      mails: [{ id: mail.id, state: 'bounced', at }],
      suppression: { reason: 'bounced', at },
    });
    await unsuppress(db(), entry.email);
    expect(await flagOf(reviewer)).toEqual([false]);
  });

  test('is flagged while its newest mail came back or could not be sent', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const { id: endorsementId } = await anEndorsement(letter.id);
    for (const [n, [over, fails]] of (
      [
        [{ sentAt: at, outcome: 'returned', outcomeAt: at }, true],
        [{ sentAt: at, outcome: 'delivered', outcomeAt: at }, false],
        [{ failedAt: at }, true],
        [{ sentAt: at }, false],
      ] as const
    ).entries()) {
      await aMail(letter.id, { ...over, endorsementId, createdAt: new Date(at.getTime() + n) });
      expect(await flagOf(reviewer), JSON.stringify(over)).toEqual([fails]);
    }
  });

  test('shows observers nothing of it', async () => {
    const letter = await aLetter();
    const observer = await anObserver(letter);
    const entry = await anEndorsement(letter.id);
    await aMail(letter.id, { endorsementId: entry.id, failedAt: at });
    await suppress(db(), entry.email, { reason: 'complained', at });
    expect(await flagOf(observer)).toEqual([false]);
    expect(await entryFor(observer, entry.id)).toMatchObject({ mails: [], suppression: null });
  });
});
