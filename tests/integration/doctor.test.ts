import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { migrationNames } from '@/lib/platform/db/migrate';
import { databaseFindings } from '@/lib/platform/doctor/database';
import { examine } from '@/lib/platform/doctor/examination';
import { reportOf } from '@/lib/platform/doctor/finding';
import { providerFindings } from '@/lib/platform/doctor/mail-provider';
import { testDatabase } from '@/tests/support/database';
import { dnsOf } from '@/tests/support/dns';
import { createDatabase } from '@/tests/support/postgres';
import { resendServer } from '@/tests/support/resend-server';
import { smtpServer } from '@/tests/support/smtp-server';
import { WEBHOOK_SECRET } from '@/tests/support/webhook';

const known = migrationNames(path.resolve('prisma'));
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A database of its own with the migrations, after `change`. */
async function changed(name: string, change: string): Promise<string> {
  const url = await createDatabase(inject('postgresUrl'), `doctor_${name}_${process.pid}`);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(change);
  await client.end();
  return url;
}

describe('the database', () => {
  it('that is up to date is good', async () => {
    const { url } = await testDatabase();
    const findings = await databaseFindings(url, known);
    expect(findings.map(({ level }) => level)).toEqual(['good', 'good', 'good']);
    expect(findings[1]!.says).toBe(`All ${known.length} migrations are applied.`);
  });

  it('whose clock is wrong is told', async () => {
    const { url } = await testDatabase();
    const at = async (seconds: number) =>
      (await databaseFindings(url, known, () => Date.now() + seconds * 1_000))[2]!.level;
    expect([await at(-1), await at(10), await at(-10), await at(100)]).toEqual([
      'good',
      'note',
      'note',
      'bad',
    ]);
  });

  it('with migrations that are missing, failed, or of a later version is bad', async () => {
    const second = async (url: string) => (await databaseFindings(url, known))[1]!;
    const missing = await second(
      await changed(
        'missing',
        `DELETE FROM _prisma_migrations WHERE migration_name = '${known.at(-1)}'`,
      ),
    );
    expect(missing).toMatchObject({
      level: 'bad',
      says: `1 of ${known.length} migrations are not applied, the first of them ${known.at(-1)}.`,
    });
    const failed = await second(
      await changed(
        'failed',
        `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${known[3]}'`,
      ),
    );
    expect(failed).toMatchObject({ level: 'bad', says: `A migration failed: ${known[3]}.` });
    const later = await second(
      await changed(
        'later',
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         VALUES ('x', 'x', '20990101000000_later', now(), now(), 1)`,
      ),
    );
    expect(later).toMatchObject({ level: 'bad' });
    expect(later.says).toContain('20990101000000_later');
    const empty = await second(
      await createDatabase(inject('postgresUrl'), `doctor_empty_${process.pid}`, 'template0'),
    );
    expect(empty.says).toContain(`${known.length} of ${known.length} migrations are not applied`);
  });

  it('that does not answer is bad, without its password', async () => {
    const findings = await databaseFindings('postgresql://u:hunter2@127.0.0.1:1/d', known);
    expect(findings).toMatchObject([{ level: 'bad' }]);
    expect(reportOf(findings)).not.toContain('hunter2');
  });
});

describe('the mail provider', () => {
  const resend = async (status: number, body: unknown, secret?: string) => {
    const server = await resendServer();
    closing.push(() => server.close());
    server.next.push({ status, body });
    const findings = await providerFindings(
      { RESEND_API_KEY: 're_x', RESEND_BASE_URL: server.url, RESEND_WEBHOOK_SECRET: secret },
      'ngo.org',
    );
    expect(server.requests.map(({ path: at }) => at)).toEqual(['/domains?limit=100']);
    expect(server.left).toEqual([]);
    return findings.map(({ level }) => level);
  };
  const domains = (status: string) => ({ object: 'list', data: [{ name: 'ngo.org', status }] });

  it('Resend is asked for the domains, and sends nothing', async () => {
    expect(await resend(200, domains('verified'), WEBHOOK_SECRET)).toEqual([
      'good',
      'good',
      'good',
    ]);
    expect(await resend(200, domains('verified'))).toEqual(['good', 'good', 'bad']);
    expect(await resend(200, domains('pending'), WEBHOOK_SECRET)).toEqual(['good', 'bad', 'good']);
    const restricted = { statusCode: 401, name: 'restricted_api_key', message: 'only send' };
    expect(await resend(401, restricted, WEBHOOK_SECRET)).toEqual(['good', 'note', 'good']);
    const invalid = { statusCode: 400, name: 'validation_error', message: 'API key is invalid' };
    expect(await resend(400, invalid, WEBHOOK_SECRET)).toEqual(['bad']);
  });

  it('an SMTP server is greeted, and is sent nothing', async () => {
    const server = await smtpServer();
    const settings = { SMTP_URL: server.url };
    const levels = async () =>
      (await providerFindings(settings, 'ngo.org')).map(({ level }) => level);
    expect(await levels()).toEqual(['good', 'note']);
    expect([server.mails, server.recipients]).toEqual([[], []]);
    await server.close();
    expect(await levels()).toEqual(['bad']);
  });
});

it('an instance is examined as a whole, and what fails hides nothing', async () => {
  const smtp = await smtpServer();
  closing.push(() => smtp.close());
  const { url } = await testDatabase();
  const environment = {
    DATABASE_URL: url,
    APP_URL: 'https://letters.ngo.org',
    APP_SECRET: randomBytes(32).toString('hex'),
    CLIENT_ADDRESS: 'x-forwarded-for',
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Letters <letters@ngo.org>',
    OPERATOR: 'Example Foundation, Tokyo',
  };
  const dns = dnsOf({
    'letters.ngo.org': { a: ['8.8.8.8'] },
    'ngo.org': { txt: [['v=spf1 -all']] },
    '_dmarc.ngo.org': { txt: [['v=DMARC1; p=reject']] },
  });
  const of = async (over: Record<string, string>) =>
    reportOf(
      await examine({
        environment: { ...environment, ...over },
        migrations: known,
        dns,
        nodeVersion: '24.1.0',
      }),
    );
  const signs = (report: string) => report.match(/^[✓!✗]/gm)!.join('');
  expect(signs(await of({}))).toBe('✓✓✓✓✓✓✓✓✓!✓!✓');
  const broken = await of({
    APP_URL: 'http://localhost',
    OPERATOR: '',
    APP_SECRET: 'x'.repeat(32),
  });
  expect(signs(broken)).toBe('✓✓✗✗✗✗✓✓✓✓!✓!✓');
  expect(await of({ MAIL_FROM: '', SMTP_URL: 'http://x' })).toMatch(/^✗ SMTP_URL: /m);
});
