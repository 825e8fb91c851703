/**
 * `npm run lockfile:integrity`: adds the registry's integrity hash to every package in
 * package-lock.json. npm omits it for packages of other platforms, which it has not downloaded; run
 * this after every change of dependencies.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './build';

interface Locked {
  name?: string;
  version?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
}

const file = path.join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> };

let missing = 0;
for (const [at, locked] of Object.entries(lock.packages)) {
  // The project itself, and bundled packages.
  if (at === '' || locked.link || locked.inBundle || locked.integrity) continue;
  const id = `${locked.name ?? at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${locked.version}`;
  const { stdout } = await promisify(execFile)('npm', ['view', id, 'dist.integrity'], {
    cwd: root,
    shell: process.platform === 'win32',
  }).catch(() => ({ stdout: '' }));
  const integrity = stdout.trim();
  if (/^sha512-[A-Za-z0-9+/]+=*$/.test(integrity)) {
    // Where npm writes it: after the version.
    lock.packages[at] = Object.fromEntries(
      Object.entries(locked).flatMap((member) =>
        member[0] === 'version' ? [member, ['integrity', integrity]] : [member],
      ),
    ) as Locked;
    process.stdout.write(`${id}\n`);
  } else {
    missing += 1;
    process.stderr.write(`${id}: the registry states no hash\n`);
  }
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.exitCode = missing > 0 ? 1 : 0;
