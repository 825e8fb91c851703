import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import palette from '@/lib/platform/palette.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '../..');

test('the site, mails and PDFs use only colours of the palette', () => {
  const ours = Object.values(palette.light);
  const others = ['app', 'components', 'emails', 'lib']
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }),
    )
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|css|typ|svg)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/generated/'))
    .flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /#[0-9a-f]{6}\b|\b(?:rgb|hsl|oklch)a?\([#"\d][^)]*/gi,
        ),
      ].map(([colour]) => `${path.relative(root, file)}: ${colour}`),
    );
  // The icon is a static file, served unchanged.
  expect(others.filter((found) => !found.startsWith('app/icon.svg'))).toEqual([]);
  for (const found of others) expect(ours).toContain(found.split(': ')[1]);
});

test('every light colour has a dark one', () => {
  expect(Object.keys(palette.dark)).toEqual(Object.keys(palette.light));
});
