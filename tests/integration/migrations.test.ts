import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { connect, db } from '@/lib/platform/db/client';
import { canonicalJson, hex, sha256 } from '@/lib/platform/canonical-json';
import { applyMigrations } from '@/lib/platform/db/migrate';
import { revisionContent } from '@/lib/revision/content';
import { createDatabase } from '@/tests/support/postgres';

describe('migrating', () => {
  it('Prisma’s table has each migration with the checksum that `prisma migrate deploy` compares', async () => {
    const folders = readdirSync('prisma/migrations', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const rows = await db().$queryRaw<
      { migration_name: string; checksum: string; applied_steps_count: number; finished: boolean }[]
    >`
      SELECT migration_name, checksum, applied_steps_count, finished_at IS NOT NULL AND rolled_back_at IS NULL AS finished
      FROM _prisma_migrations ORDER BY migration_name`;
    expect(rows).toEqual(
      folders.sort().map((name) => ({
        migration_name: name,
        checksum: createHash('sha256')
          .update(readFileSync(`prisma/migrations/${name}/migration.sql`))
          .digest('hex'),
        applied_steps_count: 1,
        finished: true,
      })),
    );
  });

  it('migrating again in several concurrent processes applies nothing', async () => {
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => applyMigrations(process.env.DATABASE_URL!, 'prisma')),
    );
    expect(answers).toEqual([[], [], []]);
  });

  it('a letter from before revisions existed gets its public text as first revision, which every signatory has signed', async () => {
    const url = await createDatabase(
      inject('postgresUrl'),
      `before_revisions_${process.pid}`,
      'template0',
    );
    const before = mkdtempSync(path.join(tmpdir(), 'undersigned-migrations-'));
    mkdirSync(path.join(before, 'migrations'));
    for (const file of ['20261123000000_first', 'migration_lock.toml'])
      cpSync(`prisma/migrations/${file}`, path.join(before, 'migrations', file), {
        recursive: true,
      });
    await applyMigrations(url, before);
    rmSync(before, { recursive: true });
    const old = connect(url, 1);
    const hostile =
      'Quotes " and \\ back\\slash,\n\nnew\ttabs, \u0001 controls, \u007f, 日本語 👩‍👩‍👧 and </script>';
    await old.$executeRaw`INSERT INTO letter (slug, authoritative_language, date, time_zone, opens_at) VALUES ('old', 'en', '2025-04-23', 'Asia/Tokyo', '2025-04-01T00:00:00.123456Z'), ('never-opened', 'ja', '2025-04-23', 'Asia/Tokyo', NULL)`;
    await old.$executeRaw`INSERT INTO letter_text (letter_id, language, title, date_line, salutation, body, calls, valediction)
      SELECT id, language::language, ${hostile}, 'x', ${hostile}, ${hostile}, ARRAY[${hostile}, 'second'], 'y' FROM letter CROSS JOIN (VALUES ('ja'), ('en')) AS languages (language)`;
    await old.$executeRaw`INSERT INTO endorsement (letter_id, name_en, country, sort_key, search_text, email, email_key, language) SELECT id, 'O', 'JP', 'o', 'o', 'o@example.org', 'o@example.org', 'en' FROM letter WHERE slug = 'old'`;
    await applyMigrations(url, 'prisma');
    const letters = await old.letter.findMany({
      orderBy: { slug: 'asc' },
      include: {
        current: { include: { titles: true } },
        texts: true,
        endorsements: { include: { names: true, contact: true } },
      },
    });
    expect(letters.map((letter) => [letter.slug, letter.revision, letter.bindingRevision])).toEqual(
      [
        ['never-opened', null, null],
        ['old', 1, 1],
      ],
    );
    const { current, endorsements } = letters[1]!;
    const content = revisionContent(current!.canonical);
    const stored = JSON.parse(current!.canonical) as object;
    expect(canonicalJson(stored)).toBe(current!.canonical);
    expect(stored).toMatchObject({ format: 'undersigned/revision/1' });
    expect(hex(sha256(current!.canonical))).toBe(hex(current!.hash));
    expect(content).toMatchObject({
      number: 1,
      kind: 'first',
      previous: null,
      publishedAt: current!.publishedAt.toISOString(),
      date: '2025-04-23',
    });
    const parts = {
      addressee: null,
      body: hostile,
      calls: [hostile, 'second'],
      callsIntro: null,
      closing: null,
      dateLine: 'x',
      salutation: hostile,
      subject: null,
      title: hostile,
      valediction: 'y',
    };
    expect(content.texts).toEqual({ ja: parts, en: parts });
    expect(current!.titles.map(({ language, title }) => [language, title]).sort()).toEqual([
      ['en', hostile],
      ['ja', hostile],
    ]);
    expect(endorsements).toMatchObject([
      {
        signedRevision: 1,
        revision: 1,
        names: [{ language: 'en', name: 'O', reading: null }],
        contact: { email: 'o@example.org', language: 'en', verifiedAt: null },
        organizationId: null,
      },
    ]);
    expect(await old.textSave.count()).toBe(4);
    await old.$disconnect();
  });
});
