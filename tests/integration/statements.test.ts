/**
 * Counts the SQL statements of each page. Pages are called as Next calls them, with mocks for the
 * request data of Next and next-intl. The components that a page returns are not rendered: they
 * read nothing (.dependency-cruiser.cjs).
 */
import pg from 'pg';
import { expect, it, vi } from 'vitest';
import type { Owner } from '@/lib/coordinator/access';
import { deliver } from '@/lib/delivery/commands';
import { keepRows } from '@/lib/endorsement/imports/commands';
import { importRows } from '@/lib/endorsement/imports/schema';
import { inviteOrganizations, keepList } from '@/lib/endorsement/invitees/commands';
import { inviteeRow } from '@/lib/endorsement/invitees/schema';
import { listSettings } from '@/lib/letter/list-settings';
import { saveText } from '@/lib/letter/text/commands';
import { draftMailing, sendMailing } from '@/lib/mailing/commands';
import { reach } from '@/lib/mailing/queries';
import { EVERYBODY } from '@/lib/mailing/rules';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { postUpdate } from '@/lib/update/commands';
import { asSeen } from '@/tests/support/delivery';
import {
  aColleague,
  aLetter,
  anAddress,
  anEndorsement,
  anEntryLink,
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
// What a page does after its response is not part of it.
vi.mock('next/server', () => ({ after: () => undefined }));
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

/** What the pages of something of a letter are about: ids and tokens. */
type Given = Awaited<ReturnType<typeof withPages>>;

interface Counted {
  most: number;
  page: () => Promise<{ default: unknown }>;
  /** What its address says besides the letter, and after the question mark. */
  at?: (given: Given) => { params?: Record<string, string>; search?: Record<string, string> };
}

const token = (of: (given: Given) => string) => (given: Given) => ({
  params: { token: of(given) },
});

/** The pages about a letter, with their maximum number of statements. */
const PAGES: Record<string, Counted> = {
  letter: { most: 13, page: () => import('@/app/[locale]/letters/[slug]/page') },
  revisions: { most: 5, page: () => import('@/app/[locale]/letters/[slug]/revisions/page') },
  'admin: overview': { most: 14, page: () => import('@/app/[locale]/admin/letters/[slug]/page') },
  'admin: review': {
    most: 44,
    page: () => import('@/app/[locale]/admin/letters/[slug]/review/page'),
  },
  'admin: settings': {
    most: 12,
    page: () => import('@/app/[locale]/admin/letters/[slug]/settings/page'),
  },
  'admin: text': { most: 14, page: () => import('@/app/[locale]/admin/letters/[slug]/text/page') },
  'admin: times': { most: 8, page: () => import('@/app/[locale]/admin/letters/[slug]/times/page') },
  'admin: revisions': {
    most: 19,
    page: () => import('@/app/[locale]/admin/letters/[slug]/revisions/page'),
  },
  'admin: signatories': {
    most: 11,
    page: () => import('@/app/[locale]/admin/letters/[slug]/signatories/page'),
  },
  'admin: deliveries': {
    most: 17,
    page: () => import('@/app/[locale]/admin/letters/[slug]/deliveries/page'),
  },
  'admin: updates': {
    most: 8,
    page: () => import('@/app/[locale]/admin/letters/[slug]/updates/page'),
  },
  'admin: mails': { most: 7, page: () => import('@/app/[locale]/admin/letters/[slug]/mails/page') },
  'admin: people': {
    most: 8,
    page: () => import('@/app/[locale]/admin/letters/[slug]/people/page'),
  },
  'admin: review, declining': {
    most: 47,
    page: () => import('@/app/[locale]/admin/letters/[slug]/review/page'),
    at: ({ entry }) => ({ search: { entry, open: 'decline' } }),
  },
  'admin: attest': {
    most: 6,
    page: () => import('@/app/[locale]/admin/letters/[slug]/attest/page'),
  },
  'admin: contacts': {
    most: 7,
    page: () => import('@/app/[locale]/admin/letters/[slug]/contacts/page'),
  },
  'admin: imports': {
    most: 12,
    page: () => import('@/app/[locale]/admin/letters/[slug]/imports/page'),
  },
  'admin: an import, before': {
    most: 13,
    page: () => import('@/app/[locale]/admin/letters/[slug]/imports/[import]/page'),
    at: ({ draftImport }) => ({ params: { import: draftImport } }),
  },
  'admin: an import, done': {
    most: 13,
    page: () => import('@/app/[locale]/admin/letters/[slug]/imports/[import]/page'),
    at: ({ doneImport }) => ({ params: { import: doneImport } }),
  },
  'admin: invitees': {
    most: 10,
    page: () => import('@/app/[locale]/admin/letters/[slug]/invitees/page'),
  },
  'admin: invitees, before': {
    most: 16,
    page: () => import('@/app/[locale]/admin/letters/[slug]/invitees/preview/page'),
    at: ({ list }) => ({ search: { list } }),
  },
  'admin: mailings': {
    most: 9,
    page: () => import('@/app/[locale]/admin/letters/[slug]/mailings/page'),
  },
  // One more for each 5,000 recipients, whose addresses are looked up among those not mailed any more.
  'admin: a mailing, before': {
    most: 15,
    page: () => import('@/app/[locale]/admin/letters/[slug]/mailings/[mailing]/page'),
    at: ({ draftMailing: mailing }) => ({ params: { mailing } }),
  },
  'admin: a mailing, sent': {
    most: 12,
    page: () => import('@/app/[locale]/admin/letters/[slug]/mailings/[mailing]/page'),
    at: ({ sentMailing: mailing }) => ({ params: { mailing } }),
  },
  'an entry': {
    most: 24,
    page: () => import('@/app/[locale]/entry/[token]/page'),
    at: token(({ entryLink }) => entryLink),
  },
  'an entry: representatives': {
    most: 19,
    page: () => import('@/app/[locale]/entry/representatives/[token]/page'),
    at: token(({ entryLink }) => entryLink),
  },
  'an entry: share': {
    most: 7,
    page: () => import('@/app/[locale]/entry/share/[token]/page'),
    at: token(({ entryLink }) => entryLink),
  },
  'a nomination': {
    most: 7,
    page: () => import('@/app/[locale]/nomination/[token]/page'),
    at: token(({ nomination }) => nomination),
  },
  'a question': {
    most: 8,
    page: () => import('@/app/[locale]/attested/[token]/page'),
    at: token(({ question }) => question),
  },
  'a sign-up to confirm': {
    most: 13,
    page: () => import('@/app/[locale]/confirm/[token]/page'),
    at: token(({ signUp }) => signUp),
  },
  thanks: { most: 4, page: () => import('@/app/[locale]/confirm/done/[slug]/page') },
  'all letters': { most: 5, page: () => import('@/app/[locale]/page') },
  'admin: all letters': { most: 9, page: () => import('@/app/[locale]/admin/page') },
};

interface Of {
  letter: { slug: string };
  given: Given;
}

/** The number of statements of a page of a letter, including transaction control. */
async function statementsOf(name: string, { letter: { slug }, given }: Of): Promise<number> {
  const { page, at } = PAGES[name]!;
  const { params, search } = at?.(given) ?? {};
  const render = (await page()).default as Page;
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await render({
      params: Promise.resolve({ locale: 'en', slug, ...params } as never),
      searchParams: Promise.resolve({ ...search } as never),
    });
    return sent.mock.calls.length;
  } finally {
    sent.mockRestore();
  }
}

