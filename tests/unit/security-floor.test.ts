import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/**
 * Versions below which a package has a published advisory that would matter here, in any place of
 * the lockfile. `npm run advisories` asks the registry for today's; this holds where there is no
 * registry to ask, and says why a version must not go back. Raise a floor when an advisory is mended.
 */
const FLOORS: Record<string, { least: string; advisories: string[]; why: string }> = {
  next: {
    least: '16.3.3',
    advisories: [
      'GHSA-9qr9-h5gf-34mp', // a stranger runs code through a Server Action (mended in 16.0.7)
      'GHSA-26hh-7cqf-hhc6', // proxy.ts is bypassed (16.2.6)
      'GHSA-c4j6-fc7j-m34r', // requests into the server's own network by WebSocket upgrades (16.2.6)
      'GHSA-p9j2-gv94-2wf4', // requests into the server's own network by rewrites (16.2.11)
      'GHSA-2xp9-vwfh-vxw4', // a stranger runs code through /_next/image (16.3.3)
      'GHSA-p293-qw3h-jr36', // a stranger runs code on Windows (16.3.3)
    ],
    why: 'every request passes through it',
  },
  // The advisories are about react-server-dom-*, which next brings along; React's releases go with it.
  react: {
    least: '19.2.6',
    advisories: ['GHSA-fv66-9v8q-g76r', 'CVE-2026-23870'],
    why: 'decodes what Server Actions are sent',
  },
  'react-dom': {
    least: '19.2.6',
    advisories: ['GHSA-fv66-9v8q-g76r', 'CVE-2026-23870'],
    why: 'must be the same as react',
  },
  'next-auth': {
    least: '4.24.15',
    advisories: [
      'GHSA-5jpx-9hw9-2fx4', // a sign-in link goes to another address (4.24.12)
      'GHSA-7rqj-j65f-68wh', // an address is taken for another one that looks alike (4.24.15)
      'GHSA-xmf8-cvqr-rfgj', // a malformed header throws (4.24.15)
    ],
    why: 'sends the links with which coordinators sign in',
  },
  nodemailer: {
    least: '7.0.11',
    advisories: [
      'GHSA-mm7p-fcc7-pg87', // mail goes to another domain than the address says (7.0.7)
      'GHSA-rcmh-qjqh-p98v', // an address makes the parser recurse without end (7.0.11)
    ],
    why: 'is given addresses that strangers typed',
  },
  sharp: {
    least: '0.35.4',
    advisories: [
      'GHSA-f88m-g3jw-g9cj', // libvips (0.35.0)
      'GHSA-rgj7-g3m4-5g8c', // libheif (0.35.4)
    ],
    why: 'next has it for /_next/image',
  },
  mammoth: {
    least: '1.11.0',
    advisories: ['CVE-2025-11849'], // a Word file has the server's files put into the page
    why: 'opens Word files',
  },
  jszip: {
    least: '3.8.0',
    advisories: ['CVE-2022-48285'], // names in an archive lead out of the folder
    why: 'unpacks Word files',
  },
  '@xmldom/xmldom': {
    least: '0.8.15',
    advisories: ['GHSA-2v35-w6hq-6mfw', 'GHSA-j759-j44w-7fr8', 'GHSA-6gmq-8vp8-gcm6'],
    why: 'mammoth parses Word files with it',
  },
};

/** A version as three numbers; one before a release counts as the release before it. */
function numbers(version: string): number[] {
  const [release = '', prerelease] = version.split('-', 2);
  const parts = release.split('.').map(Number);
  return prerelease === undefined ? parts : [...parts, -1];
}

/** Whether `a` is an earlier version than `b`. */
function isEarlier(a: string, b: string): boolean {
  const [x, y] = [numbers(a), numbers(b)];
  for (let at = 0; at < 4; at += 1) {
    const difference = (x[at] ?? 0) - (y[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, { version?: string }>;
};

for (const [name, { least, advisories, why }] of Object.entries(FLOORS))
  it(`${name} (${why}) is ${least} or later in the lockfile: ${advisories.join(', ')}`, () => {
    const versions = Object.entries(packages)
      .filter(([at]) => at.endsWith(`node_modules/${name}`))
      .map(([, { version }]) => version!);
    expect(versions).not.toEqual([]);
    expect(versions.filter((version) => isEarlier(version, least))).toEqual([]);
  });

it('versions are compared as numbers, and one before a release is earlier', () => {
  expect(isEarlier('16.3.2', '16.3.3')).toBe(true);
  expect(isEarlier('16.10.0', '16.3.3')).toBe(false);
  expect(isEarlier('16.3.3', '16.3.3')).toBe(false);
  expect(isEarlier('16.3.3-canary.1', '16.3.3')).toBe(true);
});
