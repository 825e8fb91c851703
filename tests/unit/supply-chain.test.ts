import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveOf } from '@/lib/platform/source';

const read = (file: string) => readFileSync(file, 'utf8');

describe('the repository', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<
      string,
      { integrity?: string; link?: boolean; inBundle?: boolean; resolved?: string }
    >;
  };

  it('has an integrity hash for every package in the lockfile', () => {
    const without = Object.entries(packages).filter(
      ([at, { integrity, link, inBundle }]) =>
        at !== '' && !link && !inBundle && !integrity?.startsWith('sha512-'),
    );
    expect(without.map(([at]) => at)).toEqual([]);
  });

  it('has no registry URLs in the lockfile, so that npm uses the configured registry', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved)).toEqual([]);
  });

  it('contains the licence and the notices of the fonts', () => {
    // The text as the Free Software Foundation publishes it.
    expect(createHash('sha256').update(readFileSync('LICENSE')).digest('hex')).toBe(
      '0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0',
    );
    for (const named of ['Source Serif 4', 'Noto Serif JP', 'SIL Open Font License'])
      expect(read('NOTICE')).toContain(named);
  });
});

describe('the source archive', () => {
  it('contains every file of the repository, and no other files of the operator', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'undersigned-source-'));
    const inArchive = ({ bytes }: { bytes: Buffer }) =>
      execFileSync('tar', ['-tzf', '-'], { input: bytes, encoding: 'utf8' })
        .split('\n')
        .filter(Boolean);
    try {
      const archive = await archiveOf(process.cwd());
      const tracked = execFileSync('git', ['-c', 'core.quotePath=false', 'ls-files'], {
        encoding: 'utf8',
      })
        .split('\n')
        .filter(Boolean);
      expect(inArchive(archive)).toEqual(
        expect.arrayContaining(tracked.map((name) => `undersigned/${name}`)),
      );

      // Again from the unpacked archive, beside files that must not be included.
      execFileSync('tar', ['-xzf', '-'], { cwd: folder, input: archive.bytes });
      const unpacked = path.join(folder, 'undersigned');
      for (const name of [
        '.env',
        '.env.production',
        'dump.sql',
        'id_rsa',
        'lib/.secret',
        'lib/platform/db/generated/client.ts',
        '.data/secret',
        '.git/config',
        'node_modules/a/index.js',
      ]) {
        mkdirSync(path.dirname(path.join(unpacked, name)), { recursive: true });
        writeFileSync(path.join(unpacked, name), 'secret');
      }
      symlinkSync('/etc', path.join(unpacked, 'lib/elsewhere'));
      const again = await archiveOf(unpacked);
      expect(inArchive(again)).toEqual(inArchive(archive));
      expect(again.bytes.equals(archive.bytes)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
