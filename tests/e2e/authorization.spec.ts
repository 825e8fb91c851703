import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { openText, sealText } from '@/lib/platform/sealing';
import { DEMONSTRATION_COORDINATOR } from '@/prisma/demonstration/load';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { expect, test, type Product } from '@/tests/support/e2e';
import { TEST_DIST_DIR } from '@/tests/support/server';

// Of its own: a signatory of the joint letter is withdrawn here, and other tests read its list.
test.use({ instance: 'authorization' });

/**
 * Every page under /admin except sign-in, found in the source, so that new ones are tested
 * automatically.
 */
const pages = readdirSync('app/[locale]/admin', { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'page.tsx' && !file.startsWith('sign-in'))
  .map((file) =>
    path.dirname(`/admin/${file}`).replace(/\/\.$/, '').replace('[slug]', 'icc-japan-2025'),
  );

/** Every Server Action under /admin except sign-in, found in the build. */
const actions = () =>
  Object.entries(
    (
      JSON.parse(
        readFileSync(`${TEST_DIST_DIR}/server/server-reference-manifest.json`, 'utf8'),
      ) as {
        node: Record<string, { filename: string; exportedName: string }>;
      }
    ).node,
  ).filter(
    ([, action]) =>
      action.filename.startsWith('app/[locale]/admin/') && !action.filename.includes('/sign-in/'),
  );

async function sessionOf(product: Product, email: string): Promise<string> {
  const token = newToken();
  await product.db.coordinator.upsert({ where: { email }, create: { email }, update: {} });
  await product.db.session.create({
    data: {
      tokenHash: hashToken(token),
      expiresAt: new Date(Date.now() + 60_000),
      coordinator: { connect: { email } },
    },
  });
  return `next-auth.session-token=${token}`;
}

/** Calls a Server Action as a script would, with a decision on the letter's first entry. */
async function call(
  product: Product,
  id: string,
  page: string,
  cookie: string,
  argumentsBeforeForm: unknown[],
) {
  const entry = await product.db.endorsement.findFirstOrThrow({
    where: { state: 'approved', letter: { slug: 'icc-japan-2025' } },
    orderBy: { id: 'asc' },
  });
  const body = new FormData();
  const fields = {
    locale: 'en',
    slug: 'icc-japan-2025',
    id: entry.id,
    version: String(entry.version),
    step: 'withdraw',
    nameEn: 'Hacked',
    reason: 'other',
    decision: 'accept',
    mail: entry.id,
  };
  for (const [name, value] of Object.entries(fields)) body.set(`_1_${name}`, value);
  body.set('0', JSON.stringify([...argumentsBeforeForm, '$K1']));
  const response = await fetch(`${product.url}/en${page}`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { 'Next-Action': id, Cookie: cookie, Origin: product.url },
  });
  if (response.status >= 500) throw new Error(product.server.errors().slice(-1_500));
  const signedOut = (await response.text()).includes('"problem":"signed-out"');
  return {
    status: response.status,
    signedOut,
    to: response.headers.get('x-action-redirect') ?? response.headers.get('location') ?? '',
  };
}

/**
 * Everything that an action could change: the letters with their times, settings and texts, and
 * their endorsements with their pins.
 */
const everything = async (product: Product) => ({
  letters: await product.db.letter.findMany({
    include: {
      texts: true,
      revisions: { select: { number: true } },
      deliveries: { select: { number: true } },
      updates: true,
      draftLinks: true,
    },
    orderBy: { id: 'asc' },
  }),
  entries: (
    await product.db.endorsement.findMany({
      where: { letter: { slug: 'icc-japan-2025' } },
      include: { names: { orderBy: { language: 'asc' } } },
      orderBy: { id: 'asc' },
    })
  ).map((entry) =>
    [
      entry.state,
      entry.version,
      // Opened: the server seals names of the demonstration at any time after it has started.
      ...entry.names.map(({ name }) => openText(name)),
      entry.pin,
      entry.revision,
    ].join(),
  ),
  filters: await product.db.reviewFilter.count(),
  mailings: await product.db.mailing.count(),
  saves: await product.db.textSave.count(),
  audit: await product.db.auditEvent.count(),
  mails: await product.db.mail.count({ where: { kind: { not: 'sign_in' } } }),
});