async function statements(of: Of): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of Object.keys(PAGES)) counts[name] = await statementsOf(name, of);
  return counts;
}

const TEXTS = { en: { title: 'News', body: 'Text' }, ja: { title: '進捗', body: '本文' } };

/** The columns of a link, with its token. */
function aLink() {
  const link = newToken();
  return { link, tokenHash: hashToken(link), expiresAt: new Date(Date.now() + 86_400_000) };
}

/** An attested entry whose address denies it, or has not answered. Returns the token of the question. */
async function anAsked(letterId: string, over: Partial<Prisma.AttestedQuestionCreateManyInput>) {
  const { id: endorsementId } = await anEndorsement(letterId, {
    nameEn: newToken(),
    proof: 'attested',
  });
  const { link, ...question } = aLink();
  await db().attestedQuestion.create({ data: { endorsementId, ...question, ...over } });
  return link;
}

/**
 * Adds to a letter this number of imports, rows of lists, invitees, mailings and what belongs to an
 * entry, and returns what pages of one of them are about.
 */
async function withPages(letterId: string, owner: Owner, many: number) {
  const rows = Array.from({ length: many }, (_, n) => ({
    number: n + 2,
    values: { name: `Listed ${letterId} ${n}`, country: 'JP', representativeEmail: anAddress() },
  }));
  const defaults = { country: '', visibility: 'named', category: '', language: 'en' } as const;
  const imported = importRows(rows, listSettings({}), defaults);
  const invited = rows.map((row) => inviteeRow(row, 'en'));
  const doneAt = new Date();
  let [draftImport, doneImport, draft] = ['', '', ''];
  for (let n = 0; n < many / 3; n += 1) {
    draftImport = await keepRows(owner, imported);
    ({ id: doneImport } = await db().import.create({
      data: { letterId, coordinatorId: owner.coordinatorId, requestedAt: doneAt, doneAt },
    }));
    await anAsked(letterId, { answer: 'denied', answeredAt: doneAt });
    draft = await draftMailing(owner, { texts: TEXTS, audience: EVERYBODY });
  }
  await db().endorsement.updateMany({
    where: { letterId, proof: 'attested' },
    data: { importId: doneImport, version: 2 },
  });
  await db().endorsement.updateMany({
    where: { letterId, organization: { isNot: null }, representatives: { none: {} } },
    data: { importId: doneImport },
  });
  await inviteOrganizations(owner, await keepList(owner, invited));
  const list = await keepList(owner, [
    ...invited,
    inviteeRow({ number: 1, values: { name: 'Another', representativeEmail: anAddress() } }, 'en'),
  ]);
  const sent = await draftMailing(owner, { texts: TEXTS, audience: EVERYBODY });
  const { count } = await reach(owner, EVERYBODY);
  expect(
    await sendMailing(owner, { id: sent, version: 1 }, { seenCount: count, posts: false }),
  ).toMatchObject({ ok: true });
  const { id: entry } = await anEndorsement(letterId, { state: 'approved', nameEn: newToken() });
  for (let n = 0; n < many / 30; n += 1) await aColleague(entry);
  const representative = await db().representative.findFirstOrThrow({
    where: { endorsementId: entry },
  });
  const { link: nomination, ...nominated } = aLink();
  const email = anAddress();
  await db().nomination.create({
    data: {
      endorsementId: entry,
      nominatedById: representative.id,
      kind: 'add',
      name: 'Somebody',
      role: 'Chair',
      email,
      emailKey: email,
      language: 'en',
      ...nominated,
    },
  });
  for (let n = 0; n < many / 3; n += 1) {
    await anEndorsement(letterId, { email: 'waits@example.org', state: 'submitted' });
    await audit(db(), {
      letterId,
      endorsementId: entry,
      actor: { kind: 'representative' },
      action: 'correct',
    });
  }
  const { id: unconfirmed } = await db().endorsement.findFirstOrThrow({
    where: { letterId, state: 'submitted' },
  });
  const { link: signUp, ...verification } = aLink();
  await db().verification.create({ data: { endorsementId: unconfirmed, ...verification } });
  return {
    draftImport,
    doneImport,
    list,
    draftMailing: draft,
    sentMailing: sent,
    entry,
    entryLink: await anEntryLink(entry),
    nomination,
    question: await anAsked(letterId, {}),
    signUp,
  };
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
      texts: TEXTS,
    });
    const content = someParts({ body: `Text ${n}.` });
    await saveText(owner, { language: 'en', version: n + 1, content });
  }
  await publishAs(owner, 'correction');
  const given = await withPages(letter.id, owner, many);
  return { letter, owner, given, saves: Math.ceil(many / 3) + 1 };
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
    const counts = await statements(few);
    expect(await statements(many), when).toEqual(counts);
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
