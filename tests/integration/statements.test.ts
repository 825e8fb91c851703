/**
 * Counts the SQL statements of each page. Pages are called as Next calls them, with mocks for the
 * request data of Next and next-intl. The components that a page returns are not rendered: they
 * read nothing (.dependency-cruiser.cjs).
 */
import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { deliver } from '@/lib/delivery/commands';
import { saveText } from '@/lib/letter/text/commands';
import { db } from '@/lib/platform/db/client';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { postUpdate } from '@/lib/update/commands';
import { asSeen } from '@/tests/support/delivery';
import {
  aLetter,
  anEndorsement,
  anOwner,
  manyEndorsements,
  someParts,
} from '@/tests/support/factories';
import { publishAs } from '@/tests/support/publishing';

const cookie = vi.hoisted(() => ({ value: '' }));
vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) => (name === 'next-auth.session-token' ? cookie : undefined),
  }),
  headers: async () => new Headers(),
}));
vi.mock('next/navigation', () => {
  const leave = () => {
    throw new Error('the page leads elsewhere');
  };
  return { notFound: leave, redirect: leave, permanentRedirect: leave };
});
vi.mock('next-intl/navigation', () => ({ createNavigation: () => ({}) }));
vi.mock('next-intl', () => ({ NextIntlClientProvider: 'div', hasLocale: () => true }));
vi.mock('next-intl/server', () => {
  const words: object = new Proxy({}, { get: (_, key) => (key === 'then' ? undefined : words) });
  const t = Object.assign((key: string) => key, { rich: (key: string) => key });
  return {
    getTranslations: async () => t,
    getMessages: async () => words,
    getFormatter: async () => ({ dateTime: String, number: String }),
    setRequestLocale: () => undefined,
  };
});

type Page = (props: { params: Promise<never>; searchParams: Promise<never> }) => Promise<unknown>;

/** The pages about a letter, with their maximum number of statements. */
const PAGES: Record<string, { most: number; page: () => Promise<{ default: unknown }> }> = {
  letter: { most: 16, page: () => import('@/app/[locale]/letters/[slug]/page') },
  revisions: { most: 4, page: () => import('@/app/[locale]/letters/[slug]/revisions/page') },
  'admin: review': { most: 26, page: () => import('@/app/[locale]/admin/letters/[slug]/page') },
  'admin: text': { most: 15, page: () => import('@/app/[locale]/admin/letters/[slug]/text/page') },
  'admin: times': { most: 7, page: () => import('@/app/[locale]/admin/letters/[slug]/times/page') },
  'admin: revisions': {
    most: 18,
    page: () => import('@/app/[locale]/admin/letters/[slug]/revisions/page'),
  },
  'admin: signatories': {
    most: 12,
    page: () => import('@/app/[locale]/admin/letters/[slug]/signatories/page'),
  },
  'admin: deliveries': {
    most: 13,
    page: () => import('@/app/[locale]/admin/letters/[slug]/deliveries/page'),
  },
  'admin: updates': {
    most: 7,
    page: () => import('@/app/[locale]/admin/letters/[slug]/updates/page'),
  },
  'all letters': { most: 4, page: () => import('@/app/[locale]/page') },
  'admin: all letters': { most: 4, page: () => import('@/app/[locale]/admin/page') },
};

/** The number of statements of a page of a letter, including transaction control. */
async function statementsOf(name: string, slug: string): Promise<number> {
  const render = (await PAGES[name]!.page()).default as Page;
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await render({
      params: Promise.resolve({ locale: 'en', slug } as never),
      searchParams: Promise.resolve({} as never),
    });
    return sent.mock.calls.length;
  } finally {
    sent.mockRestore();
  }
}

async function statements(slug: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of Object.keys(PAGES)) counts[name] = await statementsOf(name, slug);
  return counts;
}

/**
 * An open letter with this number of signatories, unreviewed entries, updates and saves of its
 * text.
 */
async function aLetterWith(many: number) {
  const letter = await aLetter();
  const owner = await anOwner(letter);
  await manyEndorsements(db(), letter, many - 2);
  await anEndorsement(letter.id, { state: 'approved', coordinating: true });
  await anEndorsement(letter.id, { state: 'approved', visibility: 'withheld' });
  for (let n = 0; n < many / 3; n += 1) {
    await anEndorsement(letter.id, { visibility: n % 4 === 3 ? 'withheld' : 'named' });
    await postUpdate(owner, {
      kind: 'update',
      date: '2025-05-01',
      texts: { en: { title: 'News', body: 'Text' }, ja: { title: '進捗', body: '本文' } },
    });
    const content = someParts({ body: `Text ${n}.` });
    await saveText(owner, { language: 'en', version: n + 1, content });
  }
  await publishAs(owner, 'correction');
  return { letter, owner, saves: Math.ceil(many / 3) + 1 };
}

it('a page sends a constant number of SQL statements, however many signatories, deliveries and answers a letter has', async () => {
  const [few, many] = [await aLetterWith(3), await aLetterWith(60)];
  const { id: administrator } = await db().coordinator.create({
    data: { email: `${newToken()}@example.org`, isAdministrator: true },
  });
  cookie.value = newToken();
  await db().session.create({
    data: {
      tokenHash: hashToken(cookie.value),
      coordinatorId: administrator,
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  /** The counts of both letters, which must be equal. */
  const counted = async (when: string) => {
    const counts = await statements(few.letter.slug);
    expect(await statements(many.letter.slug), when).toEqual(counts);
    return counts;
  };
  const both = async (act: (of: typeof few) => Promise<unknown>) => {
    await act(few);
    await act(many);
  };
  const delivered = () =>
    both(async ({ owner, letter }) =>
      expect(await deliver(owner, await asSeen(letter.slug))).toMatchObject({ ok: true }),
    );

  const undelivered = await counted('not delivered');
  await delivered();
  const once = await counted('delivered once');
  await delivered();
  await delivered();
  const thrice = await counted('delivered three times');
  expect(thrice).toEqual(once);
  await both(async ({ owner, saves }) => {
    const content = someParts({ body: 'Another text.' });
    await saveText(owner, { language: 'en', version: saves, content });
    expect(await publishAs(owner, 'substance')).toMatchObject({ ok: true });
  });
  const asked = await counted('everybody is asked to reaffirm');
  await both(async ({ letter: { id: letterId } }) => {
    await db().endorsement.updateMany({
      where: { letterId, coordinating: true },
      data: { revision: 3 },
    });
    await anEndorsement(letterId, { state: 'approved', revision: 3, signedRevision: 3 });
  });
  const answered = await counted('one has reaffirmed and one has joined: every list has somebody');

  const all = [undelivered, once, thrice, asked, answered];
  const most = Object.keys(PAGES).map((name) => [
    name,
    Math.max(...all.map((counts) => counts[name]!)),
  ]);
  expect(Object.fromEntries(most)).toEqual(
    Object.fromEntries(Object.entries(PAGES).map(([name, page]) => [name, page.most])),
  );
}, 300_000);