/** The address of a page with the ids of what there is, made if need be. */
async function withIds(page: string, { db }: Product): Promise<string> {
  const [, what] = /\[(\w+)\]/.exec(page) ?? [];
  if (!what) return page;
  const { id: letterId } = await db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
  const { id: coordinatorId } = await db.coordinator.findUniqueOrThrow({
    where: { email: DEMONSTRATION_COORDINATOR },
  });
  const makers: Record<string, () => Promise<{ id: string }>> = {
    import: () => db.import.create({ data: { letterId, coordinatorId, rows: sealText('[]') } }),
    mailing: () =>
      db.mailing.create({ data: { letterId, audience: {}, createdById: coordinatorId } }),
    batch: () => db.batch.create({ data: { letterId, coordinatorId, step: 'approve' } }),
  };
  return page.replace(/\[\w+\]/, (await makers[what]!()).id);
}

test('the source has admin pages and actions to test', () => {
  expect(pages).toEqual(expect.arrayContaining(['/admin', '/admin/letters/icc-japan-2025']));
  expect(actions().map(([, action]) => action.exportedName)).toEqual(
    expect.arrayContaining([
      ...['takeStep', 'decline', 'correctNames', 'coordinate', 'retry'],
      ...['decideOnChange', 'eraseEntry'],
    ]),
  );
});

