import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliver } from '@/lib/delivery/commands';
import { letterIntegrity } from '@/lib/delivery/integrity/queries';
import { canonicalJson, hex, sha256 } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import { aLetter } from '@/tests/support/factories';
import { aSignedLetter, asSeen } from '@/tests/support/delivery';
import { publishAs, write, aLetterInReaffirmation } from '@/tests/support/publishing';

describe('verifying a letter', () => {
  /** Changes what a trigger keeps from being changed. */
  const tamper = async (
    table: 'revision' | 'delivery' | 'delivery_file',
    how: () => Promise<unknown>,
  ) => {
    await db().$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    try {
      await how();
    } finally {
      await db().$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
    }
  };
  /** The findings that are wrong, a line each; empty if nothing is. */
  const wrong = async (slug: string) =>
    (await letterIntegrity(slug))!
      .filter(({ problems }) => problems.length > 0)
      .map(({ what, problems }) => `${what}: ${problems.join('; ')}`)
      .join('\n');
  /** What the command prints, and its exit code. */
  const command = async (slug: string) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/letter-verify.ts', slug], {
      env: { ...process.env, NODE_OPTIONS: '' },
    }).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        output: error.stdout + error.stderr,
      }),
    );

  it('reports how many hashes are correct, and which object was tampered with', async () => {
    const { letter, owner } = await aLetterInReaffirmation(1);
    await write(letter, { body: 'Another text!' });
    await publishAs(owner, 'correction');
    expect(await command(letter.slug)).toMatchObject({
      code: 0,
      output: expect.stringContaining('3 hashes verified'),
    });
    expect(await command('no-such-letter')).toMatchObject({
      code: 1,
      output: expect.stringContaining('no letter'),
    });
    const at = (number: number) => ({ letterId_number: { letterId: letter.id, number } });
    const { canonical, hash } = await db().revision.findUniqueOrThrow({ where: at(2) });
    await tamper('revision', () =>
      db().revision.update({
        where: at(2),
        data: { canonical: canonical.replace('Another', 'Any other') },
      }),
    );
    expect(await wrong(letter.slug)).toMatch(/revision 2: .*hash/);
    // Fixing the hash breaks the chain.
    const other = canonical.replace('Another', 'Any other');
    await tamper('revision', () =>
      db().revision.update({ where: at(2), data: { canonical: other, hash: sha256(other) } }),
    );
    expect(await wrong(letter.slug)).toMatch(/revision 3: .*before it/);
    const spaced = JSON.stringify(JSON.parse(canonical), null, 1);
    await tamper('revision', () =>
      db().revision.update({ where: at(2), data: { canonical: spaced, hash: sha256(spaced) } }),
    );
    expect(await wrong(letter.slug)).toMatch(/revision 2: .*canonical/);
    await tamper('revision', () =>
      db().revision.update({ where: at(2), data: { canonical, hash, kind: 'correction' } }),
    );
    expect(await wrong(letter.slug)).toMatch(/revision 2: .*row/);
    expect(await command(letter.slug)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/WRONG {2}revision 2: .*row[^]*2 hashes verified, 2 wrong/),
    });
    await tamper('revision', () =>
      db().revision.update({ where: at(2), data: { kind: 'substance' } }),
    );
    expect(await wrong(letter.slug)).toBe('');
  }, 60_000);

  it('reports a delivery or file that was tampered with', async () => {
    const { letter, owner } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug));
    // A revision, a delivery, a PDF, a Word file, and a CSV in each language.
    const findings = await letterIntegrity(letter.slug);
    expect(findings!.map(({ problems }) => problems)).toEqual([[], [], [], [], [], []]);
    const delivery = { letterId_number: { letterId: letter.id, number: 1 } };
    const { canonical, hash } = await db().delivery.findUniqueOrThrow({ where: delivery });
    const other = canonical.replace('Alpha', 'Omega');
    await tamper('delivery', () =>
      db().delivery.update({ where: delivery, data: { canonical: other } }),
    );
    expect(await wrong(letter.slug)).toMatch(/delivery 1: .*hash/);
    await tamper('delivery', () =>
      db().delivery.update({ where: delivery, data: { canonical, hash } }),
    );
    const csv = {
      letterId_number_name_language: {
        letterId: letter.id,
        number: 1,
        name: 'signatories.csv',
        language: 'en',
      },
    };
    await tamper('delivery_file', () =>
      db().deliveryFile.update({ where: csv, data: { bytes: Buffer.from('1,,Omega,,') } }),
    );
    expect(await wrong(letter.slug)).toMatch(/delivery 1, signatories.csv \(en\): .*bytes/);
  }, 60_000);
});

describe('the canonical form', () => {
  it('is the text that is stored and hashed', async () => {
    const letter = await aLetter();
    const row = await db().revision.findFirstOrThrow({ where: { letterId: letter.id } });
    expect(canonicalJson(JSON.parse(row.canonical))).toBe(row.canonical);
    expect(hex(row.hash)).toBe(hex(sha256(row.canonical)));
  });

  it('escapes strings like PostgreSQL, on which the migration of earlier letters relies (property)', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.integer({ min: 1, max: 0x9f }).map((code) => String.fromCharCode(code)),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          text.map((found) => found.replaceAll('\0', '')),
          { minLength: 20, maxLength: 40 },
        ),
        async (texts) => {
          const [row] = await db().$queryRaw<
            { written: string[] }[]
          >`SELECT array_agg(to_json(given)::text ORDER BY place) AS written FROM unnest(${texts}::text[]) WITH ORDINALITY AS t (given, place)`;
          expect(row!.written).toEqual(texts.map((given) => JSON.stringify(given)));
        },
      ),
      { numRuns: 100 },
    );
  });
});
