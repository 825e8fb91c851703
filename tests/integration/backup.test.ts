/** The drill: what `npm run backup` writes, `npm run restore` brings back, without system packages. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { deliver } from '@/lib/delivery/commands';
import { letterIntegrity } from '@/lib/delivery/integrity/queries';
import { backUp, restore } from '@/lib/platform/db/backup';
import { db } from '@/lib/platform/db/client';
import { audit } from '@/lib/platform/audit';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { asSeen, aSignedLetter } from '@/tests/support/delivery';
import { dump } from '@/tests/support/dump';
import { anEndorsement } from '@/tests/support/factories';
import { asInstance } from '@/tests/support/instance';
import { createDatabase } from '@/tests/support/postgres';

const folder = mkdtempSync(path.join(tmpdir(), 'undersigned-backup-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'backup');
let slug: string;

/** An empty database that is not migrated either. */
const empty = (name: string) =>
  createDatabase(inject('postgresUrl'), `${name}_${process.pid}`, 'template0');

/** What a command prints, and its exit code. No other program can be found by it. */
const command = (name: 'backup' | 'restore', url: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', `scripts/${name}.ts`, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: url, PATH: '' },
  }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );

/** What a database consists of besides rows: definitions, and what of them is in force. */
async function schemaOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ said: string }>(`
    SELECT said FROM (
      SELECT conrelid::regclass::text || ' ' || conname::text || ' ' || pg_get_constraintdef(oid) || convalidated::text AS said FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT tgrelid::regclass::text || ' ' || pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT table_name || column_name || data_type || coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = 'public'
    ) AS everything ORDER BY 1`);
  await client.end();
  return rows.map(({ said }) => said);
}

/** The number of the next audit event, which is used up. */
async function nextNumber(): Promise<bigint> {
  const [row] = await db().$queryRaw<{ next: bigint }[]>`
    SELECT nextval('audit_event_id_seq') AS next`;
  return row!.next;
}

beforeAll(async () => {
  const { letter, owner } = await aSignedLetter();
  ({ slug } = letter);
  expect((await deliver(owner, await asSeen(slug))).ok).toBe(true);
  await anEndorsement(letter.id, { nameEn: 'Tab\t, back\\slash,\n\u2028 "quotes" and 👩‍👩‍👧' });
});

describe('a backup', () => {
  it('brings back every row, hash, constraint, trigger and sequence, by commands that need nothing installed', async () => {
    expect(await command('backup', process.env.DATABASE_URL!, file)).toMatchObject({
      code: 0,
      output: expect.stringContaining('APP_SECRET'),
    });
    const url = await empty('restored');
    expect(await command('restore', url, file)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^\d{2,} rows of /),
    });
    expect(await asInstance(url, dump)).toBe(await dump());
    expect(await schemaOf(url)).toEqual(await schemaOf(process.env.DATABASE_URL!));
    expect(await asInstance(url, nextNumber)).toBe(await nextNumber());
    await asInstance(url, async () => {
      const letter = await publicLetter(slug);
      expect(letter).toMatchObject({ slug });
      expect((await letterIntegrity(slug))!.flatMap(({ problems }) => problems)).toEqual([]);
      const { id } = await db().letter.findUniqueOrThrow({ where: { slug } });
      // A server goes on writing: the audit's numbers, and a signatory that is counted.
      await audit(db(), { letterId: id, actor: { kind: 'operator' }, action: 'pause' });
      await anEndorsement(id, { state: 'approved' });
      const counts = await db().signatoryCount.aggregate({
        where: { letterId: id },
        _sum: { count: true },
      });
      expect(counts._sum.count).toBe(4);
      await expect(db().delivery.updateMany({ data: { revision: 1 } })).rejects.toThrow();
    });
  }, 240_000); // two processes are started

  it('is for its owner alone, and is not written over', async () => {
    const own = path.join(folder, 'own');
    await backUp(process.env.DATABASE_URL!, own);
    expect(statSync(own).mode & 0o777).toBe(0o600);
    const before = readFileSync(own);
    await expect(backUp(process.env.DATABASE_URL!, own)).rejects.toThrow('exists');
    expect(readFileSync(own)).toEqual(before);
  });

  it('is not restored where something is', async () => {
    const before = await dump();
    await expect(restore(process.env.DATABASE_URL!, file, 'prisma')).rejects.toThrow('not empty');
    expect(await dump()).toBe(before);
    const url = await empty('foreign');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('CREATE TABLE of_somebody_else ()');
    await client.end();
    await expect(restore(url, file, 'prisma')).rejects.toThrow('not empty');
  });

  it('that was altered, cut off or made by another version is refused, and what is restored then is whole', async () => {
    const url = await empty('altered');
    const text = gunzipSync(readFileSync(file)).toString();
    const head = text.slice(0, text.indexOf('\n'));
    const [, name] = /"name":"(\d+_\w+)"/.exec(head)!;
    const other = path.join(folder, 'other');
    const refused = async (contents: Buffer) => {
      writeFileSync(other, contents);
      const reason = await restore(url, other, 'prisma').then(
        () => 'restored',
        (error: Error) => error.message,
      );
      expect(await asInstance(url, () => db().$queryRaw`SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]); // prettier-ignore
      return reason;
    };
    const zipped = readFileSync(file);
    expect(await refused(zipped.subarray(0, zipped.length - 100))).toMatch(/incomplete/);
    expect(await refused(gzipSync(text.slice(0, -200)))).toMatch(/incomplete/);
    expect(await refused(gzipSync(text.replace('Alpha', 'Alphb')))).toMatch(/another hash/);
    expect(await refused(Buffer.from('a dump of another kind'))).toMatch(/another kind/);
    const later = text.replace(name!, `${name}_later`);
    const hash = createHash('sha256').update(later.slice(0, later.indexOf('\nend\t') + 1));
    const signed = later.replace(/"sha256":"\w+"\}\n$/, `"sha256":"${hash.digest('hex')}"}\n`);
    expect(await refused(gzipSync(signed))).toMatch(/another version .*_later is unknown/);
    await restore(url, file, 'prisma');
    expect(await asInstance(url, () => db().letter.count())).toBe(await db().letter.count());
  });
});
