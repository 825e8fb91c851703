import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/**
 * The files and folders of the source archive. An allowlist, so that other files of an operator
 * (.env, data, a dump, a key) are never included.
 */
export const SOURCE_PARTS = [
  '.ci',
  '.dependency-cruiser.cjs',
  '.dockerignore',
  '.editorconfig',
  '.env.example',
  '.github',
  '.gitignore',
  '.nvmrc',
  '.prettierignore',
  '.prettierrc.json',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'Dockerfile',
  'LICENSE',
  'NOTICE',
  'README.md',
  'SECURITY.md',
  'app',
  'components',
  'deploy',
  'docs',
  'emails',
  'eslint.config.mjs',
  'instrumentation.ts',
  'lib',
  'messages',
  'next.config.ts',
  'package-lock.json',
  'package.json',
  'playwright.config.ts',
  'postcss.config.mjs',
  'prisma',
  'prisma.config.ts',
  'proxy.ts',
  'scripts',
  'tests',
  'tsconfig.json',
  'tsconfig.next.json',
  'vitest.config.ts',
];
/** Generated files. */
const GENERATED = 'lib/platform/db/generated';
/** Hidden files in folders belong to editors and operators. */
const isHidden = (name: string) => name.startsWith('.') && name !== '.well-known';

const BLOCK = 512;

/** The files of a part relative to `root`, in a deterministic order; empty if it does not exist. */
async function filesOf(root: string, part: string): Promise<string[]> {
  if (part === GENERATED) return [];
  const found = await lstat(path.join(root, part)).catch(() => null);
  if (found?.isFile()) return [part];
  // Symlinks are skipped: they could point outside.
  if (!found?.isDirectory()) return [];
  const names = (await readdir(path.join(root, part))).filter((name) => !isHidden(name)).sort();
  return (await Promise.all(names.map((name) => filesOf(root, `${part}/${name}`)))).flat();
}

/**
 * The tar header of a file (POSIX.1-1988, "ustar"). The modification time is 0, so that the archive
 * is reproducible.
 */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100)
    throw new Error(`the path is too long for the archive: ${name}`);
  header.write(name, 0);
  header.write('0000644\0' + '0000000\0' + '0000000\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0`, 124);
  header.write(' '.repeat(8) + '0', 148);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** The source in the folder `root` as a .tar.gz. */
export async function archiveOf(
  root: string,
): Promise<{ bytes: Buffer<ArrayBuffer>; sha256: Uint8Array }> {
  const blocks: Buffer[] = [];
  for (const part of SOURCE_PARTS) {
    for (const name of await filesOf(root, part)) {
      const bytes = await readFile(path.join(root, name));
      blocks.push(
        tarHeader(`undersigned/${name}`, bytes.length),
        bytes,
        Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK),
      );
    }
  }
  const bytes = Buffer.from(
    await promisify(gzip)(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)])),
  );
  return { bytes, sha256: createHash('sha256').update(bytes).digest() };
}

let made: ReturnType<typeof archiveOf> | undefined;

/**
 * The source in the folder that this process runs from, as a .tar.gz. Cached, since changing the
 * source requires a restart.
 */
export function sourceArchive(): ReturnType<typeof archiveOf> {
  made ??= archiveOf(path.resolve(/* turbopackIgnore: true */ process.cwd()));
  made.catch(() => (made = undefined));
  return made;
}