for (const page of pages) {
  test(`${page} redirects to the sign-in page without a session, or with a forged or expired session or that of a removed coordinator`, async ({
    product,
  }) => {
    const ended = await sessionOf(product, 'ended@example.org');
    await product.db.session.updateMany({
      where: { coordinator: { email: 'ended@example.org' } },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    const removed = await sessionOf(product, 'removed@example.org');
    await product.db.coordinator.update({
      where: { email: 'removed@example.org' },
      data: { deactivatedAt: new Date() },
    });
    for (const cookie of ['', `next-auth.session-token=${newToken()}`, ended, removed]) {
      for (const locale of ['ja', 'en']) {
        const response = await fetch(`${product.url}/${locale}${page}`, {
          redirect: 'manual',
          headers: { Cookie: cookie },
        });
        expect(response.status).toBe(307);
        expect(response.headers.get('location')).toBe(`/${locale}/admin/sign-in`);
        expect(await response.text()).not.toContain('example.org');
      }
    }
  });

  if (page.includes('/letters/icc-japan-2025')) {
    test(`${page} responds 404 to a coordinator without a role on the letter`, async ({
      product,
    }) => {
      const address = await withIds(page, product);
      const ask = async (email: string) =>
        fetch(`${product.url}/en${address}`, {
          redirect: 'manual',
          headers: { Cookie: await sessionOf(product, email) },
        });
      const response = await ask('elsewhere@example.org');
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('signatory-');
      // There is such a page, for others.
      expect((await ask(DEMONSTRATION_COORDINATOR)).status).not.toBe(404);
    });
  }
}

/** The page that has an action's form: that of its folder, or of the folder above. */
function pageOf(folder: string): string {
  if (!existsSync(`app/[locale]${folder}/page.tsx`)) return pageOf(path.dirname(folder));
  return folder.replace(/\/\.$/, '').replace('[slug]', 'icc-japan-2025');
}

// Action names come from the source; the build assigns their ids.
const actionFiles = readdirSync('app/[locale]/admin', { recursive: true, encoding: 'utf8' }).filter(
  (file) => path.basename(file) === 'actions.ts' && !file.startsWith('sign-in'),
);
const actionNames = actionFiles.flatMap((file) =>
  [
    ...readFileSync(`app/[locale]/admin/${file}`, 'utf8').matchAll(
      /export async function (\w+)\(([^)]*)\)/g,
    ),
  ].map((match) => ({
    name: match[1]!,
    // Actions with a form state take it as their first argument.
    before: match[2]!.includes(',') ? [null] : [],
    file: `app/[locale]/admin/${file}`,
    page: pageOf(path.dirname(`/admin/${file}`)),
  })),
);

for (const action of actionNames) {
  test(`calling ${action.name} of ${action.page} without a session is refused and changes nothing`, async ({
    product,
  }) => {
    const [id] = actions().find(
      ([, known]) => known.filename === action.file && known.exportedName === action.name,
    )!;
    const before = await everything(product);
    const strangers = ['', `next-auth.session-token=${newToken()}`];
    if (action.page.includes('/letters/icc-japan-2025'))
      strangers.push(await sessionOf(product, 'elsewhere@example.org'));
    for (const cookie of strangers) {
      const { status, to, signedOut } = await call(product, id, action.page, cookie, action.before);
      // After the session expires, form actions return the input; all others reveal nothing.
      expect(
        to.startsWith('/en/admin/sign-in') || status === 404 || signedOut,
        `${status} ${to}`,
      ).toBe(true);
    }
    expect(await everything(product)).toEqual(before);
  });
}

test('a reviewer’s action is refused for an observer and succeeds for a reviewer, which validates the test above', async ({
  product,
}) => {
  const [id] = actions().find(([, known]) => known.exportedName === 'takeStep')!;
  const letter = await product.db.letter.findUniqueOrThrow({ where: { slug: 'icc-japan-2025' } });
  const cookie = await sessionOf(product, 'colleague@example.org');
  const { id: coordinatorId } = await product.db.coordinator.findUniqueOrThrow({
    where: { email: 'colleague@example.org' },
  });
  await product.db.letterRole.create({
    data: { letterId: letter.id, coordinatorId, role: 'observer' },
  });
  const before = await everything(product);
  expect((await call(product, id, '/admin/letters/icc-japan-2025/review', cookie, [])).status).toBe(
    404,
  );
  expect(await everything(product)).toEqual(before);
  await product.db.letterRole.updateMany({ where: { coordinatorId }, data: { role: 'reviewer' } });
  const { status, to } = await call(
    product,
    id,
    '/admin/letters/icc-japan-2025/review',
    cookie,
    [],
  );
  expect(`${status} ${to}`).toContain('notice=withdraw');
  expect(await everything(product)).not.toEqual(before);
});

test('requesting a sign-in link does not reveal whether an address is a coordinator’s', async ({
  page,
  product,
}) => {
  const answers: string[] = [];
  for (const email of ['coordinator@example.org', 'nobody@example.org']) {
    await page.goto('/en/admin/sign-in');
    await page.locator('[name="email"]').fill(email);
    await page.locator('main form:not(#account) button[type="submit"]').click();
    await expect(page).toHaveURL(/check-your-email$/);
    answers.push((await page.locator('main').innerText()).replace(email, 'the address'));
  }
  expect(answers[0]).toBe(answers[1]);
  await product.mailTo('coordinator@example.org', /sign-in\/confirm/);
  expect(await product.mailsTo('nobody@example.org')).toEqual([]);
  for (const action of [
    'signin/email',
    'csrf',
    'session',
    'providers',
    'signout',
    'error',
    '_log',
  ]) {
    expect((await fetch(`${product.url}/api/auth/${action}`)).status, action).toBe(405);
    expect(
      (await fetch(`${product.url}/api/auth/${action}`, { method: 'POST' })).status,
      action,
    ).toBeGreaterThanOrEqual(404);
  }
});

test('a mail scanner that opens a sign-in link does not use it up; using the link a second time shows an error', async ({
  page,
  product,
}) => {
  await page.goto('/ja/admin/sign-in');
  // The previous test's mail may still be in the outbox; it is in the other language.
  const links = async () =>
    (await product.mailsTo('coordinator@example.org')).flatMap((mail) =>
      mail.links.filter((address) => address.includes('/ja/admin/sign-in/confirm')),
    );
  const before = await links();
  await page.locator('[name="email"]').fill('Coordinator@Example.org');
  await page.locator('main form:not(#account) button[type="submit"]').click();
  await expect
    .poll(async () => (await links()).length, { timeout: 20_000 })
    .toBeGreaterThan(before.length);
  const link = (await links()).find((address) => !before.includes(address))!;
  for (let n = 0; n < 5; n += 1) await fetch(link);
  await page.goto(link);
  await page.locator('main form:not(#account) button[type="submit"]').click();
  await expect(page).toHaveURL(/\/ja\/admin$/);
  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.locator('main')).toContainText('使用済み');
  await expect(page.locator('main form:not(#account)')).toHaveCount(0);
});
