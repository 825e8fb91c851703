import { randomUUID } from 'node:crypto';
import { expect, test as base, type Page } from '@playwright/test';
import { connect } from '@/lib/platform/db/client';
import type { PrismaClient } from '@/lib/platform/db/generated/client';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { DEMONSTRATION_COORDINATOR, loadDemonstration } from '@/prisma/demonstration/load';
import { createDatabase } from './postgres';
import { TEST_SECRET } from './secret';
import { startServer, type RunningServer, type ServerKind } from './server';

export { expect };

// The factories hash and seal names as the server does; servers have an environment of their own.
Object.assign(process.env, {
  DATABASE_URL: 'postgresql://localhost/none',
  APP_URL: 'http://localhost:3000',
  APP_SECRET: TEST_SECRET,
  MAIL_TRANSPORT: 'mailbox',
  RESEND_API_KEY: '',
  SMTP_URL: '',
});

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  links: string[];
}

/** The product for one worker: a server with its own database, which has the demonstration data. */
export interface Product {
  url: string;
  databaseUrl: string;
  db: PrismaClient;
  server: RunningServer;
  /** Waits for the newest mail to an address whose subject or text matches. */
  mailTo(address: string, matching?: RegExp): Promise<Mail>;
  mailsTo(address: string): Promise<Mail[]>;
  /** Runs `during` while the database refuses connections. */
  databaseAway(during: () => Promise<void>): Promise<void>;
  /** A further server process on the same database. */
  another(): Promise<RunningServer>;
}

interface Options {
  /** Console messages of the browser that a test expects. Any other error fails the test. */
  expectedConsoleErrors: RegExp[];
}

/**
 * Makes `page.goto` wait until React has hydrated the page's forms. Hydrating a text field moves its
 * cursor, so that what `fill` selects just before is not replaced but kept beside the new text.
 */
function waitForHydration(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (...args) => {
    const response = await goto(...args);
    await page.waitForFunction(() => {
      const fragment = document.createElement('div');
      fragment.innerHTML = '<noscript><p></p></noscript>';
      const withoutScripts = fragment.querySelector('p') !== null;
      const fields = document.querySelectorAll(
        'main :is(input:not([type=hidden]), select, textarea)',
      );
      return (
        withoutScripts ||
        [...fields].every((field) => Object.keys(field).some((key) => key.startsWith('__react')))
      );
    });
    return response;
  };
}

export const test = base.extend<
  Options & { quietConsole: void },
  { product: Product; instance: string; serverKind: ServerKind }
>({
  browser: [
    async ({ browser }, provide) => {
      const newContext = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await newContext(options);
        const newPage = context.newPage.bind(context);
        context.newPage = async () => {
          const page = await newPage();
          waitForHydration(page);
          return page;
        };
        return context;
      };
      await provide(browser);
    },
    { scope: 'worker' },
  ],
  instance: ['shared', { scope: 'worker', option: true }],
  serverKind: ['npm start', { scope: 'worker', option: true }],
  product: [
    async ({ instance, serverKind }, provide, worker) => {
      const databaseUrl = await createDatabase(
        process.env.E2E_POSTGRES_URL!,
        `e2e_${instance}_${worker.workerIndex}_${process.pid}`,
      );
      const db = connect(databaseUrl, 5);
      await loadDemonstration(db);
      const server = await startServer(databaseUrl, {}, serverKind);
      const more: RunningServer[] = [];
      const mailsTo = async (address: string) => {
        const response = await fetch(
          `${server.url}/dev/mailbox.json?to=${encodeURIComponent(address)}`,
        );
        return (await response.json()) as Mail[];
      };
      await provide({
        url: server.url,
        databaseUrl,
        db,
        server,
        mailsTo,
        async mailTo(address, matching = /./) {
          let found: Mail | undefined;
          await expect
            .poll(
              async () =>
                (found = (await mailsTo(address)).find(
                  (mail) => matching.test(mail.subject) || matching.test(mail.text),
                )),
              {
                message: `a mail to ${address} matching ${matching}`,
                timeout: 20_000,
              },
            )
            .toBeTruthy();
          return found!;
        },
        async databaseAway(during) {
          const admin = connect(process.env.E2E_POSTGRES_URL!, 1);
          const name = new URL(databaseUrl).pathname.slice(1);
          await admin.$executeRawUnsafe(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
          await admin.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${name}`;
          try {
            await during();
          } finally {
            await admin.$executeRawUnsafe(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
            await admin.$disconnect();
          }
        },
        async another() {
          const started = await startServer(databaseUrl, {}, serverKind);
          more.push(started);
          return started;
        },
      });
      await Promise.all([server, ...more].map((running) => running.stop()));
      await db.$disconnect();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ product }, provide, info) => {
    const before = product.server.errors().length;
    await provide(product.url);
    if (info.status !== info.expectedStatus)
      await info.attach('server log', { body: product.server.errors().slice(before) });
  },
  expectedConsoleErrors: [[], { option: true }],
  quietConsole: [
    async ({ context, expectedConsoleErrors }, provide) => {
      const unexpected: string[] = [];
      const note = (text: string) => {
        if (!expectedConsoleErrors.some((expected) => expected.test(text))) unexpected.push(text);
      };
      context.on('console', (message) => {
        if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => note(String(error.error())));
      await provide();
      expect(unexpected, 'unexpected errors on the console').toEqual([]);
    },
    { auto: true },
  ],
});

/** An address that no other test uses. */
export const anAddress = (name = 'someone') => `${name}-${randomUUID().slice(0, 8)}@example.org`;

/** Input of the sign-up form. */
export interface Typed {
  name?: string;
  nameJa?: string;
  reading?: string;
  nameEn?: string;
  website?: string;
  representativeName?: string;
  representativeRole?: string;
  representativeEmail?: string;
}

/** Fills in the sign-up form by field names. */
export async function fillSignUp(
  page: Page,
  typed: Typed,
  choices: { visibility?: 'named' | 'withheld'; agree?: boolean } = {},
): Promise<void> {
  for (const [name, value] of Object.entries(typed))
    await page.locator(`[name="${name}"]`).fill(value);
  await page.locator('[name="country"]').selectOption('JP');
  await page.locator(`[name="visibility"][value="${choices.visibility ?? 'named'}"]`).check();
  if (choices.agree ?? true) {
    await page.locator('[name="mayEndorse"]').check();
    await page.locator('[name="privacyConsent"]').check();
  }
}

/** Signs a coordinator in by inserting a session; tests of signing in use the mail. */
export async function signIn(
  page: Page,
  product: Product,
  email = DEMONSTRATION_COORDINATOR,
): Promise<void> {
  const token = newToken();
  await product.db.session.create({
    data: {
      tokenHash: hashToken(token),
      expiresAt: new Date(Date.now() + 3_600_000),
      coordinator: { connect: { email } },
    },
  });
  await page.context().addCookies([
    {
      name: 'next-auth.session-token',
      value: token,
      url: product.url,
      httpOnly: true,
      sameSite: 'Lax',
    },
  ]);
}

/** Clicks the single submit button in a page's main content, apart from those that sign out. */
export async function press(page: Page): Promise<void> {
  await page.locator('main form:not(#account) button[type="submit"]').click();
}
